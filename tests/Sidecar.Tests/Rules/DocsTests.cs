using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Cli;
using Sidecar.Features;
using Sidecar.Hosting;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Setup.Settings;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Rules;

/// <summary>
/// S1: what the pages in <c>docs/</c> tell people to type, to set and to read is there. Commands are read by the
/// product's own parser, lines for a shell by its own command line, settings by its own reader.
/// </summary>
public sealed partial class DocsTests
{
    private const string Program = "dotnet run --project sidecar -- ";
    private const string Published = "/opt/escalate/Sidecar ";
    private const string Slash = "/escalate";

    private static readonly string Unpacks =
        $"tar --extract --gzip --file escalate-sidecar-{ProductVersion.Current}-linux-x64.tar.gz --directory /opt";

    private static readonly RegisteredParts Registered = Register();
    private static readonly CommandParser Book = new(
        Registered.Commands.Select(c => c.Spec),
        Registered.Series
    );
    private static readonly RootCommand Cli = SetupCommands.Build(
        RunCommand.Build(),
        null,
        ImportCommand.Build()
    );
    private static readonly JsonNode Defaults = JsonNode.Parse(
        SettingsFile.Write(SettingsSections.All(), s => s.Defaults)
    )!;

    /// <summary>The pages, by name.</summary>
    public static TheoryData<string> Pages { get; } =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md")
            .Select(f => Path.GetFileName(f)!)
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void S1_Each_of_its_people_has_a_page_and_the_readme_leads_to_it()
    {
        string[] pages = ["administering.md", "engineering.md", "leading.md", "raising.md"];
        Pages.Select(p => p.Data).ShouldBe(pages);
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        foreach (var page in pages)
        {
            readme.ShouldContain($"](docs/{page})");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void S1_Every_command_is_understood_and_is_for_people(string page)
    {
        var commands = Codes(page)
            .Where(c => c == Slash || c.StartsWith(Slash + " ", StringComparison.Ordinal))
            .ToList();
        commands.Count.ShouldBeGreaterThan(15);
        commands.Select(Problem).OfType<string>().ShouldBeEmpty();
    }

    [Fact]
    public void S1_A_wrong_command_would_be_noticed()
    {
        Problem("/escalate ack ESC-1").ShouldBeNull();
        Problem("/escalate acknowlege ESC-1").ShouldNotBeNull();
        Problem("/escalate task ESC-1 2.3 finished").ShouldNotBeNull();
        Problem("/escalate internal ping").ShouldNotBeNull();
        NotThere(["install", "--uninstal"]).ShouldBe(["install --uninstal"]);
        NotThere(["installl"]).ShouldBe(["installl"]);
        Setting("assignments.mostAtOnce").ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void S1_Nothing_in_a_block_escapes_the_tests(string page)
    {
        var scripts = File.ReadAllText(Path.Combine(Repository.Root, "webapp-stub/package.json"));
        foreach (var (language, lines) in Blocks(page))
        {
            language.ShouldBeOneOf("", "sh", "json", "sql");
            foreach (var line in language is "" or "sh" ? lines : [])
            {
                if (language.Length == 0)
                {
                    (
                        line.StartsWith(Slash + " ", StringComparison.Ordinal)
                        || Registered.Triggers.Any(t =>
                            line.StartsWith(t.Word + " ", StringComparison.Ordinal)
                        )
                    ).ShouldBeTrue(line);
                }
                else if (Typed(line) is { } arguments)
                {
                    Cli.Parse(arguments).Errors.Select(e => e.Message).ShouldBeEmpty(line);
                }
                else if (line.StartsWith("npm ", StringComparison.Ordinal))
                {
                    foreach (Match script in Script().Matches(line))
                    {
                        scripts.ShouldContain($"\"{script.Groups[1].Value}\":");
                    }
                }
                else
                {
                    (
                        line.StartsWith("export ESCALATE_", StringComparison.Ordinal)
                        || line == Unpacks
                        || line == $"mv /opt/escalate-{ProductVersion.Current} /opt/escalate"
                    ).ShouldBeTrue(line);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void S1_Verbs_and_options_of_the_program_exist(string page)
    {
        var verbs = Cli.Subcommands.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var code in Inline(page))
        {
            var line = code.StartsWith(Published, StringComparison.Ordinal)
                ? code[Published.Length..]
                : code;
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0].StartsWith("--", StringComparison.Ordinal))
            {
                Every(Cli).SelectMany(c => c.Options).ShouldContain(o => o.Name == words[0], code);
            }
            else if (line != code || verbs.Contains(words[0]))
            {
                NotThere(words).ShouldBeEmpty(code);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void S1_Every_link_leads_somewhere(string page)
    {
        var links = Link().Matches(Text(page)).Select(m => m.Groups[1].Value).ToList();
        links.ShouldNotBeEmpty();
        foreach (var link in links.Where(l => !l.Contains("://", StringComparison.Ordinal)))
        {
            string[] parts = link.Split('#');
            var file = Path.GetFullPath(Path.Combine(Repository.Root, "docs", parts[0]));
            File.Exists(file).ShouldBeTrue(link);
            if (parts.Length > 1)
            {
                File.ReadLines(file)
                    .Where(l => l.StartsWith('#'))
                    .Select(l =>
                        l.TrimStart('#', ' ')
                            .Replace(' ', '-')
                            .Equals(parts[1], StringComparison.OrdinalIgnoreCase)
                    )
                    .ShouldContain(true, link);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void S1_Every_setting_and_variable_exists(string page)
    {
        foreach (var code in Inline(page).Where(c => Dotted().IsMatch(c) && !IsFile(c)))
        {
            Setting(code).ShouldNotBeNull(code);
        }

        var sources = string.Concat(Repository.Sources("sidecar").Select(File.ReadAllText));
        foreach (Match variable in Variable().Matches(Text(page)))
        {
            sources.ShouldContain(variable.Value);
        }

        foreach (var (_, lines) in Blocks(page).Where(b => b.Language == "json"))
        {
            using var folder = new TemporaryFolder();
            File.WriteAllLines(Path.Combine(folder.Path, SettingsFile.Name), lines);
            var reading = SettingsFile.In(folder.Path, null).Read(SettingsSections.All());
            reading.Problems.ShouldBeEmpty();
            reading.FileProblems.ShouldBeEmpty();
        }
    }

    /// <summary>What the pages say holds unless somebody sets it otherwise.</summary>
    [Theory]
    [InlineData(
        "raising.md",
        "at once, then every 15 minutes",
        "escalations.acknowledge.sev1",
        "15m"
    )]
    [InlineData("raising.md", "| Sev 2 | every hour |", "escalations.acknowledge.sev2", "1h")]
    [InlineData(
        "raising.md",
        "after 1 working day",
        "escalations.acknowledge.sev3",
        "1 working day"
    )]
    [InlineData(
        "raising.md",
        "after 3 working days",
        "escalations.acknowledge.sev4",
        "3 working days"
    )]
    [InlineData("engineering.md", "1 hour for a Sev 1, 8 hours", "escalations.stale.sev1", "1h")]
    [InlineData("engineering.md", "8 hours for a Sev 2", "escalations.stale.sev2", "8h")]
    [InlineData(
        "engineering.md",
        "3 working days for a Sev 3",
        "escalations.stale.sev3",
        "3 working days"
    )]
    [InlineData("engineering.md", "after an hour (Sev 1)", "updates.every.sev1", "1h")]
    [InlineData("engineering.md", "4 hours (Sev 2)", "updates.every.sev2", "4h")]
    [InlineData("engineering.md", "a working day (Sev 3)", "updates.every.sev3", "1 working day")]
    [InlineData("engineering.md", "a week (Sev 4)", "updates.every.sev4", "7d")]
    [InlineData(
        "engineering.md",
        "15 minutes later the channel",
        "updates.overdueInChannelAfter",
        "15m"
    )]
    [InlineData(
        "engineering.md",
        "30 minutes later the DE lead",
        "updates.overdueToLeadAfter",
        "30m"
    )]
    [InlineData("engineering.md", "watched for 24 hours", "incidents.watchFor", "1d")]
    [InlineData("engineering.md", "After six months", "assignments.reviewAfterMonths", "6")]
    [InlineData("leading.md", "Never more than 15 customers", "assignments.mostAtATime", "15")]
    [InlineData("leading.md", "14, 7 and 1 day before", "implementations.requirementsDays", "14")]
    [InlineData("administering.md", "both sign for a day", "webhooks.keyOverlapHours", "24")]
    public void S1_Figures_are_the_defaults(string page, string words, string setting, string value)
    {
        Text(page).ShouldContain(words, Case.Sensitive);
        Setting(setting)!.ToString().ShouldBe(value);
    }

    /// <summary>What the program is given by a line for a shell; null when the line is not for it.</summary>
    private static string? Typed(string line) =>
        new[] { Program, Published }
            .Where(start => line.StartsWith(start, StringComparison.Ordinal))
            .Select(start => line[start.Length..])
            .FirstOrDefault();

    /// <summary>What is wrong with a command; null when it is understood, and for people.</summary>
    private static string? Problem(string command)
    {
        var mentions = new Mentions(
            At()
                .Matches(command)
                .Select(m => m.Groups[1].Value)
                .Distinct()
                .ToDictionary(name => name, name => new UserId("id-" + name)),
            Tilde()
                .Matches(command)
                .Select(m => m.Groups[1].Value)
                .Distinct()
                .ToDictionary(name => name, name => new ChannelId("id-" + name))
        )
        {
            Here = new NamedChannel(new ChannelId("id-here"), "here"),
        };
        return Book.Read(CommandLine.Read(command[Slash.Length..].Trim()), mentions) switch
        {
            CommandReading.Understood { Spec.IsInternal: false } => null,
            CommandReading.Misunderstood => $"{command}: it is not understood",
            _ => $"{command}: it is not for people",
        };
    }

    /// <summary>The verb, or those options of it, that the program does not have.</summary>
    private static List<string> NotThere(string[] words)
    {
        Command command = Cli;
        foreach (var word in words)
        {
            if (command.Subcommands.FirstOrDefault(c => c.Name == word) is not { } below)
            {
                break;
            }

            command = below;
        }

        return command == Cli
            ? [words[0]]
            :
            [
                .. words
                    .Where(w =>
                        w.StartsWith("--", StringComparison.Ordinal)
                        && !command.Options.Any(o => o.Name == w)
                    )
                    .Select(w => $"{command.Name} {w}"),
            ];
    }

    private static IEnumerable<Command> Every(Command command) =>
        command.Subcommands.SelectMany(Every).Prepend(command);

    private static JsonNode? Setting(string path) =>
        path.Split('.').Aggregate((JsonNode?)Defaults, (at, name) => (at as JsonObject)?[name]);

    private static bool IsFile(string code) =>
        Path.GetExtension(code) is ".json" or ".md" or ".yml" or ".tar" or ".csv" or ".service";

    private static string Text(string page) =>
        File.ReadAllText(Path.Combine(Repository.Root, "docs", page));

    private static IEnumerable<string> Codes(string page) =>
        Blocks(page).SelectMany(b => b.Lines).Concat(Inline(page));

    private static IEnumerable<string> Inline(string page) =>
        Code().Matches(Block().Replace(Text(page), "")).Select(m => m.Groups[1].Value);

    private static IEnumerable<(string Language, string[] Lines)> Blocks(string page) =>
        Block()
            .Matches(Text(page))
            .Select(b =>
                (
                    b.Groups["language"].Value,
                    b.Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                )
            );

    private static RegisteredParts Register()
    {
        var builder = new FeatureBuilder(new ServiceCollection());
        AllFeatures.Register(builder);
        return builder.Build();
    }

    [GeneratedRegex(
        @"^```(?<language>\w*)\n(?<lines>.*?)^```",
        RegexOptions.Multiline | RegexOptions.Singleline
    )]
    private static partial Regex Block();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^[a-z][A-Za-z]*(\.[a-z][A-Za-z0-9]*)+$")]
    private static partial Regex Dotted();

    [GeneratedRegex("ESCALATE_[A-Z_]+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\brun ([\w:-]+)")]
    private static partial Regex Script();

    [GeneratedRegex(@"(?<=\s)@([a-z][\w.-]*)")]
    private static partial Regex At();

    [GeneratedRegex(@"(?<=\s)~([a-z][\w-]*)")]
    private static partial Regex Tilde();
}
