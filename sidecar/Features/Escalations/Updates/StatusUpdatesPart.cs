using Sidecar.Interactions;

namespace Sidecar.Features.Escalations;

/// <summary>Status updates: written, prompted for, read back (UPD-1 to UPD-5).</summary>
internal sealed class StatusUpdatesPart : IFeature
{
    public static void Register(FeatureBuilder feature) { }
}
