namespace Sidecar.Features.Customers.Domain;

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

    /// <summary>What is new when it stands otherwise from now on.</summary>
    public IEnumerable<StandingNews> News(CustomerStanding next)
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

/// <summary>What a measure says about a customer.</summary>
internal enum Verdict
{
    /// <summary>Something that it needs is not known. The first: what nobody measured is neither good nor bad.</summary>
    Unknown,
    Met,
    Missed,
}
