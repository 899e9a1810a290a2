using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Requests;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>Lets leads vet requests, however they say it: by button, form or command (ASG-1, ASG-2).</summary>
internal sealed class Vetting(
    AssignmentStore book,
    CapacityStore places,
    Vetters vetters,
    AssignmentCalendar calendar
)
{
    /// <summary>
    /// Approves. The third approval passes the turnstile of the places in its own commit; when somebody else passed it
    /// meanwhile, the places are counted again.
    /// </summary>
    /// <param name="id">Which.</param>
    /// <param name="by">Who.</param>
    /// <param name="because">Why the CS lead exceeds the cap; empty when they do not.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Decision> Approve(
        AssignmentId id,
        UserId by,
        string because,
        CancellationToken cancel
    )
    {
        var vet = await vetters.Now(cancel);
        var found = await places.Read(cancel);
        var takesPlace = false;
        return await book.Decide(
            id,
            by,
            (assignment, actor, now) =>
            {
                var decision = assignment.Approve(actor, because, found.Places, vet, calendar, now);
                takesPlace = decision is Decision.Accepted { Next.HasPlace: true };
                return decision;
            },
            cancel,
            also: (change, _) =>
            {
                if (takesPlace)
                {
                    found.Gate.Pass(change, id);
                }

                return ValueTask.CompletedTask;
            },
            first: async stop => found = await places.Read(stop)
        );
    }

    public async Task<Decision> Decline(
        AssignmentId id,
        UserId by,
        string why,
        CancellationToken cancel
    )
    {
        var vet = await vetters.Now(cancel);
        return await book.Decide(
            id,
            by,
            (assignment, actor, now) => assignment.Decline(actor, why, vet, now),
            cancel
        );
    }

    public async Task<Decision> Withdraw(
        AssignmentId id,
        UserId by,
        string why,
        CancellationToken cancel
    )
    {
        var vet = await vetters.Now(cancel);
        return await book.Decide(
            id,
            by,
            (assignment, actor, now) => assignment.Withdraw(actor, why, vet, now),
            cancel
        );
    }
}
