using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;

namespace Sidecar.Features.Escalations.Updates;

/// <summary>
/// Time to remind of something that nobody does: an update that is due (UPD-3), work that stands still (ESC-12).
/// Whichever falls due first, one rule decides about both.
/// </summary>
internal sealed class OwnerReminders(
    EscalationStore book,
    UpdateQueries desk,
    ReminderPlan plan,
    UpdateCadence cadence
)
{
    public async Task Remind(DueCall call, string because, CancellationToken cancel)
    {
        var id = EscalationId.Read(call.Id)!.Value;
        var people = await desk.People((await book.Find(id, cancel))?.Value, cancel);
        await book.DecideByItself(
            id,
            because,
            (escalation, now) => escalation.RemindOwner(plan, cadence, people, now),
            cancel
        );
    }
}

/// <summary>A status update is due, or overdue (UPD-3).</summary>
internal sealed class RemindOfUpdate(OwnerReminders reminders) : IDueTask
{
    public static string Kind => ReminderPlan.Update;

    public Task Run(DueCall call, CancellationToken cancel) => reminders.Remind(call, Kind, cancel);
}
