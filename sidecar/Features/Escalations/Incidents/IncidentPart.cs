using Sidecar.Interactions;

namespace Sidecar.Features.Escalations;

/// <summary>The incident: playbook, channel, executive, watch, retrospective (PB-1 to PB-8).</summary>
internal sealed class IncidentPart : IFeature
{
    public static void Register(FeatureBuilder feature) { }
}
