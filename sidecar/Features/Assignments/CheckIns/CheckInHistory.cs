using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers;
using Sidecar.Storage;

namespace Sidecar.Features.Assignments.CheckIns;

/// <summary>The answers that were given (ASG-10): a page costs the same however many there are.</summary>
internal sealed class CheckInHistory(Store store)
{
    /// <summary>Of each customer, the latest week first, whoever was assigned.</summary>
    public static DocumentIndex<CheckIn> ByCustomer { get; } =
        new("by-customer", c => [Place(c.Customer, c.Week).Then(c.Assignment.Number)]);

    /// <summary>Of each assignment, the latest week first.</summary>
    public static DocumentIndex<CheckIn> ByAssignment { get; } =
        new(
            "by-assignment",
            c => [IndexKey.Empty.Then(c.Assignment.Number).ThenDescending(c.Week.DayNumber)]
        );

    public static DocumentKind<CheckIn> Kind { get; } =
        new("check-in", AssignmentJson.Default.CheckIn) { Indexes = [ByCustomer, ByAssignment] };

    /// <summary><c>ASG-3/2026-03-02</c>.</summary>
    public static string IdOf(AssignmentId assignment, DateOnly week) =>
        $"{assignment}/{CheckInWords.Day(week)}";

    /// <summary>A page of a customer's, the latest week first.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="before">Only of weeks that begin before this day; null: from the latest on.</param>
    /// <param name="limit">The page's size.</param>
    /// <param name="cancel">Gives up.</param>
    public ValueTask<Page<CheckIn>> Page(
        CustomerKey customer,
        DateOnly? before,
        int limit,
        CancellationToken cancel
    ) =>
        store.List(
            Kind,
            ByCustomer,
            Of(customer),
            before is { } day
                // In front of everything of the day before.
                ? new IndexPosition(Place(customer, day.AddDays(-1)), "")
                : null,
            limit,
            cancel
        );

    private static IndexKey Of(CustomerKey customer) => IndexKey.Empty.Then(customer.Value);

    private static IndexKey Place(CustomerKey customer, DateOnly week) =>
        Of(customer).ThenDescending(week.DayNumber);
}
