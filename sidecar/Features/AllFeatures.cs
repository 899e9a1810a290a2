using Sidecar.Features.Deliveries;
using Sidecar.Features.Escalations;
using Sidecar.Features.Help;
using Sidecar.Features.Status;
using Sidecar.Interactions;

namespace Sidecar.Features;

/// <summary>The table of contents of the product: one line per feature, in the order in which help lists them.</summary>
internal static class AllFeatures
{
    public static void Register(FeatureBuilder product) =>
        product
            .Add<EscalationsFeature>()
            .Add<HelpFeature>()
            .Add<StatusFeature>()
            .Add<DeliveriesFeature>();
}
