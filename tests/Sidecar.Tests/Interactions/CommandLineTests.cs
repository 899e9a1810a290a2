using Shouldly;
using Sidecar.Interactions;
using Xunit;

namespace Sidecar.Tests.Interactions;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("   ", new string[0])]
    [InlineData("list mine", new[] { "list", "mine" })]
    [InlineData("  list \t mine  ", new[] { "list", "mine" })]
    [InlineData("new \"Acme Labs\" sev1", new[] { "new", "Acme Labs", "sev1" })]
    [InlineData("new “Acme Labs” sev1", new[] { "new", "Acme Labs", "sev1" })]
    [InlineData("new „Acme Labs“ sev1", new[] { "new", "Acme Labs", "sev1" })]
    [InlineData("new «Acme Labs» sev1", new[] { "new", "Acme Labs", "sev1" })]
    [InlineData("new \"say \\\"hi\\\" now\"", new[] { "new", "say \"hi\" now" })]
    [InlineData("new \"never closed", new[] { "new", "\"never", "closed" })]
    [InlineData("it's fine", new[] { "it's", "fine" })]
    [InlineData("list\u00A0mine", new[] { "list", "mine" })]
    [InlineData("list \u200B mine", new[] { "list", "mine" })]
    [InlineData("new \"\" x", new[] { "new", "", "x" })]
    [InlineData("new 顧客 障害", new[] { "new", "顧客", "障害" })]
    public void Words_are_cut_at_spaces_and_held_together_by_quotes(string text, string[] words) =>
        CommandLine.Read(text).Words.Select(w => w.Value).ShouldBe(words);

    [Theory]
    [InlineData("new acme  two   spaces stay ", 2, "two   spaces stay")]
    [InlineData("new acme line one\nline two", 2, "line one\nline two")]
    [InlineData("new acme \"all in quotes\"", 2, "all in quotes")]
    [InlineData("new acme \"quoted\" and more", 2, "\"quoted\" and more")]
    [InlineData("new acme", 2, "")]
    public void The_rest_is_kept_as_typed(string text, int from, string rest) =>
        CommandLine.Read(text).From(from).ShouldBe(rest);
}
