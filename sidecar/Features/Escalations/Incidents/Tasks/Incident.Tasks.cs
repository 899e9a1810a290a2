#pragma warning disable CA1822 // for a moment
using Sidecar.Features.Playbooks;
using Sidecar.Interactions;

namespace Sidecar.Features.Escalations;

/// <content>The checklist (PB-3).</content>
internal sealed partial record Incident
{
    /// <summary>When somebody must be reminded of a task next, UTC; null when of none.</summary>
    public DateTimeOffset? NextTaskReminderAt => null;

    /// <summary>STUB</summary>
    public Incident WithDeadlines(DateTimeOffset? resolvedAt, Scheduling.WorkingTime calendar) =>
        this;

    /// <summary>The same with everything done that this checks by itself, and the facts of it.</summary>
    public (Incident Next, IReadOnlyList<EscalationFact> Facts) Done(
        TaskTrigger trigger,
        UserId? by,
        DateTimeOffset now
    ) => (this, []);
}
