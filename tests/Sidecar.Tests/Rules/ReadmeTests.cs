using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features;
using Sidecar.Features.Help;
using Sidecar.Interactions;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Rules;

/// <summary>What is written elsewhere is what the commands declare. With <c>GOLDEN=write</c> it is written anew.</summary>
public sealed class ReadmeTests
{
    private static readonly CommandParser Book = Declared();

    [Fact]
    public async Task The_table_of_commands_is_the_one_that_help_shows()
    {
        await using var desk = await Desk.Open();
        List<string> rows = [];
        foreach (var topic in Topics.All)
        {
            var help = (await desk.Types("tam", $"/escalate help {topic.Word}")).Text;
            // Nobody asks for so much at once.
            await desk.Passes(TimeSpan.FromMinutes(1));
            rows.Add($"| **{topic.Title}** | |");
            rows.AddRange(
                help.Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            );
        }

        rows.Count.ShouldBe(Book.ForPeople.Count() + Topics.All.Length);
        const string head = "| Command | |\n| :-- | :-- |\n";
        var table = head + string.Join('\n', rows) + "\n\n";
        Written("README.md", "| Command | |", "\n\n", table).ShouldContain(table, Case.Sensitive);
    }

    [Fact]
    public void The_manifests_hint_is_made_of_the_commands() =>
        Written(
                "plugin-manifest/plugin.json",
                "\"auto_complete_hint\": \"",
                "\"",
                $"\"auto_complete_hint\": \"{Book.Hint}\""
            )
            .ShouldContain($"\"auto_complete_hint\": \"{Book.Hint}\"", Case.Sensitive);

    /// <summary>The file as it is, or with <c>GOLDEN=write</c> with the part between two marks written anew.</summary>
    private static string Written(string file, string from, string to, string part)
    {
        var path = Path.Combine(Repository.Root, file);
        var text = File.ReadAllText(path);
        if (Environment.GetEnvironmentVariable("GOLDEN") == "write")
        {
            var start = text.IndexOf(from, StringComparison.Ordinal);
            var end = text.IndexOf(to, start + from.Length, StringComparison.Ordinal) + to.Length;
            text = text[..start] + part + text[end..];
            File.WriteAllText(path, text);
        }

        return text;
    }

    private static CommandParser Declared()
    {
        var builder = new FeatureBuilder(new ServiceCollection());
        AllFeatures.Register(builder);
        return new CommandParser(builder.Build().Commands.Select(c => c.Spec));
    }
}
