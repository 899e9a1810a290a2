using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Implementations;

/// <summary>Reads requests, and who decides about them.</summary>
internal sealed class ImplementationQueries(Store store, RoleStore roles)
{
    private const int Counted = 1000;

    /// <summary>A page of a group, in its order: all that a list or a panel needs.</summary>
    public ValueTask<Page<Implementation>> Page(
        BacklogGroup group,
        IndexPosition? after,
        int size,
        CancellationToken cancel
    ) =>
        store.List(
            ImplementationIndexes.Kind,
            ImplementationIndexes.ByBacklog,
            ImplementationIndexes.Of(group),
            after,
            size,
            cancel
        );

    /// <summary>The first of a group.</summary>
    public async ValueTask<IReadOnlyList<Implementation>> First(
        BacklogGroup group,
        int atMost,
        CancellationToken cancel
    ) => [.. (await Page(group, null, atMost, cancel)).Items.Select(i => i.Value)];

    public ValueTask<int> Count(BacklogGroup group, CancellationToken cancel) =>
        store.Count(
            ImplementationIndexes.Kind,
            ImplementationIndexes.ByBacklog,
            ImplementationIndexes.Of(group),
            Counted,
            cancel
        );

    /// <summary>A customer's open request of a type; null when there is none.</summary>
    public async ValueTask<Implementation?> OpenOf(
        CustomerKey customer,
        ImplementationType type,
        CancellationToken cancel
    ) =>
        (
            await store.List(
                ImplementationIndexes.Kind,
                ImplementationIndexes.ByCustomer,
                IndexKey.Empty.Then(customer.Value),
                null,
                Counted,
                cancel
            )
        )
            .Items.Select(i => i.Value)
            .FirstOrDefault(it => it.Type == type && !it.IsOver);

    /// <summary>The latest request of a customer and type as far as anybody knows; null when there was none.</summary>
    public ValueTask<Versioned<LatestRequest>?> Latest(
        CustomerKey customer,
        ImplementationType type,
        CancellationToken cancel
    ) => store.Find(LatestRequest.Kind, LatestRequest.IdOf(customer, type), cancel);

    /// <summary>Those in which somebody has a part and that are not over.</summary>
    public async ValueTask<IReadOnlyList<Implementation>> Of(
        UserId person,
        CancellationToken cancel
    ) =>
        [
            .. (
                await store.List(
                    ImplementationIndexes.Kind,
                    ImplementationIndexes.ByPerson,
                    IndexKey.Empty.Then(person.Value),
                    null,
                    Counted,
                    cancel
                )
            ).Items.Select(i => i.Value),
        ];

    /// <summary>The place that a request has, or would have, among those that wait to be started (IMP-3).</summary>
    public async ValueTask<BacklogPlace> PlaceOf(Implementation it, CancellationToken cancel)
    {
        var isThere = it.State == ImplementationState.Qualified;
        var before = await store.CountBefore(
            ImplementationIndexes.Kind,
            ImplementationIndexes.ByBacklog,
            ImplementationIndexes.Of(BacklogGroup.Qualified),
            ImplementationIndexes.PositionOf(it with { State = ImplementationState.Qualified }),
            Counted,
            cancel
        );
        var all = await Count(BacklogGroup.Qualified, cancel);
        return new BacklogPlace(before + 1, isThere ? all : all + 1, it.Score ?? 0);
    }

    /// <summary>Who decides at this moment.</summary>
    public async ValueTask<ImplementationTeam> Team(CancellationToken cancel)
    {
        ImmutableArray<UserId> leads = [.. await roles.Holders(Role.ImplementationLead, cancel)];
        HashSet<UserId> leadership = [];
        foreach (var role in ImplementationSteps.Leadership)
        {
            leadership.UnionWith(await roles.Holders(role, cancel));
        }

        return new ImplementationTeam(
            leads,
            [.. await roles.Holders(Role.ImplementationEngineer, cancel)],
            [.. leadership],
            leads.IsEmpty ? [.. await roles.Holders(Role.Administrator, cancel)] : []
        );
    }

    /// <summary>How much room the team has, from what it has open (IMP-3).</summary>
    public async ValueTask<TeamBandwidth> Bandwidth(CancellationToken cancel) =>
        new(
            await Count(BacklogGroup.Qualified, cancel)
                + await Count(BacklogGroup.UnderWay, cancel),
            (await roles.Holders(Role.ImplementationEngineer, cancel)).Count
        );
}
