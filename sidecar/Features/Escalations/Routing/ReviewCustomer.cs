using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Routing;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>
/// A customer has changed: what waited for the fact goes on by itself (ESC-2), and open escalations take their new
/// place (ESC-5).
/// </summary>
internal sealed class ReviewCustomer(
    Store store,
    EscalationStore book,
    RoutingStore desk,
    TimeProvider clock
) : IDueTask
{
    private const int AtOnce = 100;

    public static string Kind => Customer.Changed;

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var read = await store.Find(Customer.Kind, call.Id, cancel);
        if (read is { Value: var customer })
        {
            var teams = await desk.Teams(cancel);
            foreach (var group in GroupsOf(customer))
            {
                await Review(group, customer, teams, cancel);
            }
        }

        var done = new Change(clock.GetUtcNow(), Kind).Due(Kind, call.Id, null);
        if (read is not null)
        {
            // Should it have changed again meanwhile, it stays due.
            done.Replace(Customer.Kind, read, read.Value);
        }

        await store.Commit(done, cancel);
    }

    /// <summary>What is filed under it, and what waits for it under its key or name as somebody typed them.</summary>
    private static IEnumerable<IndexKey> GroupsOf(Customer customer) =>
        new[]
        {
            EscalationIndexes.Of(customer.Key),
            EscalationIndexes.Unknown(customer.Key.Value),
            EscalationIndexes.Unknown(customer.Name),
        }.Distinct();

    private async Task Review(
        IndexKey group,
        Customer customer,
        TeamsNow teams,
        CancellationToken cancel
    )
    {
        IndexPosition? after = null;
        do
        {
            var page = await store.List(
                EscalationIndexes.Kind,
                EscalationIndexes.ByCustomer,
                group.Then(false),
                after,
                AtOnce,
                cancel
            );
            foreach (var escalation in page.Items.Select(e => e.Value))
            {
                await book.DecideByItself(
                    escalation.Id,
                    Kind,
                    (current, now) => GoOn(current, customer, teams, now),
                    cancel
                );
            }

            after = page.Next;
        } while (after is not null);
    }

    private Decision GoOn(
        Escalation escalation,
        Customer customer,
        TeamsNow teams,
        DateTimeOffset now
    )
    {
        var known = RoutingStore.Known(customer)!;
        var learned = escalation.Learn(customer.Key, known) as Decision.Accepted;
        var current = learned?.Next ?? escalation;
        var route = desk.RouteOf(current.Category, current.Severity, known);
        var routed =
            current.State == EscalationState.NeedsInformation ? current.Follow(route, teams, now)
            : current.IsProvisional ? current.Settle(route, teams)
            : new NothingNew(current);
        return routed is Decision.Accepted further
            ? new Decision.Accepted(further.Next, [.. learned?.Facts ?? [], .. further.Facts])
            : learned ?? (Decision)new NothingNew(escalation);
    }
}
