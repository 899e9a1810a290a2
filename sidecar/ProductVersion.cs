using System.Reflection;

namespace Sidecar;

/// <summary>The version that is running.</summary>
internal static class ProductVersion
{
    /// <summary>As in the plugin's manifest, without build metadata.</summary>
    public static string Current { get; } =
        typeof(ProductVersion)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
}
