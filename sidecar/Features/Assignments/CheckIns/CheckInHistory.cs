using System.Text.Json.Serialization;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Storage;
using Sidecar.Text;

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

    /// <summary>Of each customer, the latest week first.</summary>
    public static DocumentIndex<WeekLeftOut> LeftOutByCustomer { get; } =
        new("by-customer", w => [Place(w.Customer, w.Week).Then(w.Assignment.Number)]);

    public static DocumentKind<WeekLeftOut> LeftOutKind { get; } =
        new("check-in-left-out", WeekJson.Default.WeekLeftOut) { Indexes = [LeftOutByCustomer] };

    /// <summary><c>ASG-3/2026-03-02</c>.</summary>
    public static string IdOf(AssignmentId assignment, DateOnly week) =>
        $"{assignment}/{CheckInWords.Day(week)}";

    /// <summary>A page of a customer's weeks, answered or not, the latest first.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="before">Only weeks that begin before this day; null: from the latest on.</param>
    /// <param name="limit">The page's size.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The weeks, and whether there are earlier ones.</returns>
    public async ValueTask<(IReadOnlyList<CheckInWeek> Weeks, bool IsMore)> Page(
        CustomerKey customer,
        DateOnly? before,
        int limit,
        CancellationToken cancel
    )
    {
        IndexPosition? after = before is { } day
            // In front of everything of the day before.
            ? new IndexPosition(Place(customer, day.AddDays(-1)), "")
            : null;
        var answered = await store.List(Kind, ByCustomer, Of(customer), after, limit, cancel);
        var left = await store.List(
            LeftOutKind,
            LeftOutByCustomer,
            Of(customer),
            after,
            limit,
            cancel
        );
        var given = answered.Items.Select(i => i.Value).ToList();
        var all = given
            .Select(c => new CheckInWeek(c.Assignment, c.Week) { Answers = c })
            .Concat(
                // What was missed may have been answered afterwards.
                left.Items.GroupBy(i => (i.Value.Assignment, i.Value.Week), i => i.Value)
                    .Select(g => g.Last())
                    .Where(w => !given.Any(c => c.Assignment == w.Assignment && c.Week == w.Week))
                    .Select(w => new CheckInWeek(w.Assignment, w.Week) { LeftOut = w })
            )
            .OrderByDescending(w => w.Week)
            .ThenBy(w => w.Assignment.Number)
            .ToList();
        return (
            [.. all.Take(limit)],
            all.Count > limit || answered.Next is not null || left.Next is not null
        );
    }

    private static IndexKey Of(CustomerKey customer) => IndexKey.Empty.Then(customer.Value);

    private static IndexKey Place(CustomerKey customer, DateOnly week) =>
        Of(customer).ThenDescending(week.DayNumber);
}

/// <summary>A week whose check-in was skipped or missed (ASG-9).</summary>
/// <param name="Assignment">Of which assignment.</param>
/// <param name="Customer">Of which customer: their history outlives assignments.</param>
/// <param name="Week">Its Monday.</param>
/// <param name="Says">What happened, as a sentence.</param>
internal sealed record WeekLeftOut(
    AssignmentId Assignment,
    CustomerKey Customer,
    DateOnly Week,
    Markdown Says
);

/// <summary>A week of a customer's history: with answers, or with the reason why there are none.</summary>
internal sealed record CheckInWeek(AssignmentId Assignment, DateOnly Week)
{
    public CheckIn? Answers { get; init; }
    public WeekLeftOut? LeftOut { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(WeekLeftOut))]
internal sealed partial class WeekJson : JsonSerializerContext;
