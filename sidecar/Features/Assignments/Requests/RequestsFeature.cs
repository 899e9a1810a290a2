using Sidecar.Interactions;

namespace Sidecar.Features.Assignments;

/// <summary>Requests for an assigned engineer, vetted and started (ASG-1 to ASG-3).</summary>
internal sealed class RequestsFeature : IFeature
{
    public static void Register(FeatureBuilder feature) { }
}
