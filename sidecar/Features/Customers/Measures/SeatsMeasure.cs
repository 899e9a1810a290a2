using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;

namespace Sidecar.Features.Customers.Measures;

/// <summary>How many of the seats purchased are deployed at one customer (MET-1).</summary>
/// <param name="Verdict">Enough of them, not enough, or not known.</param>
/// <param name="Percent">In percent of those purchased; null when it is not known.</param>
internal sealed record SeatsMeasure(Verdict Verdict, decimal? Percent)
{
    public static SeatsMeasure Of(Customer customer, CustomerSettings settings)
    {
        var figures = customer.Figures;
        return
            figures is { SeatsPurchased: { } purchased, SeatsDeployed: { } deployed }
            && PercentageOf.Of(deployed.Count, purchased.Count) is { } percent
            ? new SeatsMeasure(
                percent >= settings.SeatsDeployedTarget ? Verdict.Met : Verdict.Missed,
                percent
            )
            : new SeatsMeasure(Verdict.Unknown, null);
    }

    /// <summary>Whether a customer counts towards the team's measure: its ARR is above the line, not on it.</summary>
    public static bool Counts(Customer customer, CustomerSettings settings) =>
        !customer.IsArchived && customer.Arr > settings.CountsFromArrAbove;
}

/// <summary>
/// Customer Seats Deployed, by which the team is measured (MET-1): the share of customers above the line of ARR that have
/// enough of their seats deployed. Who lacks seat data counts, is named, and is not among those who have.
/// </summary>
/// <param name="Met">Who has.</param>
/// <param name="Missed">Who has not.</param>
/// <param name="Unknown">Of whom nobody knows.</param>
internal sealed record CustomerSeatsDeployed(
    ImmutableArray<Customer> Met,
    ImmutableArray<Customer> Missed,
    ImmutableArray<Customer> Unknown
)
{
    public int Counted => Met.Length + Missed.Length + Unknown.Length;

    /// <summary>In percent; null when no customer counts.</summary>
    public decimal? Percent => PercentageOf.Of(Met.Length, Counted);

    /// <summary>Measures some customers; those who do not count are left out.</summary>
    public static CustomerSeatsDeployed Of(
        IEnumerable<Customer> customers,
        CustomerSettings settings
    )
    {
        var verdicts = customers
            .Where(c => SeatsMeasure.Counts(c, settings))
            .ToLookup(c => SeatsMeasure.Of(c, settings).Verdict);
        return new CustomerSeatsDeployed(
            [.. verdicts[Verdict.Met]],
            [.. verdicts[Verdict.Missed]],
            [.. verdicts[Verdict.Unknown]]
        );
    }
}
