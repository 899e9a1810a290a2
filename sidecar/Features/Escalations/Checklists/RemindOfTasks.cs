using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Checklists;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>Tasks are due soon, or were missed (PB-7).</summary>
internal sealed class RemindOfTasks(
    EscalationStore book,
    RoutingStore desk,
    PeopleDirectory people,
    TaskDeadlines deadlines
) : IDueTask
{
    public static string Kind => ReminderPlan.Task;

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var id = EscalationId.Read(call.Id)!.Value;
        var now = (await book.Find(id, cancel))?.Value;
        var there = await desk.Ladder(
            [now?.Owner, .. now?.Incident?.Tasks.Select(t => t.Assignee) ?? []],
            cancel
        );
        var zones = await Zones(id, there, cancel);
        await book.DecideByItself(
            id,
            Kind,
            (escalation, at) =>
                InTheirZones(escalation.RemindAboutTasks(deadlines, there, at), zones),
            cancel
        );
    }

    /// <summary>The zones of whoever may be told; who becomes so in this moment is told in UTC.</summary>
    private async Task<Dictionary<UserId, string>> Zones(
        EscalationId id,
        LadderPeople there,
        CancellationToken cancel
    )
    {
        var escalation = (await book.Find(id, cancel))?.Value;
        IEnumerable<UserId?> told =
        [
            .. escalation?.Incident?.Tasks.Select(t => t.Assignee) ?? [],
            escalation?.Owner,
            there.OnDuty,
            .. there.Leads.Select(lead => (UserId?)lead),
        ];
        Dictionary<UserId, string> zones = [];
        foreach (var person in told.OfType<UserId>().Distinct())
        {
            zones[person] = (await people.ZoneOf(person, cancel)).Id;
        }

        return zones;
    }

    private static Decision InTheirZones(Decision decision, Dictionary<UserId, string> zones) =>
        decision
            is Decision.Accepted { Next: var next, Facts: [EscalationFact.TasksReminded reminded] }
            ? new Decision.Accepted(
                next,
                reminded with
                {
                    Reminders =
                    [
                        .. reminded.Reminders.Select(r =>
                            r with
                            {
                                Zone = zones.GetValueOrDefault(r.To, "UTC"),
                            }
                        ),
                    ],
                }
            )
            : decision;
}
