using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Sidecar.Settings;
using Sidecar.Setup.Install;
using Xunit;

namespace Sidecar.Tests.Setup;

/// <summary>The plugin as it was built, on a server that it was installed on. Skipped where nobody has built it.</summary>
public sealed class BuiltPluginTests
{
    [Fact]
    public async Task Set_up_uploads_and_enables_it_and_nothing_that_browsers_get_holds_a_secret()
    {
        BuiltPlugin.Needed();
        await using var bench = await SetupBench.Open();
        (await bench.Install("--plugin", BuiltPlugin.Archive)).ShouldBe(ExitCode.Done, bench.Error);
        bench.Output.ShouldContain($"created    plugin escalate {ProductVersion.Current}");

        var told = (await bench.Api("GET", "plugins/webapp"))!.AsArray();
        var manifest = told.ShouldHaveSingleItem()!;
        manifest["id"]!.GetValue<string>().ShouldBe("escalate");
        manifest["version"]!.GetValue<string>().ShouldBe(ProductVersion.Current);
        var address = manifest["webapp"]!["bundle_path"]!.GetValue<string>();
        address.ShouldContain(PluginBundle.Read(BuiltPlugin.Archive).Hash);
        using var http = new HttpClient { BaseAddress = bench.Mattermost.Url };
        var code = await http.GetStringAsync(address, TestContext.Current.CancellationToken);
        code.ShouldContain("registerPlugin");

        var secrets = Secrets(bench).ToList();
        secrets.Count.ShouldBeGreaterThan(2);
        var readable = manifest.ToJsonString() + code + Text();
        foreach (var secret in secrets)
        {
            readable.ShouldNotContain(secret, Case.Sensitive);
        }

        readable.ShouldNotContain(SetupBench.PublicUrl);
        readable.ShouldNotContain(bench.Mattermost.Url.Authority);
    }

    [Fact]
    public void It_holds_the_manifest_of_the_repository_and_the_same_files_each_time()
    {
        BuiltPlugin.Needed();
        var files = Unpack().ToDictionary(f => f.Name, f => f.Content);
        files
            .Keys.Order(StringComparer.Ordinal)
            .ShouldBe([
                "escalate/assets/icon.svg",
                "escalate/plugin.json",
                "escalate/webapp/dist/main.js",
            ]);
        files["escalate/plugin.json"]
            .ShouldBe(
                File.ReadAllBytes(
                    Path.Combine(Sidecar.Tests.Rules.Repository.Root, "plugin-manifest/plugin.json")
                )
            );
        files["escalate/webapp/dist/main.js"].Length.ShouldBeLessThan(80_000, "the bundle's limit");
    }

    /// <summary>Everything that set-up keeps secret, as it was given out.</summary>
    private static IEnumerable<string> Secrets(SetupBench bench) =>
        Leaves(
                JsonNode.Parse(
                    File.ReadAllText(Path.Combine(bench.Data, "secrets.json"), Encoding.UTF8)
                )
            )
            .Where(l => l.Name.Contains("token", StringComparison.OrdinalIgnoreCase))
            .Select(l => l.Value)
            .Where(v => v.Length > 0);

    private static IEnumerable<(string Name, string Value)> Leaves(
        JsonNode? node,
        string name = ""
    ) =>
        node switch
        {
            JsonObject fields => fields.SelectMany(f => Leaves(f.Value, $"{name}.{f.Key}")),
            JsonArray items => items.SelectMany(i => Leaves(i, name)),
            JsonValue value when value.TryGetValue(out string? text) => [(name, text)],
            _ => [],
        };

    private static string Text() =>
        string.Concat(Unpack().Select(f => Encoding.UTF8.GetString(f.Content)));

    private static IEnumerable<(string Name, byte[] Content)> Unpack()
    {
        using var file = File.OpenRead(BuiltPlugin.Archive);
        using var plain = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(plain);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } data)
            {
                using var content = new MemoryStream();
                data.CopyTo(content);
                yield return (entry.Name, content.ToArray());
            }
        }
    }
}
