using System.Text.RegularExpressions;
using Shouldly;
using Sidecar.Tests.Rules;
using Xunit;

namespace Sidecar.Tests.Playground;

public sealed partial class EmojiNameTests
{
    [Fact]
    public void Every_emoji_that_the_product_writes_by_its_name_is_shown_by_the_playground()
    {
        var table = File.ReadAllText(
            Path.Combine(Repository.Root, "tests/Playground/wwwroot/js/emoji.js")
        );
        var written = Directory
            .EnumerateFiles(
                Path.Combine(Repository.Root, "sidecar"),
                "*.cs",
                SearchOption.AllDirectories
            )
            .SelectMany(file => Named().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value)
            .ToHashSet(StringComparer.Ordinal);
        written.Count.ShouldBeGreaterThan(20);
        written
            .Where(name =>
                !Regex.IsMatch(
                    table,
                    $"""[ ,"]{Regex.Escape(name)}"?: " """.TrimEnd(),
                    RegexOptions.None,
                    TimeSpan.FromSeconds(1)
                )
            )
            .ShouldBeEmpty();
    }

    [GeneratedRegex("""[ "(|]:(?<name>[a-z][a-z0-9_]*[a-z0-9]):[ ")|{]""")]
    private static partial Regex Named();
}
