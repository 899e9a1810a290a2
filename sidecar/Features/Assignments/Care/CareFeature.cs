using Sidecar.Interactions;

namespace Sidecar.Features.Assignments;

/// <summary>What an assignment keeps, overload, review, hand-over (ASG-6, ASG-11, ASG-12).</summary>
internal sealed class CareFeature : IFeature
{
    public static void Register(FeatureBuilder feature) { }
}
