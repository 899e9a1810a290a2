using Sidecar.Chat;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Requests;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>Makes new assignments: one per customer at a time, and no more than there are places (ASG-1, ASG-2).</summary>
internal sealed class AssignmentIntake(
    Store store,
    AssignmentStore book,
    CapacityStore places,
    CustomerChanges customers,
    Vetters vetters,
    RoleStore roles,
    AssignmentCalendar calendar,
    TimeProvider clock
)
{
    /// <summary>Requests one. The same act, delivered again, requests it once.</summary>
    public async Task<Decision> Request(
        AssignmentDraft draft,
        Envelope from,
        CancellationToken cancel
    )
    {
        var vet = await vetters.Now(cancel);
        return await Make(
            draft,
            from,
            (id, now) => Assignment.Request(id, draft, from.User, vet, calendar, now),
            first: null,
            also: null,
            cancel
        );
    }

    /// <summary>Starts one that nobody requested.</summary>
    public async Task<Decision> Start(
        AssignmentDraft draft,
        NewEngineer named,
        Envelope from,
        CancellationToken cancel
    )
    {
        var actor = await roles.Of(from.User, cancel);
        (AtCapacityGate Gate, AssignmentCapacity Places) now = await places.Read(cancel);
        return await Make(
            draft,
            from,
            (id, at) =>
                Assignment.StartUnrequested(id, draft, named, actor, now.Places, calendar, at),
            first: async stop => now = await places.Read(stop),
            also: (change, id) => now.Gate.Pass(change, id),
            cancel
        );
    }

    /// <summary>Tells the CS leads what could not be requested, once for an act; who grants that role, where nobody has it.</summary>
    public async Task TellLeads(Envelope from, Markdown text, CancellationToken cancel)
    {
        var leads = await vetters.Leads(cancel);
        var now = clock.GetUtcNow();
        var change = new Change(now, from.User.Value).Add(
            IdempotencyRecord.Kind,
            from.Act + "/leads",
            new IdempotencyRecord("told", now)
        );
        IReadOnlyList<UserId> told = leads.IsEmpty
            ? await roles.Holders(Role.Administrator, cancel)
            : leads;
        foreach (var lead in told)
        {
            change.Do(
                new Effect.TellPerson(lead, text)
                {
                    About = "a request for an assigned engineer",
                    OnBehalfOf = from.User,
                    IsInternal = true,
                }
            );
        }

        // A conflict means that they were told already.
        await store.Commit(change, cancel);
    }

    private async Task<Decision> Make(
        AssignmentDraft draft,
        Envelope from,
        Func<AssignmentId, DateTimeOffset, Decision> rule,
        Func<CancellationToken, ValueTask>? first,
        Action<Change, AssignmentId>? also,
        CancellationToken cancel
    )
    {
        while (true)
        {
            if (
                await store.Find(IdempotencyRecord.Kind, from.Act, cancel) is
                { Value.Made: var made }
            )
            {
                return new Decision.Accepted(
                    (await store.Find(AssignmentIndexes.Kind, made, cancel))!.Value
                );
            }

            var (turnstile, open) = await places.ReadOf(draft.Customer, cancel);
            if (open is not null)
            {
                return new HasOne(open);
            }

            if (first is not null)
            {
                await first(cancel);
            }

            var now = clock.GetUtcNow();
            var id = new AssignmentId(await store.Engine.NextNumber(AssignmentId.Series, cancel));
            var decision = rule(id, now);
            if (decision is not Decision.Accepted decided)
            {
                return await Explained(decision, cancel);
            }

            if (
                await book.Add(
                    decided,
                    from,
                    now,
                    cancel,
                    async (change, stop) =>
                    {
                        turnstile.Pass(change, id);
                        also?.Invoke(change, id);
                        if (draft.MarksStrategic)
                        {
                            await customers.EditWithin(
                                change,
                                draft.Customer,
                                from.User,
                                customer => customer with { IsStrategic = true },
                                stop
                            );
                        }
                    }
                )
            )
            {
                return decided;
            }
        }
    }

    private async ValueTask<Decision> Explained(Decision refused, CancellationToken cancel) =>
        refused is Decision.Refused { Why: MayNot { Permission: var what } }
            ? await roles.Refuse(what, cancel)
            : refused;
}
