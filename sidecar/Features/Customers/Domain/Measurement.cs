using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Time;

namespace Sidecar.Features.Customers.Domain;

/// <summary>
/// What was counted at a customer on one day (CUS-1). Each day is a document of its own, so that years of history cost a
/// customer nothing; what was recorded for a day before is in the audit trail.
/// </summary>
/// <param name="Customer">At which customer.</param>
/// <param name="On">On which day, in the customer's zone.</param>
internal sealed record Measurement(CustomerKey Customer, DateOnly On)
{
    /// <summary>No customer has more; a longer number is a slip of the keyboard.</summary>
    public const long Largest = 1_000_000_000;

    /// <summary>Of each customer, the latest day first.</summary>
    public static DocumentIndex<Measurement> ByCustomer { get; } =
        new(
            "by-customer",
            m => [IndexKey.Empty.Then(m.Customer.Value).ThenDescending(m.On.DayNumber)]
        );

    public static DocumentKind<Measurement> Kind { get; } =
        new("measurement", CustomerJson.Default.Measurement) { Indexes = [ByCustomer] };

    public long? SeatsPurchased { get; init; }

    public long? SeatsDeployed { get; init; }

    /// <summary>Monthly active users.</summary>
    public long? Mau { get; init; }

    /// <summary>Daily active users.</summary>
    public long? Dau { get; init; }

    /// <summary>When it was last recorded, UTC.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>By whom; null when the command line did.</summary>
    public UserId? RecordedBy { get; init; }

    /// <summary>The id of its document.</summary>
    public string Id => IdOf(Customer, On);

    /// <summary>Nothing is left in it.</summary>
    public bool IsEmpty => FigureKinds.All.All(figure => this[figure] is null);

    public long? this[Figure figure] =>
        figure switch
        {
            Figure.SeatsPurchased => SeatsPurchased,
            Figure.SeatsDeployed => SeatsDeployed,
            Figure.Mau => Mau,
            _ => Dau,
        };

    public Measurement With(Figure figure, long? count) =>
        figure switch
        {
            Figure.SeatsPurchased => this with { SeatsPurchased = count },
            Figure.SeatsDeployed => this with { SeatsDeployed = count },
            Figure.Mau => this with { Mau = count },
            _ => this with { Dau = count },
        };

    public static string IdOf(CustomerKey customer, DateOnly on) =>
        $"{customer.Value}/{CalendarDay.Write(on)}";
}

/// <summary>What is counted.</summary>
internal enum Figure
{
    SeatsPurchased = 1,
    SeatsDeployed = 2,
    Mau = 3,
    Dau = 4,
}

/// <summary>What became of a figure of a day.</summary>
/// <param name="Figure">The figure's code.</param>
/// <param name="From">What was recorded for that day before.</param>
/// <param name="To">What is recorded now; null when it was taken away.</param>
internal sealed record FigureChange(string Figure, long? From, long? To);
