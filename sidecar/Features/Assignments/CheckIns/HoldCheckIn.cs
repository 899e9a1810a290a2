using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Interactions;

namespace Sidecar.Features.Assignments.CheckIns;

/// <summary>Something about check-ins is due: planning, asking, reminding, counting as missed (ASG-7, ASG-9).</summary>
internal sealed class HoldCheckIn(
    AssignmentStore book,
    CheckInQueries desk,
    OpenEmergencies emergencies
) : IDueTask
{
    public static string Kind => AssignmentReminders.CheckIn;

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var id = AssignmentId.Read(call.Id)!.Value;
        var known = (await book.Find(id, cancel))?.Value;
        var people = await desk.People(known, cancel);
        if (people is not null && known is { Turn.Asked: null })
        {
            people = people with { Emergencies = await emergencies.Of(known.Customer, cancel) };
        }

        await book.DecideByItself(
            id,
            Kind,
            (assignment, now) =>
                people is null
                    ? new NoCheckInDue(assignment)
                    : assignment.TakeCheckInSteps(people, now),
            cancel
        );
    }
}
