using Sidecar.Scheduling;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

/// <summary>When an escalation needs a reminder: what nobody acknowledges (ESC-8), what nobody works on (ESC-12).</summary>
internal sealed class ReminderPlan(EscalationSettings settings, WorkingTime calendar)
{
    /// <summary>The kind of due times of the ladder.</summary>
    public const string Climb = "escalation.climb";

    /// <summary>The kind of due times of what gets stale.</summary>
    public const string Stale = "escalation.stale";

    /// <summary>When the next rung is told, UTC; null when none is left, or somebody has acknowledged it.</summary>
    public DateTimeOffset? NextRungAt(Escalation escalation) =>
        escalation is { State: EscalationState.Accepted, WaitingSince: { } since }
        && escalation.RungsTold < LastRung(escalation.Severity)
            ? settings.Acknowledge.For(escalation.Severity)?.After(since, calendar)
            : null;

    /// <summary>When it is asked about next, UTC; null when never.</summary>
    public DateTimeOffset? NextQuestionAt(Escalation escalation) =>
        Gets(escalation.State)
        && (escalation.AskedAt ?? escalation.LastActedAt) is { } since
        && escalation.StaleAsked < 2
            ? settings.Stale.For(escalation.Severity)?.After(since, calendar)
            : null;

    /// <summary>Sets the due times of an escalation in the change that makes it so.</summary>
    /// <param name="change">The change.</param>
    /// <param name="id">Which.</param>
    /// <param name="escalation">As it is after the change; null when there is none.</param>
    public void Set(Change change, EscalationId id, Escalation? escalation) =>
        change
            .Due(Climb, id.ToString(), escalation is null ? null : NextRungAt(escalation))
            .Due(Stale, id.ToString(), escalation is null ? null : NextQuestionAt(escalation));

    private static int LastRung(Severity severity) =>
        (int)(severity == Severity.Sev1 ? Rung.Executive : Rung.Lead);

    /// <summary>While a fix is being watched, quiet is what everybody hopes for.</summary>
    private static bool Gets(EscalationState state) =>
        state
            is EscalationState.Acknowledged
                or EscalationState.Investigating
                or EscalationState.Identified;
}
