using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;

namespace Sidecar.Features.Customers.Measures;

/// <summary>
/// Adoption of one customer on one day (MET-2): MAU as a share of the seats purchased, and how much of it is wanted so
/// long after production was completed.
/// </summary>
/// <param name="Verdict">The target is met, missed, or something is not known.</param>
/// <param name="Percent">MAU in percent of the seats purchased; null when it is not known.</param>
/// <param name="Target">In percent; null when the day is not known.</param>
/// <param name="Day">Days since counting began; null when it is not known, negative before.</param>
internal sealed record Adoption(Verdict Verdict, decimal? Percent, decimal? Target, int? Day)
{
    /// <summary>What is not known and would have to be, in words that follow “without”.</summary>
    public ImmutableArray<string> Lacks { get; init; } = [];

    /// <param name="customer">Of which customer.</param>
    /// <param name="today">The date in the customer's zone.</param>
    /// <param name="settings">The steps.</param>
    public static Adoption Of(Customer customer, DateOnly today, CustomerSettings settings)
    {
        var from = settings.AdoptionCountsFrom(customer);
        int? day = from is { } start ? today.DayNumber - start.DayNumber : null;
        decimal? target = day >= 0 ? settings.AdoptionTargetOn(day.Value) : null;
        var percent = customer.Figures is { Mau: { } mau, SeatsPurchased: { } seats }
            ? PercentageOf.Of(mau.Count, seats.Count)
            : null;
        var verdict =
            percent is null || target is null ? Verdict.Unknown
            : percent >= target ? Verdict.Met
            : Verdict.Missed;
        return new Adoption(verdict, percent, target, day)
        {
            Lacks = [.. Missing(customer, from, settings)],
        };
    }

    /// <summary>
    /// The next day on which another target holds, though nothing is measured; null when there is none.
    /// </summary>
    public static DateOnly? NextStep(Customer customer, DateOnly today, CustomerSettings settings)
    {
        if (settings.AdoptionCountsFrom(customer) is not { } from || customer.IsArchived)
        {
            return null;
        }

        var day = today.DayNumber - from.DayNumber;
        decimal? now = day >= 0 ? settings.AdoptionTargetOn(day) : null;
        return settings
            .StepsInForce.Where(step => step.FromDay > day && step.Percent != now)
            .Select(step => (DateOnly?)from.AddDays(step.FromDay))
            .FirstOrDefault();
    }

    private static IEnumerable<string> Missing(
        Customer customer,
        DateOnly? from,
        CustomerSettings settings
    )
    {
        if (from is null)
        {
            yield return settings.CountAdoptionFromContract
                ? "the contract date"
                : "the date on which production was completed";
        }

        switch (customer.Figures.SeatsPurchased)
        {
            case null:
                yield return "the seats purchased";
                break;
            case { Count: 0 }:
                yield return "any seat purchased";
                break;
        }

        if (customer.Figures.Mau is null)
        {
            yield return "MAU";
        }
    }
}
