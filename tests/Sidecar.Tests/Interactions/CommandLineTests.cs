using Shouldly;
using Sidecar.Text;
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
    [InlineData("ack \u200EESC-1", new[] { "ack", "ESC-1" })]
    [InlineData("\u202Aack\u202C \u2066ESC-1\u2069", new[] { "ack", "ESC-1" })]
    [InlineData("a\u00ADck ESC\u200B-1", new[] { "ack", "ESC-1" })]
    [InlineData("new \u200F\"Acme Labs\" x", new[] { "new", "Acme Labs", "x" })]
    [InlineData("panel \u2063{}", new[] { "panel", "\u2063{}" })]
    [InlineData("new 顧客 障害", new[] { "new", "顧客", "障害" })]
    public void Words_are_cut_at_spaces_and_held_together_by_quotes(string text, string[] words) =>
        CommandLine.Read(text).Words.Select(w => w.Value).ShouldBe(words);

    [Theory]
    [InlineData("new acme  two   spaces stay ", 2, "two   spaces stay")]
    [InlineData("new acme line one\nline two", 2, "line one\nline two")]
    [InlineData("new acme \"all in quotes\"", 2, "all in quotes")]
    [InlineData("new acme \"quoted\" and more", 2, "\"quoted\" and more")]
    [InlineData("new acme", 2, "")]
    [InlineData("new acme \u05D0\u200F, b\u00ADc", 2, "\u05D0\u200F, b\u00ADc")]
    [InlineData("new acme \"b\u00ADc\"", 2, "b\u00ADc")]
    public void The_rest_is_kept_as_typed(string text, int from, string rest) =>
        CommandLine.Read(text).From(from).ShouldBe(rest);

    [Fact]
    public void X2_Quotes_that_are_never_closed_are_searched_for_once()
    {
        var text = string.Concat(Enumerable.Repeat("„ ", 8000));
        var before = GC.GetAllocatedBytesForCurrentThread();
        CommandLine.Read(text).Words.Length.ShouldBe(8000);
        // Each search for the end of a quote would collect all that is left.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(400L * text.Length);
    }
}
