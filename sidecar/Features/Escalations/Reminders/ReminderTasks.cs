using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Features.Escalations.Updates;
using Sidecar.Interactions;

namespace Sidecar.Features.Escalations.Reminders;

/// <summary>Nobody has acknowledged it in time: the next rung is told (ESC-8).</summary>
internal sealed class ClimbUnacknowledged(
    EscalationStore book,
    RoutingStore desk,
    ReminderPlan plan
) : IDueTask
{
    public static string Kind => ReminderPlan.Climb;

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var id = EscalationId.Read(call.Id)!.Value;
        var people = await desk.Ladder([(await book.Find(id, cancel))?.Value.Owner], cancel);
        await book.DecideByItself(
            id,
            Kind,
            (escalation, now) => escalation.Climb(plan, people, now),
            cancel
        );
    }
}

/// <summary>Nobody has done anything about it for long: its owner is asked, then the DE lead told (ESC-12).</summary>
internal sealed class AskAboutStale(OwnerReminders reminders) : IDueTask
{
    public static string Kind => ReminderPlan.Stale;

    public Task Run(DueCall call, CancellationToken cancel) => reminders.Remind(call, Kind, cancel);
}
