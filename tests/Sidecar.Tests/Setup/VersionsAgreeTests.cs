using System.Text.Json;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Setup;

/// <summary>The product has one version, but three files of three tools that each need it written down.</summary>
public sealed class VersionsAgreeTests
{
    [Fact]
    public void The_sidecar_the_plugin_and_the_web_app_have_one_version()
    {
        var sidecar = XDocument
            .Load(FromRoot("Directory.Build.props"))
            .Descendants("Version")
            .ShouldHaveSingleItem()
            .Value;

        sidecar.ShouldNotBeEmpty();
        VersionIn("plugin-manifest/plugin.json").ShouldBe(sidecar);
        VersionIn("webapp-stub/package.json").ShouldBe(sidecar);
        VersionIn("webapp-stub/package-lock.json").ShouldBe(sidecar);
    }

    [Fact]
    public void The_running_version_is_the_one_that_is_written_down() =>
        ProductVersion.Current.ShouldBe(VersionIn("plugin-manifest/plugin.json"));

    private static string? VersionIn(string path)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(FromRoot(path)));
        return file.RootElement.GetProperty("version").GetString();
    }

    private static string FromRoot(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Sidecar.slnx")))
        {
            folder = folder.Parent;
        }

        folder.ShouldNotBeNull($"No Sidecar.slnx above {AppContext.BaseDirectory}.");
        return Path.Combine(folder.FullName, path);
    }
}
