using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.Settings;
using Sidecar.Setup.Install;
using Xunit;

namespace Sidecar.Tests.Setup;

public sealed class PluginInstallTests
{
    [Fact]
    public async Task It_is_uploaded_and_switched_on()
    {
        await using var bench = await SetupBench.Open();

        (await bench.Install("--plugin", Bundle(bench, "one"))).ShouldBe(
            ExitCode.Done,
            bench.Error
        );

        bench.Output.ShouldContain($"created    plugin escalate {ProductVersion.Current}");
        (await Active(bench)).ShouldBe(["escalate"]);
    }

    [Fact]
    public async Task The_same_build_is_not_uploaded_twice()
    {
        await using var bench = await SetupBench.Open();
        var bundle = Bundle(bench, "one");
        await bench.Install("--plugin", bundle);
        bench.Mattermost.ForgetRequests();

        await bench.InstallAgain("--plugin", bundle);

        bench.OnlyAsked();
        bench.Output.ShouldContain("unchanged  plugin escalate");
    }

    [Fact]
    public async Task Another_build_of_the_same_version_replaces_it()
    {
        await using var bench = await SetupBench.Open();
        await bench.Install("--plugin", Bundle(bench, "one"));

        await bench.InstallAgain("--plugin", Bundle(bench, "two"));

        bench.Output.ShouldContain("it was another build of the same version");
        await bench.InstallAgain("--plugin", Bundle(bench, "two"));
        bench.Output.ShouldContain("unchanged  plugin escalate");
    }

    [Fact]
    public async Task One_that_was_switched_off_is_switched_on()
    {
        await using var bench = await SetupBench.Open();
        var bundle = Bundle(bench, "one");
        await bench.Install("--plugin", bundle);
        await bench.Api("POST", "plugins/escalate/disable");

        await bench.InstallAgain("--plugin", bundle);

        bench.Output.ShouldContain("it was switched off");
        (await Active(bench)).ShouldBe(["escalate"]);
    }

    [Fact]
    public async Task UP_2_Where_Mattermost_runs_it_itself_nothing_is_installed_beside_it()
    {
        await using var bench = await SetupBench.Open();
        var bundle = Bundle(bench, "one", hasServer: true);
        (await bench.Install("--plugin", bundle)).ShouldBe(ExitCode.Failed);
        bench.Error.ShouldContain("it has a server part, which needs no set-up");
        await Upload(bench, bundle);
        await bench.Api("POST", "plugins/escalate/enable");

        (await bench.InstallAgain()).ShouldBe(ExitCode.Failed);

        bench.Error.ShouldContain("Mattermost runs Escalate");
        bench.Error.ShouldContain("disable the plugin");
    }

    [Fact]
    public async Task It_goes_with_the_rest()
    {
        await using var bench = await SetupBench.Open();
        await bench.Install("--plugin", Bundle(bench, "one"));

        await bench.InstallAgain("--uninstall");

        bench.Output.ShouldContain("removed    plugin escalate");
        (await Active(bench)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Uploads_that_are_off_fail_one_that_was_named_after_the_rest_was_set_up()
    {
        await using var bench = await SetupBench.Open();
        bench.Mattermost.Configure("PluginSettings.EnableUploads", false);

        (await bench.Install("--plugin", Bundle(bench, "one"))).ShouldBe(ExitCode.Failed);

        bench.Error.ShouldContain("PluginSettings.EnableUploads");
        bench.Error.ShouldContain("config.json");
        bench.File.Read().FirstGap().ShouldBeNull();
    }

    [Fact]
    public async Task A_server_that_is_too_old_gets_none()
    {
        await using var bench = await SetupBench.Open(
            new SimulatorOptions { ServerVersion = "9.5.0" }
        );

        (await bench.Install("--plugin", Bundle(bench, "one"))).ShouldBe(ExitCode.Failed);

        bench.Error.ShouldContain("needs Mattermost 10.11.0, this is 9.5.0");
    }

    [Theory]
    [InlineData("not an archive")]
    [InlineData("")]
    public async Task A_file_that_is_no_plugin_is_refused(string content)
    {
        await using var bench = await SetupBench.Open();
        var path = Path.Combine(bench.Folder, "broken.tar.gz");
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);

        (await bench.Install("--plugin", path)).ShouldBe(ExitCode.Failed);

        bench.Error.ShouldContain("can't be used");
    }

    [Theory]
    [InlineData("", "cbf29ce484222325")]
    [InlineData("a", "af63dc4c8601ec8c")]
    [InlineData("foobar", "85944171f73967e8")]
    public void Its_hash_is_the_one_in_Mattermosts_address(string code, string hash) =>
        PluginBundle.HashOf(Encoding.ASCII.GetBytes(code)).ShouldBe(hash);

    [Fact]
    public void A_hash_that_begins_with_zero_keeps_it()
    {
        var hashes = Enumerable.Range(0, 64).Select(i => PluginBundle.HashOf([(byte)i, 1, 2]));

        hashes.ShouldAllBe(hash => hash.Length == 16);
        hashes.ShouldContain(hash => hash[0] == '0');
    }

    private static async Task<IEnumerable<string>> Active(SetupBench bench) =>
        (await bench.Api("GET", "plugins"))!["active"]!
            .AsArray()
            .Select(p => p!["id"]!.GetValue<string>());

    private static async Task Upload(SetupBench bench, string bundle)
    {
        using var http = new HttpClient { BaseAddress = bench.Mattermost.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", bench.Mattermost.AdminToken);
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(await File.ReadAllBytesAsync(bundle)), "plugin", "p.tar.gz" },
        };
        (await http.PostAsync("api/v4/plugins", form)).EnsureSuccessStatusCode();
    }

    internal static string Bundle(SetupBench bench, string build, bool hasServer = false)
    {
        var folder = Path.Combine(Sidecar.Tests.Rules.Repository.Root, "plugin-manifest");
        var manifest = File.ReadAllBytes(Path.Combine(folder, "plugin.json"));
        if (hasServer)
        {
            var json = JsonNode.Parse(manifest)!;
            json["server"] = JsonNode.Parse(
                File.ReadAllBytes(Path.Combine(folder, "server.json"))
            )!["server"]!.DeepClone();
            manifest = Encoding.UTF8.GetBytes(json.ToJsonString());
        }

        var path = Path.Combine(bench.Folder, $"{build}.tar.gz");
        using var file = File.Create(path);
        using var zipped = new GZipStream(file, CompressionLevel.Fastest);
        using var tar = new TarWriter(zipped);
        Add(tar, "escalate/plugin.json", manifest);
        Add(tar, "escalate/webapp/dist/main.js", Encoding.UTF8.GetBytes($"// {build}"));
        return path;
    }

    private static void Add(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(
            new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream(content),
            }
        );
}
