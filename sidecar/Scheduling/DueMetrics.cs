using System.Diagnostics.Metrics;
using Sidecar.Metrics;

namespace Sidecar.Scheduling;

/// <summary>What due times tell on meter <c>Escalate</c>.</summary>
internal sealed class DueMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _done;
    private readonly Counter<long> _failed;
    private readonly Histogram<double> _late;

    /// <param name="owner">Whose they are.</param>
    /// <param name="heldBack">How many tasks wait to be tried again.</param>
    /// <param name="overdue">How long the earliest that is known of should have been done.</param>
    public DueMetrics(object owner, Func<int> heldBack, Func<TimeSpan> overdue)
    {
        _meter = ProductMeter.For(owner);
        _done = _meter.CreateCounter<long>(
            "escalate.due.done",
            "{task}",
            "Tasks that fell due and are done."
        );
        _failed = _meter.CreateCounter<long>(
            "escalate.due.failed",
            "{attempt}",
            "Attempts at a task that fell due which went wrong; they are tried again."
        );
        _late = _meter.CreateHistogram(
            "escalate.due.lateness",
            "s",
            "How long after its time a task that fell due was begun.",
            advice: ProductMeter.Lateness
        );
        _meter.CreateObservableUpDownCounter(
            "escalate.due.held_back",
            heldBack,
            "{task}",
            "Tasks that went wrong and wait to be tried again."
        );
        _meter.CreateObservableGauge(
            "escalate.due.overdue_age",
            () => overdue().TotalSeconds,
            "s",
            "How long the earliest task that is due has waited to be begun; 0 when none is due."
        );
    }

    public void Done(string kind, TimeSpan late)
    {
        var tag = Kind(kind);
        _done.Add(1, tag);
        _late.Record(late.TotalSeconds, tag);
    }

    public void Failed(string kind) => _failed.Add(1, Kind(kind));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Kind(string kind) =>
        new("escalate.due.kind", kind);
}
