using System.Collections.Immutable;
using Sidecar.Cards;

namespace Sidecar.Features.Customers.Measures;

/// <summary>Measures in words.</summary>
internal static class MeasureWords
{
    /// <summary>A trend: <c>falling, 7.5 points in 60 days</c>.</summary>
    public static Words Of(Trend? trend) =>
        trend?.Direction switch
        {
            Direction.Falling => Words.Of(
                $"falling, {Points(-trend.Points)} points in {trend.Days} days"
            ),
            Direction.Rising => Words.Of(
                $"rising, {Points(trend.Points)} points in {trend.Days} days"
            ),
            Direction.Steady => Words.Of($"steady"),
            _ => Words.Of($"not known yet"),
        };

    /// <summary>A verdict, loud enough to be found in a table.</summary>
    public static Words Of(Verdict verdict, string met = "met", string missed = "missed") =>
        verdict switch
        {
            Verdict.Met => Words.Of($":white_check_mark: {met}"),
            Verdict.Missed => Words.Of($":warning: {missed}"),
            _ => Words.Of($"unknown"),
        };

    /// <summary>Figures of a day: <c>MAU 300 (was 280), DAU 120</c>.</summary>
    public static Words Of(ImmutableArray<FigureChange> changes) =>
        Join(
            changes.Select(change =>
            {
                var label =
                    FigureKinds.Named.FirstOrDefault(k => k.Code == change.Figure)?.Label
                    ?? change.Figure;
                var was = change.From is { } before
                    ? Words.Of($" (was {FigureKinds.Show(before)})")
                    : Words.None;
                return change.To is { } count
                    ? Words.Of($"{label} {FigureKinds.Show(count)}{was}")
                    : Words.Of($"{label} taken away{was}");
            })
        );

    /// <summary>Words with commas between them.</summary>
    public static Words Join(IEnumerable<Words> parts, string between = ", ")
    {
        var joined = Words.None;
        foreach (var part in parts)
        {
            joined = joined.IsEmpty ? part : Words.Of($"{joined}{Words.Sentence(between)}{part}");
        }

        return joined;
    }

    private static string Points(decimal points) =>
        decimal.Round(points, 1).ToString("0.#", System.Globalization.CultureInfo.InvariantCulture);
}
