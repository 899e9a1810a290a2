using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Measures;

/// <summary>All measures of a customer at a moment.</summary>
/// <param name="Adoption">MET-2.</param>
/// <param name="Usage">MET-3.</param>
/// <param name="AdoptionTrend">Null when the history was not looked at, because nothing in it changed.</param>
/// <param name="UsageTrend">The same.</param>
internal sealed record Measured(
    Adoption Adoption,
    UsageMeasure Usage,
    MeasureTrend? AdoptionTrend,
    MeasureTrend? UsageTrend
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
                : MeasureTrend.Of(
                    MeasureTrend.OfAdoption(history, customer.Figures),
                    customer.Standing.IsAdoptionFalling,
                    settings.Trend
                ),
            history is null
                ? null
                : MeasureTrend.Of(
                    MeasureTrend.OfUsage(history),
                    customer.Standing.IsUsageFalling,
                    settings.Trend
                )
        );

    /// <summary>After the measures were looked at: the standing from now on, and what is new.</summary>
    public (CustomerStanding Next, ImmutableArray<StandingNews> News) Since(CustomerStanding before)
    {
        var next = new CustomerStanding
        {
            Target = Known(Adoption.Verdict, before.Target),
            Usage = Known(Usage.Verdict, before.Usage),
            IsAdoptionFalling = Known(AdoptionTrend, before.IsAdoptionFalling),
            IsUsageFalling = Known(UsageTrend, before.IsUsageFalling),
        };
        return (next, [.. before.News(next)]);
    }

    /// <summary>A piece of news as a sentence, with the numbers that it comes from.</summary>
    public Markdown Tell(StandingNews news, CustomerSettings settings) =>
        news switch
        {
            StandingNews.TargetMissed => Markdown.Of(
                $"It misses its adoption target: {AdoptionNow}, and the target for day {Adoption.Day ?? 0} is {TargetNow}."
            ),
            StandingNews.TargetMet => Markdown.Of(
                $"It meets its adoption target again: {AdoptionNow}; the target for day {Adoption.Day ?? 0} is {TargetNow}."
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
        Markdown.Of($"{PercentageOf.Show(Usage.Percent ?? 0)} of monthly users are active daily");

    private Percentage TargetNow => PercentageOf.Show(Adoption.Target ?? 0);

    private static Verdict Known(Verdict now, Verdict before) =>
        now == Verdict.Unknown ? before : now;

    private static bool Known(MeasureTrend? now, bool before) =>
        now is null || now.Direction == Direction.Unknown
            ? before
            : now.Direction == Direction.Falling;
}
