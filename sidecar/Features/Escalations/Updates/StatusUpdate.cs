using Sidecar.Interactions;

namespace Sidecar.Features.Escalations;

/// <summary>What was told to everybody about an escalation (UPD-1). Times are UTC.</summary>
/// <param name="Number">Of this escalation's updates, from 1.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="At">When.</param>
/// <param name="Status">Investigating, identified, monitoring or resolved.</param>
/// <param name="Age">How old the incident was, computed.</param>
/// <param name="Summary">What is going on.</param>
/// <param name="CustomerImpact">What it does to the customer.</param>
/// <param name="Notes">Technical notes.</param>
/// <param name="NextAt">When the next one comes; null when none is due.</param>
internal sealed record StatusUpdate(
    int Number,
    UserId By,
    DateTimeOffset At,
    EscalationState Status,
    TimeSpan Age,
    string Summary,
    string CustomerImpact,
    string Notes,
    DateTimeOffset? NextAt
)
{
    /// <summary>When it should have come; null when none was due (MET-5: sent on time).</summary>
    public DateTimeOffset? DueAt { get; init; }
}

/// <summary>When an escalation's next update is due, and how far its reminders have gone (UPD-3).</summary>
/// <param name="DueAt">When it is due, UTC.</param>
/// <param name="RemindAt">When the next reminder is sent, UTC; null when all have been.</param>
/// <param name="Reminded">How many have been: 1 the owner, 2 the channel, 3 the DE lead.</param>
internal sealed record UpdateDue(DateTimeOffset DueAt, DateTimeOffset? RemindAt, int Reminded);
