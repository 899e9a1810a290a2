using System.Diagnostics.Metrics;
using Sidecar.Outbox;

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
        _meter = new Meter(new MeterOptions(OutboxMetrics.MeterName) { Scope = owner });
        _reactions = _meter.CreateCounter<long>("escalate.listening.reactions", "{reaction}");
        _lost = _meter.CreateCounter<long>("escalate.listening.lost", "{line}");
        _resumed = _meter.CreateCounter<long>("escalate.listening.resumed", "{line}");
        _meter.CreateObservableCounter("escalate.listening.events", () => Events, "{event}");
        _meter.CreateObservableGauge(
            "escalate.listening.connected",
            () => health().State == ListeningState.Listening ? 1 : 0
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
