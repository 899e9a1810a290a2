using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features;
using Sidecar.Interactions;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Rules;

/// <summary>What is written elsewhere is what the commands declare.</summary>
public sealed class ReadmeTests
{
    private static readonly CommandBook Book = Declared();

    [Fact]
    public async Task The_table_of_commands_is_the_one_that_help_shows()
    {
        await using var desk = await Desk.Open();
        var help = (await desk.Types("tam", "/escalate help")).Text;
        var rows = help.Split('\n')
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .ToList();
        rows.Count.ShouldBe(Book.ForPeople.Count());
        var readme = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "README.md"),
            TestContext.Current.CancellationToken
        );
        rows.ShouldAllBe(row => readme.Contains(row, StringComparison.Ordinal));
    }

    [Fact]
    public void The_manifests_hint_is_made_of_the_commands() =>
        File.ReadAllText(Path.Combine(Repository.Root, "plugin-manifest/plugin.json"))
            .ShouldContain($"\"auto_complete_hint\": \"{Book.Hint}\"");

    private static CommandBook Declared()
    {
        var builder = new FeatureBuilder(new ServiceCollection());
        AllFeatures.Register(builder);
        return new CommandBook(builder.Build().Commands.Select(c => c.Spec));
    }
}
