using System.Reflection;
using System.Text.RegularExpressions;
using Shouldly;
using Sidecar.Tests.Conformance;
using Xunit;

namespace Sidecar.Tests.Rules;

/// <summary>
/// S1: of the README's lines that are not started (they would take minutes, or need a real Mattermost), as much is
/// checked as can be known without starting them. The same for those within its sentences.
/// </summary>
public sealed partial class ReadmeLeftOutTests
{
    private static readonly string Readme = File.ReadAllText(
        Path.Combine(Repository.Root, "README.md")
    );

    [Fact]
    public void S1_Blocks_are_shell_so_that_no_line_escapes_the_tests() =>
        Fences().Select(f => f.Groups["language"].Value).ShouldAllBe(language => language == "sh");

    [Fact]
    public void S1_Where_dotnet_test_is_typed_one_solution_has_all_tests()
    {
        Readme.ShouldContain("\ndotnet test ");
        var solution = Directory.EnumerateFiles(Repository.Root, "*.sln*").ShouldHaveSingleItem();
        File.ReadAllText(solution).ShouldContain("tests/Sidecar.Tests/Sidecar.Tests.csproj");
    }

    [Fact]
    public void S1_The_line_for_a_real_server_names_what_the_suite_reads_and_finds_tests()
    {
        var line = Lines().Single(l => l.Contains("~Conformance", StringComparison.Ordinal));
        var read = typeof(RealMattermost)
            .GetFields(BindingFlags.NonPublic | BindingFlags.Static)
            .Where(f => f is { IsLiteral: true })
            .Select(f => (string)f.GetRawConstantValue()!);
        Variable().Matches(line).Select(m => m.Groups[1].Value).ShouldBe(read);

        var filter = Filter().Match(line).Groups[1].Value;
        filter.ShouldNotBeEmpty();
        typeof(ReadmeLeftOutTests)
            .Assembly.GetTypes()
            .Where(t => t.FullName!.Contains(filter, StringComparison.Ordinal))
            .SelectMany(t => t.GetMethods())
            .Count(m => m.GetCustomAttribute<EveryMattermostAttribute>() is not null)
            .ShouldBeGreaterThan(50);
    }

    [Fact]
    public void S1_The_line_for_the_plugin_on_a_real_server_names_its_archive_and_finds_tests()
    {
        var line = Lines()
            .Single(l => l.Contains("ESCALATE_PLUGIN_ARCHIVE=", StringComparison.Ordinal));
        var filter = Filter().Match(line).Groups[1].Value;
        typeof(ReadmeLeftOutTests)
            .Assembly.GetTypes()
            .Where(t => t.FullName!.Contains(filter, StringComparison.Ordinal))
            .SelectMany(t => t.GetMethods())
            .Count(m => m.GetCustomAttribute<FactAttribute>() is not null)
            .ShouldBeGreaterThan(3);
    }

    [Fact]
    public void S1_Projects_and_options_of_all_lines_are_there()
    {
        var all = Lines().Concat(Inline()).ToList();
        var runs = all.Where(l => l.Contains("--project ", StringComparison.Ordinal)).ToList();
        runs.Count.ShouldBeGreaterThan(5);
        foreach (var run in runs)
        {
            var project = Project().Match(run).Groups[1].Value;
            Directory
                .EnumerateFiles(Path.Combine(Repository.Root, project), "*.csproj")
                .ShouldHaveSingleItem(run);
            if (project == "tests/Benchmarks")
            {
                var source = string.Concat(
                    Repository.Sources("tests/Benchmarks").Select(File.ReadAllText)
                );
                Option()
                    .Matches(run[run.IndexOf(project, StringComparison.Ordinal)..])
                    .Select(m => m.Value)
                    .ShouldAllBe(word => source.Contains($"\"{word}\""), run);
            }
        }
    }

    [Fact]
    public void S1_What_npm_and_PowerShell_are_asked_for_is_there()
    {
        var scripts = File.ReadAllText(Path.Combine(Repository.Root, "webapp-stub/package.json"));
        var asked = Inline()
            .Where(l => l.StartsWith("npm ", StringComparison.Ordinal))
            .SelectMany(l => Script().Matches(l).Select(m => m.Groups[1].Value))
            .Distinct()
            .ToList();
        asked.ShouldNotBeEmpty();
        asked.ShouldAllBe(script => scripts.Contains($"\"{script}\":"));

        Inline().ShouldContain("dotnet pwsh build.ps1");
        File.Exists(Path.Combine(Repository.Root, "build.ps1")).ShouldBeTrue();
        Directory
            .EnumerateFiles(Repository.Root, "dotnet-tools.json", SearchOption.AllDirectories)
            .Where(f => !f.Contains("node_modules", StringComparison.Ordinal))
            .Select(File.ReadAllText)
            .ShouldContain(tools => tools.Contains("\"powershell\""));
    }

    private static IEnumerable<Match> Fences() =>
        Fence().Matches(Readme).Where((_, i) => i % 2 == 0);

    private static List<string> Lines() =>
        [
            .. Block()
                .Matches(Readme)
                .SelectMany(b => b.Groups["lines"].Value.Split('\n'))
                .Select(l => l.Split(" #")[0].Trim())
                .Where(l => l.Length > 0),
        ];

    private static List<string> Inline() =>
        [
            .. Code()
                .Matches(Block().Replace(Readme, ""))
                .Select(m => m.Groups[1].Value)
                .Where(c =>
                    c.StartsWith("dotnet ", StringComparison.Ordinal)
                    || c.StartsWith("npm ", StringComparison.Ordinal)
                ),
        ];

    [GeneratedRegex(@"^```(?<language>\w*)", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(
        @"^```\w*\n(?<lines>.*?)^```",
        RegexOptions.Multiline | RegexOptions.Singleline
    )]
    private static partial Regex Block();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    /// <summary>The words and options of ours; those of BenchmarkDotNet are its own.</summary>
    [GeneratedRegex(@"(?<= )(load|reminders|panel|--seconds|--store|--escalations)\b")]
    private static partial Regex Option();

    [GeneratedRegex(@"--project (\S+)")]
    private static partial Regex Project();

    [GeneratedRegex(@"\b([A-Z_]+)=")]
    private static partial Regex Variable();

    [GeneratedRegex("FullyQualifiedName~(\\w+)")]
    private static partial Regex Filter();

    [GeneratedRegex(@"\brun (\w+)")]
    private static partial Regex Script();
}
