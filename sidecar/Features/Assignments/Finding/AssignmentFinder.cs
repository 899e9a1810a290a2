using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Finding;

/// <summary>Finds the assignment that somebody means, and reads what they type in their own time.</summary>
internal sealed class AssignmentFinder(
    Store store,
    AssignmentStore book,
    CustomerStore customers,
    PeopleTimes times,
    TimeProvider clock
)
{
    public AssignmentStore Book => book;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The assignment with a number, else the latest of a customer that is not over.</summary>
    /// <returns>The assignment, or what is said to somebody who meant none.</returns>
    public async ValueTask<(Assignment? Found, Reply? Why)> Find(
        CommandCall call,
        CommandWord typed,
        CancellationToken cancel
    )
    {
        if (!typed.IsQuoted && AssignmentId.Read(typed.Value) is { } id)
        {
            if (await book.Find(id, cancel) is { } numbered)
            {
                return (numbered.Value, null);
            }

            // A customer may be called by a number.
            if (await customers.Known(typed.Value, cancel) is null)
            {
                return (null, Reply.No(new NoSuchAssignment(id)));
            }
        }

        if (await customers.Known(typed.Value, cancel) is not { } customer)
        {
            return (null, await CustomerArguments.Unknown(customers, call, typed, cancel));
        }

        if (await Of(customer.Key, cancel) is { } found)
        {
            return (found, null);
        }

        // Who has an engineer is known to everybody of ours; who else is a customer is not.
        return (
            null,
            await customers.MayRead(call.Envelope.User, cancel)
                ? Reply.No(new NoAssignmentOf(customer.Name))
                : Reply.No(new NoSuchCustomerForAll(typed.Value))
        );
    }

    /// <summary>The latest assignment of a customer that is neither over nor declined, or null.</summary>
    public async ValueTask<Assignment?> Of(CustomerKey customer, CancellationToken cancel)
    {
        IndexPosition? after = null;
        do
        {
            var page = await store.List(
                AssignmentIndexes.Kind,
                AssignmentIndexes.ByCustomer,
                IndexKey.Empty.Then(customer.Value),
                after,
                10,
                cancel
            );
            if (
                page.Items.FirstOrDefault(a =>
                    a.Value.State is not (AssignmentState.Declined or AssignmentState.Ended)
                ) is
                { } found
            )
            {
                return found.Value;
            }

            after = page.Next;
        } while (after is not null);

        return null;
    }

    public ValueTask<PersonTime> TimeOf(UserId person, CancellationToken cancel) =>
        times.Of(person, cancel);

    /// <summary>The day where somebody is.</summary>
    public DateOnly Today(PersonTime person) => LocalTime.DayOf(Now, person.Zone);
}

internal sealed record NoAssignmentOf(string Customer)
    : Refusal(
        Markdown.Of(
            $"{Customer} has no assigned support engineer. {Markdown.Code("/escalate engineer list")} shows who has one."
        )
    );
