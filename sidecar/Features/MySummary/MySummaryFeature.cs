using Sidecar.Interactions;

namespace Sidecar.Features.MySummary;

/// <summary>What is mine, due, overdue: on request and once a day (WEEK-2).</summary>
internal sealed class MySummaryFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Shares<Summaries>()
            .Command<ShowMySummary>()
            .Command<SetDailySummary>()
            .Due<SendDailySummary>()
            .Due<TellOfGone>();
}
