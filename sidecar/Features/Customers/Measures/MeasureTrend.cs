using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;

namespace Sidecar.Features.Customers.Measures;

/// <summary>A share on a day.</summary>
internal readonly record struct SharePoint(DateOnly On, decimal Percent);

/// <summary>
/// Where a share is going. The line through its latest days is the one of Theil and Sen: its slope is the median of the
/// slopes between every two days, so that a single wrong or unusual count hardly moves it.
/// </summary>
/// <param name="Direction">Where it is going.</param>
/// <param name="Points">By how many percentage points the line rises, or falls when negative, over <paramref name="Days"/>.</param>
/// <param name="Days">From the first to the last of the days looked at.</param>
internal sealed record MeasureTrend(Direction Direction, decimal Points, int Days)
{
    public static MeasureTrend Unknown { get; } = new(Direction.Unknown, 0, 0);

    /// <param name="shares">In any order, at most one for a day.</param>
    /// <param name="wasFalling">
    /// Whether it was called falling the last time: then it is until it has clearly stopped, or a share at the edge would
    /// fall and recover with every count.
    /// </param>
    /// <param name="settings">How long and how far.</param>
    public static MeasureTrend Of(
        IEnumerable<SharePoint> shares,
        bool wasFalling,
        TrendSettings settings
    )
    {
        var all = shares.OrderBy(s => s.On).ToList();
        if (all.Count == 0)
        {
            return Unknown;
        }

        var recent = all.Where(s => s.On.DayNumber > all[^1].On.DayNumber - settings.Days).ToList();
        var days = recent[^1].On.DayNumber - recent[0].On.DayNumber;
        if (recent.Count < settings.LeastCounts || days < settings.LeastDays)
        {
            return Unknown;
        }

        var points = decimal.Round(MedianSlope(recent) * days, 4);
        var direction =
            points <= -(wasFalling ? settings.RecoveredWithin : settings.FallsFrom)
                ? Direction.Falling
            : points >= settings.FallsFrom ? Direction.Rising
            : Direction.Steady;
        return new MeasureTrend(direction, points, days);
    }

    /// <summary>DAU in percent of MAU, on each day on which both were counted.</summary>
    public static ImmutableArray<SharePoint> OfUsage(IEnumerable<Measurement> history) =>
        [
            .. history
                .Where(m => m is { Dau: not null, Mau: > 0 })
                .Select(m => new SharePoint(
                    m.On,
                    PercentageOf.Of(m.Dau!.Value, m.Mau!.Value)!.Value
                )),
        ];

    /// <summary>
    /// MAU in percent of the seats that were purchased at that time: of the same day or the latest before it, and for
    /// days before the first known, of that.
    /// </summary>
    public static ImmutableArray<SharePoint> OfAdoption(
        IEnumerable<Measurement> history,
        Figures latest
    )
    {
        var days = history.OrderBy(m => m.On).ToList();
        var seats =
            days.Find(m => m.SeatsPurchased is > 0)?.SeatsPurchased
            ?? latest.SeatsPurchased?.Count
            ?? 0;
        var points = ImmutableArray.CreateBuilder<SharePoint>();
        foreach (var day in days)
        {
            seats = day.SeatsPurchased ?? seats;
            if (day.Mau is { } mau && PercentageOf.Of(mau, seats) is { } percent)
            {
                points.Add(new SharePoint(day.On, percent));
            }
        }

        return points.ToImmutable();
    }

    private static decimal MedianSlope(List<SharePoint> shares)
    {
        var slopes = new List<decimal>(shares.Count * (shares.Count - 1) / 2);
        for (var i = 0; i < shares.Count; i++)
        {
            for (var j = i + 1; j < shares.Count; j++)
            {
                var days = shares[j].On.DayNumber - shares[i].On.DayNumber;
                slopes.Add((shares[j].Percent - shares[i].Percent) / days);
            }
        }

        slopes.Sort();
        var middle = slopes.Count / 2;
        return slopes.Count % 2 == 1 ? slopes[middle] : (slopes[middle - 1] + slopes[middle]) / 2;
    }
}

/// <summary>Where a share is going.</summary>
internal enum Direction
{
    /// <summary>Too few counts, or within too few days.</summary>
    Unknown,
    Steady,
    Rising,
    Falling,
}
