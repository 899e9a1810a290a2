using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Storage;

namespace Sidecar.Features.Implementations;

/// <summary>Where a request stands in the lists.</summary>
internal enum BacklogGroup
{
    Triage,
    Qualified,
    UnderWay,
    Over,
}

/// <summary>By what implementation requests are found.</summary>
internal static class ImplementationIndexes
{
    /// <summary>
    /// All: those in triage and those that are qualified by score (IMP-3), those under way by target date, those that are
    /// over by when they ended, the latest first.
    /// </summary>
    public static DocumentIndex<Implementation> ByBacklog { get; } =
        new(
            "by-backlog",
            it =>
                [
                    GroupOf(it) switch
                    {
                        BacklogGroup.UnderWay => Of(BacklogGroup.UnderWay)
                            .Then(it.Dates.Target?.DayNumber ?? long.MaxValue)
                            .Then(it.Id.Number),
                        BacklogGroup.Over => Of(BacklogGroup.Over)
                            .ThenDescending(it.EndedAt ?? it.RequestedAt)
                            .ThenDescending(it.Id.Number),
                        var group => Of(group)
                            .ThenDescending((long)((it.Score ?? 0) * 10))
                            .Then(it.Id.Number),
                    },
                ]
        );

    /// <summary>Of each customer, the latest first.</summary>
    public static DocumentIndex<Implementation> ByCustomer { get; } =
        new(
            "by-customer",
            it => [IndexKey.Empty.Then(it.Customer.Value).ThenDescending(it.Id.Number)]
        );

    /// <summary>Of each person who has a part in one that is not over.</summary>
    public static DocumentIndex<Implementation> ByPerson { get; } =
        new(
            "by-person",
            it =>
                it.IsOver
                    ? []
                    : it.People.Select(p => IndexKey.Empty.Then(p.Value).Then(it.Id.Number))
        );

    /// <summary>By the words in it, the latest first.</summary>
    public static WordIndex<Implementation> ByWord { get; } =
        new(
            "by-word",
            it =>
                [
                    it.Id.ToString(),
                    it.CustomerName,
                    it.Method,
                    it.Provider,
                    it.Information,
                    it.StateReason,
                ],
            it => IndexKey.Empty.ThenDescending(it.Id.Number)
        );

    public static DocumentKind<Implementation> Kind { get; } =
        new("implementation", ImplementationJson.Default.Implementation)
        {
            Indexes = [ByBacklog, ByCustomer, ByPerson, ByWord.Index],
        };

    /// <summary>The first part of the keys of a group.</summary>
    public static IndexKey Of(BacklogGroup group) => IndexKey.Empty.Then((long)group);

    /// <summary>Where a request stands.</summary>
    public static IndexPosition PositionOf(Implementation it) =>
        new(ByBacklog.Keys(it).Single(), it.Id.ToString());

    private static BacklogGroup GroupOf(Implementation it) =>
        it.State switch
        {
            ImplementationState.Requested or ImplementationState.WithLeadership =>
                BacklogGroup.Triage,
            ImplementationState.Qualified => BacklogGroup.Qualified,
            ImplementationState.Started => BacklogGroup.UnderWay,
            _ => BacklogGroup.Over,
        };
}
