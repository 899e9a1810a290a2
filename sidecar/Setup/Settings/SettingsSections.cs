using Microsoft.Extensions.DependencyInjection;
using Sidecar.Features;
using Sidecar.Interactions;

namespace Sidecar.Setup.Settings;

/// <summary>What can be set.</summary>
internal static class SettingsSections
{
    /// <summary>All sections that there are.</summary>
    public static IReadOnlyList<RegisteredSettings> All()
    {
        var product = new FeatureBuilder(new ServiceCollection());
        AllFeatures.Register(product);
        return product.Build().Settings;
    }
}
