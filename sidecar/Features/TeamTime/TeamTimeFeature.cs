using Sidecar.Interactions;
using Sidecar.Time;

namespace Sidecar.Features.TeamTime;

/// <summary>When the team works: what other features ask before they wait for somebody.</summary>
internal sealed class TeamTimeFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature.Settings<TeamTimeSettings>().Shares<WorkingTime>();
}
