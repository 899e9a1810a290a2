using Sidecar.Interactions;

namespace Sidecar.Features.Assignments;

/// <summary>The weekly check-in (ASG-7 to ASG-10).</summary>
internal sealed class CheckInsFeature : IFeature
{
    public static void Register(FeatureBuilder feature) { }
}
