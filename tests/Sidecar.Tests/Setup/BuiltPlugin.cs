using Xunit;

namespace Sidecar.Tests.Setup;

/// <summary>The plugin’s archive, as somebody has built it.</summary>
internal static class BuiltPlugin
{
    private const string Remedy =
        "npm --prefix webapp-stub ci && npm --prefix webapp-stub run package";

    private static readonly string Sources = Path.Combine(
        Sidecar.Tests.Rules.Repository.Root,
        "webapp-stub",
        "src"
    );

    public static string Archive { get; } =
        Path.Combine(
            Sidecar.Tests.Rules.Repository.Root,
            "dist",
            $"escalate-{ProductVersion.Current}.tar.gz"
        );

    /// <summary>Skips where nobody has built it; one that is older than its sources would only seem to be tested.</summary>
    public static void Needed()
    {
        Assert.SkipUnless(File.Exists(Archive), $"The plugin is not built: {Remedy}");
        var built = File.GetLastWriteTimeUtc(Archive);
        var newer = Directory
            .EnumerateFiles(Sources, "*", SearchOption.AllDirectories)
            .FirstOrDefault(file => File.GetLastWriteTimeUtc(file) > built);
        if (newer is not null)
        {
            Assert.Fail(
                $"{Path.GetRelativePath(Sidecar.Tests.Rules.Repository.Root, newer)} is newer than the plugin that was built: {Remedy}"
            );
        }
    }
}
