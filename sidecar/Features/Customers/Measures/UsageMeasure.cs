using Sidecar.Features.Customers.Domain;

namespace Sidecar.Features.Customers.Measures;

/// <summary>Usage of one customer (MET-3): DAU as a share of MAU; healthy when it exceeds a limit.</summary>
/// <param name="Verdict">Met: healthy. Missed: not healthy.</param>
/// <param name="Percent">DAU in percent of MAU; null when it is not known.</param>
internal sealed record UsageMeasure(Verdict Verdict, decimal? Percent)
{
    public static UsageMeasure Of(Customer customer, CustomerSettings settings) =>
        customer.Figures is { Dau: { } dau, Mau: { } mau }
        && PercentageOf.Of(dau.Count, mau.Count) is { } percent
            ? new UsageMeasure(
                percent > settings.UsageAbove ? Verdict.Met : Verdict.Missed,
                percent
            )
            : new UsageMeasure(Verdict.Unknown, null);
}
