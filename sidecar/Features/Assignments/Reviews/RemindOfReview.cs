using System.Collections.Immutable;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.Assignments.Reviews;

/// <summary>The review of an assignment is due, or nobody has answered it (ASG-12).</summary>
internal sealed class RemindOfReview(
    AssignmentStore book,
    RoleStore roles,
    PeopleTimes times,
    AssignmentSettings settings
) : IDueTask
{
    public static string Kind => AssignmentReminders.Review;

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var id = AssignmentId.Read(call.Id)!.Value;
        var assignment = (await book.Find(id, cancel))?.Value;
        var leads = await roles.Holders(Role.CustomerSuccessLead, cancel);
        UserId[] asked =
        [
            .. new[] { assignment?.Engineer, assignment?.CustomerEngineer }
                .OfType<UserId>()
                .Concat(assignment?.ReviewLeft ?? [])
                .Concat(leads)
                .Distinct(),
        ];
        var people = new ReviewPeople(
            [.. leads],
            (await times.Of(asked, cancel)).ToImmutableDictionary(t => t.Person)
        );
        await book.DecideByItself(
            id,
            Kind,
            (a, now) => a.RemindAboutReview(people, settings, now),
            cancel
        );
    }
}
