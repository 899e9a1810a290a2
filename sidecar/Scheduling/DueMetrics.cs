using System.Diagnostics.Metrics;
using Sidecar.Outbox;

namespace Sidecar.Scheduling;

/// <summary>What due times tell on meter <c>Escalate</c>.</summary>
internal sealed class DueMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _done;
    private readonly Counter<long> _failed;
    private readonly Histogram<double> _late;

    public DueMetrics(object owner, Func<int> heldBack)
    {
        _meter = new Meter(new MeterOptions(OutboxMetrics.MeterName) { Scope = owner });
        _done = _meter.CreateCounter<long>("escalate.due.done", "{task}");
        _failed = _meter.CreateCounter<long>("escalate.due.failed", "{attempt}");
        _late = _meter.CreateHistogram<double>("escalate.due.late", "s");
        _meter.CreateObservableGauge("escalate.due.held_back", heldBack, "{task}");
    }

    public void Done(string kind, TimeSpan late)
    {
        var tag = new KeyValuePair<string, object?>("kind", kind);
        _done.Add(1, tag);
        _late.Record(late.TotalSeconds, tag);
    }

    public void Failed(string kind) =>
        _failed.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public void Dispose() => _meter.Dispose();
}
