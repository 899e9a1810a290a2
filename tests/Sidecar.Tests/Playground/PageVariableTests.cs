using System.Text.RegularExpressions;
using Shouldly;
using Sidecar.Tests.Rules;
using Xunit;

namespace Sidecar.Tests.Playground;

/// <summary>The page's colours stay its own where the plugin is, for which Mattermost's variables are set beside them.</summary>
public sealed partial class PageVariableTests
{
    [Fact]
    public void The_page_calls_none_of_its_variables_like_one_that_is_set_for_the_plugin()
    {
        var themes = Names(Themed(), "tests/Mattermost.Simulator/WebApp/js/themes.js");
        var own = Names(Own(), "tests/Playground/wwwroot/css/tokens.css");
        themes.Count.ShouldBeGreaterThan(10);
        own.Count.ShouldBeGreaterThan(10);
        own.Intersect(themes).ShouldBeEmpty();
    }

    private static HashSet<string> Names(Regex named, string file) =>
        [
            .. named
                .Matches(File.ReadAllText(Path.Combine(Repository.Root, file)))
                .Select(match => match.Groups["name"].Value),
        ];

    [GeneratedRegex("\"(?<name>[a-z-]+)\": \"#", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Themed();

    [GeneratedRegex("--(?<name>[a-z-]+):", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Own();
}
