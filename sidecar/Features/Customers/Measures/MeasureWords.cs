using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Measures;

/// <summary>Measures in words.</summary>
internal static class MeasureWords
{
    /// <summary>A trend: <c>falling, 7.5 points in 60 days</c>.</summary>
    public static Markdown Of(MeasureTrend? trend) =>
        trend?.Direction switch
        {
            Direction.Falling => Markdown.Of(
                $"falling, {Points(-trend.Points)} points in {trend.Days} days"
            ),
            Direction.Rising => Markdown.Of(
                $"rising, {Points(trend.Points)} points in {trend.Days} days"
            ),
            Direction.Steady => Markdown.Of($"steady"),
            _ => Markdown.Of($"not known yet"),
        };

    /// <summary>A verdict, loud enough to be found in a table.</summary>
    public static Markdown Of(Verdict verdict, string met = "met", string missed = "missed") =>
        verdict switch
        {
            Verdict.Met => Markdown.Of($":white_check_mark: {met}"),
            Verdict.Missed => Markdown.Of($":warning: {missed}"),
            _ => Markdown.Of($"unknown"),
        };

    /// <summary>Figures of a day: <c>MAU 300 (was 280), DAU 120</c>.</summary>
    public static Markdown Of(ImmutableArray<FigureChange> changes) =>
        Join(
            changes.Select(change =>
            {
                var label =
                    FigureKinds.Named.FirstOrDefault(k => k.Code == change.Figure)?.Label
                    ?? change.Figure;
                var was = change.From is { } before
                    ? Markdown.Of($" (was {FigureKinds.Show(before)})")
                    : Markdown.None;
                return change.To is { } count
                    ? Markdown.Of($"{label} {FigureKinds.Show(count)}{was}")
                    : Markdown.Of($"{label} taken away{was}");
            })
        );

    /// <summary>Words with commas between them.</summary>
    public static Markdown Join(IEnumerable<Markdown> parts, string between = ", ")
    {
        var joined = Markdown.None;
        foreach (var part in parts)
        {
            joined = joined.IsEmpty
                ? part
                : Markdown.Of($"{joined}{Markdown.Sentence(between)}{part}");
        }

        return joined;
    }

    private static string Points(decimal points) =>
        decimal.Round(points, 1).ToString("0.#", System.Globalization.CultureInfo.InvariantCulture);
}
