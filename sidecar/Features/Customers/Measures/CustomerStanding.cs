using System.Collections.Immutable;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Measures;

/// <summary>
/// How a customer stands, as far as CE and TAM were told (MET-4). What becomes unknown is not news and changes nothing
/// here, so that a figure taken away and put back tells nobody twice.
/// </summary>
internal sealed record CustomerStanding
{
    public static CustomerStanding Nothing { get; } = new();

    /// <summary>The target of adoption.</summary>
    public Verdict Target { get; init; }

    /// <summary>Healthy usage.</summary>
    public Verdict Usage { get; init; }

    public bool IsAdoptionFalling { get; init; }

    public bool IsUsageFalling { get; init; }

    /// <summary>After the measures were looked at: the standing from now on, and what is new.</summary>
    public (CustomerStanding Next, ImmutableArray<StandingNews> News) After(Measured now)
    {
        var next = new CustomerStanding
        {
            Target = Known(now.Adoption.Verdict, Target),
            Usage = Known(now.Usage.Verdict, Usage),
            IsAdoptionFalling = Known(now.AdoptionTrend, IsAdoptionFalling),
            IsUsageFalling = Known(now.UsageTrend, IsUsageFalling),
        };
        return (next, [.. News(next)]);
    }

    private IEnumerable<StandingNews> News(CustomerStanding next)
    {
        // Good news is news only where bad news went before.
        if (next.Target != Target && (next.Target, Target) != (Verdict.Met, Verdict.Unknown))
        {
            yield return next.Target == Verdict.Missed
                ? StandingNews.TargetMissed
                : StandingNews.TargetMet;
        }

        if (next.Usage != Usage && (next.Usage, Usage) != (Verdict.Met, Verdict.Unknown))
        {
            yield return next.Usage == Verdict.Missed
                ? StandingNews.UsageUnhealthy
                : StandingNews.UsageHealthy;
        }

        if (next.IsAdoptionFalling != IsAdoptionFalling)
        {
            yield return next.IsAdoptionFalling
                ? StandingNews.AdoptionFalls
                : StandingNews.AdoptionHolds;
        }

        if (next.IsUsageFalling != IsUsageFalling)
        {
            yield return next.IsUsageFalling ? StandingNews.UsageFalls : StandingNews.UsageHolds;
        }
    }

    private static Verdict Known(Verdict now, Verdict before) =>
        now == Verdict.Unknown ? before : now;

    private static bool Known(Trend? now, bool before) =>
        now is null || now.Direction == Direction.Unknown
            ? before
            : now.Direction == Direction.Falling;
}

/// <summary>What CE and TAM are told, once when it begins and once when it ends.</summary>
internal enum StandingNews
{
    TargetMissed,
    TargetMet,
    UsageUnhealthy,
    UsageHealthy,
    AdoptionFalls,
    AdoptionHolds,
    UsageFalls,
    UsageHolds,
}

/// <summary>All measures of a customer at a moment.</summary>
/// <param name="Adoption">MET-2.</param>
/// <param name="Usage">MET-3.</param>
/// <param name="AdoptionTrend">Null when the history was not looked at, because nothing in it changed.</param>
/// <param name="UsageTrend">The same.</param>
internal sealed record Measured(
    Adoption Adoption,
    UsageMeasure Usage,
    Trend? AdoptionTrend,
    Trend? UsageTrend
)
{
    /// <param name="customer">Of which customer.</param>
    /// <param name="history">Its latest days; null when nothing in them changed.</param>
    /// <param name="now">UTC.</param>
    /// <param name="settings">Targets and limits.</param>
    public static Measured Of(
        Customer customer,
        IReadOnlyList<Measurement>? history,
        DateTimeOffset now,
        CustomerSettings settings
    ) =>
        new(
            Adoption.Of(customer, customer.Today(now), settings),
            UsageMeasure.Of(customer, settings),
            history is null
                ? null
                : Trend.Of(
                    Trend.OfAdoption(history, customer.Figures),
                    customer.Standing.IsAdoptionFalling,
                    settings.Trend
                ),
            history is null
                ? null
                : Trend.Of(Trend.OfUsage(history), customer.Standing.IsUsageFalling, settings.Trend)
        );

    /// <summary>A piece of news as a sentence, with the numbers that it comes from.</summary>
    public Markdown Tell(StandingNews news, CustomerSettings settings) =>
        news switch
        {
            StandingNews.TargetMissed => Markdown.Of(
                $"It misses its adoption target: {AdoptionNow}, and day {Adoption.Day ?? 0} wants {TargetNow}."
            ),
            StandingNews.TargetMet => Markdown.Of(
                $"It meets its adoption target again: {AdoptionNow}; day {Adoption.Day ?? 0} wants {TargetNow}."
            ),
            StandingNews.UsageUnhealthy => Markdown.Of(
                $"Its usage is not healthy: {UsageNow}; healthy is more than {PercentageOf.Show(settings.UsageAbove)}."
            ),
            StandingNews.UsageHealthy => Markdown.Of($"Its usage is healthy again: {UsageNow}."),
            StandingNews.AdoptionFalls => Markdown.Of(
                $"Its adoption is falling: {MeasureWords.Of(AdoptionTrend)}."
            ),
            StandingNews.AdoptionHolds => Markdown.Of($"Its adoption has stopped falling."),
            StandingNews.UsageFalls => Markdown.Of(
                $"Its usage is falling: {MeasureWords.Of(UsageTrend)}."
            ),
            _ => Markdown.Of($"Its usage has stopped falling."),
        };

    private Markdown AdoptionNow =>
        Markdown.Of($"{PercentageOf.Show(Adoption.Percent ?? 0)} of the seats are in use");

    private Markdown UsageNow =>
        Markdown.Of(
            $"{PercentageOf.Show(Usage.Percent ?? 0)} of those who come monthly come daily"
        );

    private Percentage TargetNow => PercentageOf.Show(Adoption.Target ?? 0);
}
