using Sidecar.Interactions;

namespace Sidecar.Features.Help;

/// <summary>Help, and a welcome for who is new (SET-3, SET-4).</summary>
internal sealed class HelpFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature.Settings<HelpSettings>().Command<ShowHelp>().Witness<WelcomeNewcomers>();
}
