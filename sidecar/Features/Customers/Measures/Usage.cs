namespace Sidecar.Features.Customers.Measures;

/// <summary>Usage of one customer (MET-3): DAU as a share of MAU; healthy when it exceeds a limit.</summary>
/// <param name="Verdict">Met: healthy. Missed: not healthy.</param>
/// <param name="Percent">DAU in percent of MAU; null when it is not known.</param>
internal sealed record Usage(Verdict Verdict, decimal? Percent)
{
    public static Usage Of(Customer customer, CustomerSettings settings) =>
        customer.Figures is { Dau: { } dau, Mau: { } mau }
        && Share.Of(dau.Count, mau.Count) is { } percent
            ? new Usage(percent > settings.UsageAbove ? Verdict.Met : Verdict.Missed, percent)
            : new Usage(Verdict.Unknown, null);
}
