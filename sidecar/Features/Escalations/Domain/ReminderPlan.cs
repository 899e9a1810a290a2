using Sidecar.Storage;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>When an escalation needs a reminder: what nobody acknowledges (ESC-8), what nobody works on (ESC-12).</summary>
internal sealed class ReminderPlan(
    EscalationSettings settings,
    IncidentSettings incidents,
    TaskDeadlines deadlines,
    WorkingTime calendar
)
{
    /// <summary>The kind of due times of the ladder.</summary>
    public const string Climb = "escalation.climb";

    /// <summary>The kind of due times of what gets stale.</summary>
    public const string Stale = "escalation.stale";

    /// <summary>The kind of due times of status updates (UPD-3).</summary>
    public const string Update = "escalation.update";

    /// <summary>The kind of due times of the checklist's tasks (PB-3, PB-7).</summary>
    public const string Task = "escalation.task";

    /// <summary>The kind of due times of looping in the executive (PB-4).</summary>
    public const string Executive = "escalation.executive";

    /// <summary>The kind of due times of asking whether the fix held (PB-5).</summary>
    public const string Watch = "escalation.watch";

    /// <summary>The kind of due times at which who is on duty joins incidents (PB-1).</summary>
    public const string OnDuty = "escalation.on-duty";

    /// <summary>Somebody else is on duty. What changes with one escalation is due under its own number.</summary>
    public const string Duty = "duty";

    /// <summary>
    /// When the next rung is told, UTC; null when none is left, or somebody has acknowledged it. A Sev 1 calls the first
    /// one at once; of a Sev 1 or 2 the first rung comes behind the last one, until somebody acknowledges.
    /// </summary>
    public DateTimeOffset? NextRungAt(Escalation escalation) =>
        escalation switch
        {
            not { State: EscalationState.Accepted, WaitingSince: not null } => null,
            { Severity: Severity.Sev1, RungsTold: 0, Rounds: 0, WaitingSince: { } since } => since,
            { IsUrgent: false } when escalation.RungsTold >= LastRung(escalation.Severity) => null,
            { WaitingSince: { } since } => settings
                .Acknowledge.For(escalation.Severity)
                ?.After(since, calendar),
        };

    /// <summary>
    /// When it is asked about next, UTC; null when never. A Sev 1 or 2 never falls silent: once owner and lead have heard,
    /// both do again each working day.
    /// </summary>
    public DateTimeOffset? NextQuestionAt(Escalation escalation) =>
        Gets(escalation.State)
        && (escalation.AskedAt ?? escalation.LastActedAt) is { } since
        && settings.Stale.For(escalation.Severity) is { } wait
            ? escalation.StaleAsked < 2
                ? wait.After(since, calendar)
                : escalation.IsUrgent
                    ? WaitLength.OfWorkingDays(1).After(since, calendar)
                    : null
            : null;

    /// <summary>When the executive is looped in (PB-4), UTC; null when they are, there is no incident at work, or its channel is still being opened.</summary>
    public DateTimeOffset? ExecutiveAt(Escalation escalation) =>
        escalation.Incident is { ExecutiveSince: null } incident
        && HasPlace(incident)
        && (escalation.State == EscalationState.Accepted || PossibleMoves.IsWork(escalation.State))
            ? incidents.ExecutiveAfter.After(escalation.Began, calendar)
            : null;

    /// <summary>When somebody is asked whether the fix held (PB-5), UTC; null when nothing is watched, or they were asked.</summary>
    public DateTimeOffset? WatchEndsAt(Escalation escalation) =>
        escalation.Incident is { WatchedSince: { } since, WatchAskedAt: null, HeldSaidBy: null }
        && !escalation.IsOver
            ? incidents.WatchFor.After(since, calendar)
            : null;

    /// <summary>When somebody is reminded of a task next, UTC; null when of none (PB-7).</summary>
    public DateTimeOffset? NextTaskAt(Escalation escalation) =>
        escalation.OwesTasks ? escalation.Incident?.NextTaskReminderAt(deadlines) : null;

    /// <summary>Sets the due times of an escalation in the change that makes it so.</summary>
    /// <param name="change">The change.</param>
    /// <param name="id">Which.</param>
    /// <param name="escalation">As it is after the change; null when there is none.</param>
    public void Set(Change change, EscalationId id, Escalation? escalation) =>
        change
            .Due(Climb, id.ToString(), escalation is null ? null : NextRungAt(escalation))
            .Due(Stale, id.ToString(), escalation is null ? null : NextQuestionAt(escalation))
            .Due(Update, id.ToString(), escalation?.Update?.RemindAt)
            .Due(Task, id.ToString(), escalation is null ? null : NextTaskAt(escalation))
            .Due(Executive, id.ToString(), escalation is null ? null : ExecutiveAt(escalation))
            .Due(Watch, id.ToString(), escalation is null ? null : WatchEndsAt(escalation));

    /// <summary>Nobody can be added to a channel, or be announced there, that is not open yet.</summary>
    private bool HasPlace(Incident incident) =>
        incident.Channel is not null
        || incident.NoChannel is not null
        || incidents.Channel == IncidentChannel.None;

    /// <summary>The last rung of a round.</summary>
    public static int LastRung(Severity severity) =>
        (int)(severity == Severity.Sev1 ? Rung.Executive : Rung.Lead);

    /// <summary>While a fix is being watched, quiet is what everybody hopes for.</summary>
    private static bool Gets(EscalationState state) =>
        state
            is EscalationState.Acknowledged
                or EscalationState.Investigating
                or EscalationState.Identified;
}
