using System.Diagnostics.Metrics;
using Sidecar.Metrics;

namespace Sidecar.Features.Webhooks;

/// <summary>What is told of webhooks on meter <c>Escalate</c>.</summary>
internal sealed class WebhookMetrics : IDisposable
{
    private const string Result = "escalate.webhook.result";

    private static readonly string[] Results = ["delivered", "failed", "dead"];

    private readonly Meter _meter;
    private readonly Counter<long> _tries;
    private readonly Histogram<double> _duration;

    public WebhookMetrics(object owner, Func<(int Waiting, double OldestAge)> state)
    {
        _meter = ProductMeter.For(owner);
        _tries = _meter.CreateCounter<long>(
            "escalate.webhook.attempts",
            "{attempt}",
            "Tries to tell other systems something, by what came of them."
        );
        foreach (var result in Results)
        {
            _tries.Add(0, new KeyValuePair<string, object?>(Result, result));
        }

        _duration = _meter.CreateHistogram(
            "escalate.webhook.duration",
            "s",
            "How long other systems take to answer.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30],
            }
        );
        _meter.CreateObservableUpDownCounter(
            "escalate.webhook.waiting",
            () => state().Waiting,
            "{delivery}",
            "What other systems have not been told yet."
        );
        _meter.CreateObservableGauge(
            "escalate.webhook.oldest_age",
            () => state().OldestAge,
            "s",
            "How long the oldest that another system has not been told has waited; 0 when nothing waits."
        );
    }

    public void Tried(HookAnswer answer, bool isDead)
    {
        _tries.Add(
            1,
            new KeyValuePair<string, object?>(
                Result,
                answer.IsTaken ? Results[0]
                    : isDead ? Results[2]
                    : Results[1]
            )
        );
        _duration.Record(answer.Took.TotalSeconds);
    }

    public void Dispose() => _meter.Dispose();
}
