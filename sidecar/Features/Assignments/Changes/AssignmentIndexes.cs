using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Storage;

namespace Sidecar.Features.Assignments.Changes;

/// <summary>By what assignments are found.</summary>
internal static class AssignmentIndexes
{
    /// <summary>All, those that take a place first, by customer.</summary>
    public static DocumentIndex<Assignment> ByPlace { get; } =
        new(
            "by-place",
            a =>
                [
                    IndexKey
                        .Empty.Then(
                            a.HasPlace ? 0L
                            : a.State == AssignmentState.Requested ? 1L
                            : 2L
                        )
                        .Then(a.CustomerName)
                        .Then(a.Id.Number),
                ]
        );

    /// <summary>Of each customer, the latest first.</summary>
    public static DocumentIndex<Assignment> ByCustomer { get; } =
        new(
            "by-customer",
            a => [IndexKey.Empty.Then(a.Customer.Value).ThenDescending(a.Id.Number)]
        );

    /// <summary>Of each person who has a part in one that is not over: engineer, back-up, CE.</summary>
    public static DocumentIndex<Assignment> ByPerson { get; } =
        new(
            "by-person",
            a =>
                a.State is AssignmentState.Declined or AssignmentState.Ended
                    ? []
                    : new[] { a.Engineer, a.BackUp, a.CustomerEngineer }
                        .OfType<Sidecar.Ids.UserId>()
                        .Distinct()
                        .Select(p => IndexKey.Empty.Then(p.Value).Then(a.Id.Number))
        );

    /// <summary>Those whose review or hand-over waits for somebody: few at a time (ASG-12).</summary>
    public static DocumentIndex<Assignment> ByWaiting { get; } =
        new(
            "by-waiting",
            a =>
                a.State == AssignmentState.Active && (a.ReviewAsked > 0 || a.HandOver is not null)
                    ? [IndexKey.Empty.Then(a.Id.Number)]
                    : []
        );

    public static DocumentKind<Assignment> Kind { get; } =
        new("assignment", AssignmentJson.Default.Assignment)
        {
            Indexes = [ByPlace, ByCustomer, ByPerson, ByWaiting],
        };
}
