using System.Text.Json;
using Shouldly;
using Sidecar.Cli;
using Sidecar.Hosting;
using Sidecar.Tests.Rules;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Sidecar.Tests.Metrics;

/// <summary>
/// The files in <c>ops/container/</c>, which nothing here can run: what they start, copy, set and reach is there.
/// </summary>
public sealed class ContainerFilesTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "ops/container");

    private static readonly ILookup<string, string> Steps = File.ReadAllText(
            Path.Combine(Folder, "Containerfile")
        )
        .Replace("\\\n", " ", StringComparison.Ordinal)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => line[0] != '#')
        .ToLookup(
            line => line.Split(' ')[0],
            line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]
        );

    private static readonly YamlMappingNode Compose = Read("compose.yaml");

    [Fact]
    public void The_image_runs_the_program_as_somebody_who_may_write_the_data_and_nothing_else()
    {
        var entry = Words(Steps["ENTRYPOINT"].Single());
        var place = Steps["COPY"].Single().Split(' ');
        place[0].ShouldBe(".");
        entry.ShouldBe([$"{place[1]}/Sidecar"]);
        var command = Words(Steps["CMD"].Single());
        command[0].ShouldBe("run");
        var parsed = RunCommand.Build().Parse(command[1..]);
        parsed.Errors.ShouldBeEmpty();
        Steps["VOLUME"].Single().ShouldBe(parsed.GetValue<string>("--data"));
        new Uri(parsed.GetValue<string>("--urls")!)
            .Port.ToString(null, null)
            .ShouldBe(Steps["EXPOSE"].Single());
        var user = Steps["USER"].Single();
        user.ShouldNotBe("root");
        var made = Steps["RUN"].Single();
        made.ShouldContain($"--home-dir {Steps["VOLUME"].Single()} --create-home {user}");
        made.ShouldContain($"chmod 700 {Steps["VOLUME"].Single()}");
    }

    [Fact]
    public void Every_image_has_a_version_and_every_volume_is_declared()
    {
        foreach (var service in Services())
        {
            if (service.Children.TryGetValue("image", out var image))
            {
                image.ToString().ShouldMatch(@"^[\w./-]+:\d");
            }

            foreach (var volume in (YamlSequenceNode)service["volumes"])
            {
                ((YamlMappingNode)Compose["volumes"])
                    .Children.Keys.Select(k => k.ToString())
                    .ShouldContain(volume.ToString().Split(':')[0]);
            }
        }

        Steps["FROM"].Single().ShouldMatch(@"^[\w./-]+:\d");
        var build = (YamlMappingNode)Service("escalate")["build"];
        var context = Path.GetFullPath(Path.Combine(Folder, build["context"].ToString()));
        File.Exists(Path.Combine(context, build["dockerfile"].ToString())).ShouldBeTrue();
    }

    [Fact]
    public void Mattermost_is_given_settings_that_it_has_and_lets_itself_reach_the_sidecar()
    {
        var given = ((YamlMappingNode)Service("mattermost")["environment"]).Children.ToDictionary(
            e => e.Key.ToString(),
            e => e.Value.ToString()
        );
        using var config = JsonDocument.Parse(
            File.ReadAllText(
                Path.Combine(
                    Repository.Root,
                    "tests/Sidecar.Tests/Metrics/mattermost-settings.json"
                )
            )
        );
        var known = config
            .RootElement.EnumerateObject()
            .SelectMany(section =>
                section
                    .Value.EnumerateArray()
                    .Select(s => $"MM_{section.Name}_{s.GetString()}".ToUpperInvariant())
            )
            .ToHashSet(StringComparer.Ordinal);
        given.Keys.Where(k => !known.Contains(k)).ShouldBeEmpty();
        Service("escalate").ShouldNotBeNull();
        given["MM_SERVICESETTINGS_ALLOWEDUNTRUSTEDINTERNALCONNECTIONS"].ShouldBe("escalate");
    }

    [Fact]
    public void The_lines_to_type_are_those_of_today()
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, "compose.yaml"));
        var install = lines.Single(l => l.Contains(" escalate install ", StringComparison.Ordinal));
        SetupCommands
            .Build(RunCommand.Build(), null, ImportCommand.Build())
            .Parse(install[install.IndexOf("install", StringComparison.Ordinal)..])
            .Errors.ShouldBeEmpty();
        install.ShouldContain("--public-url http://escalate:8085");
        install.ShouldContain($"--data {Steps["VOLUME"].Single()}");
        File.ReadAllText(Path.Combine(Folder, "compose.yaml"))
            .ShouldNotContain("POSTGRES_PASSWORD: mattermost");
    }

    private static string[] Words(string list) => JsonSerializer.Deserialize<string[]>(list)!;

    private static IEnumerable<YamlMappingNode> Services() =>
        ((YamlMappingNode)Compose["services"]).Children.Values.Cast<YamlMappingNode>();

    private static YamlMappingNode Service(string name) =>
        (YamlMappingNode)((YamlMappingNode)Compose["services"])[name];

    private static YamlMappingNode Read(string file)
    {
        using var text = File.OpenText(Path.Combine(Folder, file));
        var stream = new YamlStream();
        stream.Load(text);
        return (YamlMappingNode)stream.Documents.ShouldHaveSingleItem().RootNode;
    }
}
