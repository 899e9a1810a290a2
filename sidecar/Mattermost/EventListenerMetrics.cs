using System.Diagnostics.Metrics;
using Sidecar.Metrics;

namespace Sidecar.Mattermost;

/// <summary>What listening tells on meter <c>Escalate</c>.</summary>
internal sealed class EventListenerMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _reactions;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _resumed;
    private long _events;

    public EventListenerMetrics(object owner, Func<EventListenerHealth> health)
    {
        _meter = ProductMeter.For(owner);
        _reactions = _meter.CreateCounter<long>(
            "escalate.websocket.reactions",
            "{reaction}",
            "Reactions to posts of the product that were heard."
        );
        _lost = _meter.CreateCounter<long>(
            "escalate.websocket.lost",
            "{connection}",
            "WebSocket connections to Mattermost that broke or could not be opened."
        );
        _resumed = _meter.CreateCounter<long>(
            "escalate.websocket.resumed",
            "{connection}",
            "WebSocket connections that went on where the one before had ended."
        );
        _reactions.Add(0);
        _lost.Add(0);
        _resumed.Add(0);
        _meter.CreateObservableCounter(
            "escalate.websocket.events",
            () => Events,
            "{event}",
            "Events that Mattermost told over the WebSocket."
        );
        _meter.CreateObservableUpDownCounter(
            "escalate.websocket.connections",
            () => health().State == ListeningState.Listening ? 1 : 0,
            "{connection}",
            "1 while there is a WebSocket connection to Mattermost."
        );
    }

    /// <summary>How many events have been heard.</summary>
    public long Events => Interlocked.Read(ref _events);

    public void Event() => Interlocked.Increment(ref _events);

    public void Reaction() => _reactions.Add(1);

    public void Lost() => _lost.Add(1);

    public void Resumed() => _resumed.Add(1);

    public void Dispose() => _meter.Dispose();
}
