using System.Diagnostics.Metrics;
using Sidecar.Metrics;

namespace Sidecar.Outbox;

/// <summary>What the outbox tells on meter <c>Escalate</c>.</summary>
internal sealed class OutboxMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _retried;
    private readonly Counter<long> _refused;

    public OutboxMetrics(object owner, Func<OutboxHealth> health, TimeProvider clock)
    {
        _meter = ProductMeter.For(owner);
        _delivered = _meter.CreateCounter<long>(
            "escalate.outbox.delivered",
            "{effect}",
            "What was delivered to Mattermost."
        );
        _retried = _meter.CreateCounter<long>(
            "escalate.outbox.retried",
            "{attempt}",
            "Deliveries that failed and are tried again."
        );
        _refused = _meter.CreateCounter<long>(
            "escalate.outbox.refused",
            "{effect}",
            "What could not be delivered and became a dead letter."
        );
        // What never happened is said to be none: otherwise the first time is no increase.
        _delivered.Add(0);
        _retried.Add(0);
        _refused.Add(0);
        _meter.CreateObservableUpDownCounter(
            "escalate.outbox.waiting",
            () => health().Queued,
            "{effect}",
            "What is not delivered yet."
        );
        _meter.CreateObservableUpDownCounter(
            "escalate.outbox.dead_letters",
            () => health().Parked,
            "{effect}",
            "What can't be delivered and waits for an administrator."
        );
        _meter.CreateObservableUpDownCounter(
            "escalate.outbox.status",
            () => States(health().State),
            "{outbox}",
            "1 for the state in which delivery is, 0 for the others."
        );
        _meter.CreateObservableGauge(
            "escalate.outbox.oldest_age",
            () =>
                health().OldestQueuedAt is { } oldest
                    ? Math.Max(0, (clock.GetUtcNow() - oldest).TotalSeconds)
                    : 0,
            "s",
            "How long the oldest that is not delivered has waited; 0 when nothing waits."
        );
    }

    public void Delivered(int effects) => _delivered.Add(effects);

    public void Retried() => _retried.Add(1);

    public void Parked(int effects) => _refused.Add(effects);

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<ObservedNumber> States(string current) =>
        OutboxHealth.States.Select(state => new ObservedNumber(
            state == current ? 1 : 0,
            new KeyValuePair<string, object?>("escalate.outbox.state", state)
        ));
}

/// <summary>How the outbox is doing.</summary>
/// <param name="Queued">Effects not delivered yet.</param>
/// <param name="Parked">Effects that can't be delivered and wait for an administrator.</param>
/// <param name="InFlight">Deliveries at work.</param>
/// <param name="OldestQueuedAt">When the oldest undelivered effect was queued; null when there is none.</param>
/// <param name="HeldUntil">Nothing is sent before this time, at Mattermost's wish; null when nothing is held.</param>
/// <param name="LockedOutSince">Since when the bot's token is not accepted; null when it is.</param>
internal sealed record OutboxHealth(
    int Queued,
    int Parked,
    int InFlight,
    DateTimeOffset? OldestQueuedAt,
    DateTimeOffset? HeldUntil,
    DateTimeOffset? LockedOutSince
)
{
    /// <summary>Several tries in a row, of whatever it was, got no answer that counts.</summary>
    public bool IsFailing { get; init; }

    /// <summary>What the last try that failed met, for an administrator; null when the last one went through.</summary>
    public string? LastProblem { get; init; }

    /// <summary>All that <see cref="State"/> may say.</summary>
    public static IReadOnlyList<string> States { get; } =
    ["flowing", "held", "failing", "locked-out"];

    /// <summary>One word for how delivery stands.</summary>
    public string State =>
        LockedOutSince is not null ? "locked-out"
        : HeldUntil is not null ? "held"
        : IsFailing ? "failing"
        : "flowing";
}
