using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Customers.Measures;

/// <summary>What somebody says was counted on a day.</summary>
/// <param name="On">On which day.</param>
/// <param name="Counts">The figures named; null takes one away.</param>
internal sealed record MeasurementDraft(DateOnly On, ImmutableDictionary<Figure, long?> Counts)
{
    /// <summary>At the end of a line: more seats are deployed than purchased, and that is meant.</summary>
    public const string Anyway = "anyway";

    /// <summary>More seats are deployed than were purchased, and that is meant.</summary>
    public bool IsBeyondSeats { get; init; }

    /// <summary>The day as it is then, and what that changes about it.</summary>
    public (Measurement Measurement, ImmutableArray<FigureChange> Changes) Note(
        Measurement day,
        UserId? by,
        DateTimeOffset now
    )
    {
        ImmutableArray<FigureChange> changes =
        [
            .. FigureKinds
                .Named.Where(kind =>
                    Counts.TryGetValue(kind.Figure, out var count) && count != day[kind.Figure]
                )
                .Select(kind => new FigureChange(kind.Code, day[kind.Figure], Counts[kind.Figure])),
        ];
        var noted = Counts.Aggregate(day, (m, count) => m.With(count.Key, count.Value));
        return (noted with { RecordedAt = now, RecordedBy = by }, changes);
    }

    /// <summary>What can't be true about a day, as a sentence; null when all can be.</summary>
    public static string? Contradiction(Measurement day) =>
        day is { Dau: { } dau, Mau: { } mau } && dau > mau
            ? $"On {CalendarDay.Write(day.On)}, DAU ({FigureKinds.Show(dau)}) would be more than MAU ({FigureKinds.Show(mau)}): whoever came on a day came in that month, too."
            : null;

    /// <summary>
    /// What is to be asked before a day is believed: more seats deployed than purchased can be true, but is a slip more
    /// often. Null when there is nothing to ask.
    /// </summary>
    /// <param name="day">The day.</param>
    /// <param name="changed">What is new about it.</param>
    /// <param name="known">The latest figures: who buys seats is seldom asked on the day on which they are counted.</param>
    public static string? Doubt(Measurement day, IEnumerable<FigureChange> changed, Figures known)
    {
        if (
            !changed.Any(c =>
                c.Figure == Figure.SeatsDeployed.Kind().Code
                || c.Figure == Figure.SeatsPurchased.Kind().Code
            )
            || Then(Figure.SeatsDeployed) is not { } deployed
            || Then(Figure.SeatsPurchased) is not { } purchased
            || deployed.Count <= purchased.Count
        )
        {
            return null;
        }

        return $"On {CalendarDay.Write(day.On)}, seats deployed ({Shown(deployed)}) would be more than seats purchased ({Shown(purchased)}). Have more been bought? Then write that number, too.";

        Counted? Then(Figure figure) =>
            day[figure] is { } count ? new Counted(count, day.On)
            : known[figure] is { } latest && latest.On <= day.On ? latest
            : null;

        string Shown(Counted counted) =>
            counted.On == day.On
                ? FigureKinds.Show(counted.Count)
                : $"{FigureKinds.Show(counted.Count)} on {CalendarDay.Write(counted.On)}";
    }

    /// <summary>A count as typed: <c>450</c>, <c>1,200</c>.</summary>
    /// <param name="typed">As typed.</param>
    /// <param name="problem">What is wrong with it, as a sentence; empty when it is right.</param>
    public static long? ReadCount(string typed, out string problem)
    {
        problem = "";
        if (TypedNumber.Whole(typed) is { } count && count <= Measurement.Largest)
        {
            return count;
        }

        problem =
            TypedNumber.Whole(typed) is not null || TypedNumber.Looks(typed)
                ? $"“{typed}” is more than any customer has."
                : $"“{typed}” is not a count: write a whole number, as in 450 or 1,200.";
        return null;
    }
}
