using Shouldly;
using Sidecar.Interactions;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Interactions;

/// <summary>U1, T4: the word of an emergency is heard however it is typed.</summary>
public sealed class SpokenWordTests
{
    [Theory]
    [InlineData("sev1! acme Login is down", "acme Login is down")]
    [InlineData("SEV1! acme", "acme")]
    [InlineData("\u200Esev1! acme", "acme")]
    [InlineData("sev1！acme down", "acme down")]
    [InlineData("sev1\uFE0F! acme", "acme")]
    [InlineData("sev1!! acme", "acme")]
    [InlineData("sev 1! acme", "acme")]
    [InlineData("**sev1!** acme", "acme")]
    [InlineData("> sev1! acme", "acme")]
    [InlineData("ｓｅｖ１！ acme", "acme")]
    [InlineData("sev1!", "")]
    [InlineData("sev1!: acme", "acme")]
    public void U1_It_is_heard(string message, string rest) =>
        SpokenWord.Read(message, ["sev1!"]).ShouldBe(("sev1!", rest));

    [Theory]
    [InlineData("a sev1! was raised")]
    [InlineData("sev1 is what we call it")]
    [InlineData("sev11! x")]
    [InlineData("")]
    [InlineData("sev2! acme")]
    public void U1_Nothing_else_is(string message) =>
        SpokenWord.Read(message, ["sev1!"]).ShouldBeNull();

    [Theory]
    [InlineData("sev1!! acme Everything is down")]
    [InlineData("**sev1!** acme Everything is down")]
    [InlineData("Sev1！ acme Everything is down")]
    public async Task U1_The_webhook_is_told_of_what_can_be_told_there(string message)
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Writes("tam", message);
        var shown = (await desk.Types("tam", "/escalate show ESC-1")).Text;
        shown.ShouldContain("Sev 1");
        shown.ShouldContain("Everything is down");
        shown.ShouldContain("Acme");
    }
}
