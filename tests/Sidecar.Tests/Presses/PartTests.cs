using Mattermost.Simulator;
using Shouldly;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Presses;

/// <summary>Whoever has a part in an escalation is mentioned in its thread once, when that begins (DLG-5, M6, M12).</summary>
public sealed class PartTests
{
    [Fact]
    public async Task DLG_5_M12_Each_is_called_once_when_their_part_begins_and_never_by_their_own_acts()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate state ESC-1 investigating");
        await desk.Types("tam", "/escalate follow ESC-1");
        await desk.Types("lead", "/escalate assign ESC-1 @product");
        await desk.Types("lead", "/escalate resolve ESC-1 It was the index");

        var thread = desk.Mattermost.RepliesTo(desk.Card().Id).Select(p => p.Message).ToList();
        desk.Card().Message.ShouldContain("raised by @tam");
        thread.ShouldContain("@engineer acknowledged it and is the owner.");
        thread.ShouldContain("@tam follows it.");
        thread.ShouldContain("@\u200Blead handed it over from @\u200Bengineer to @product.");
        Calls(thread, "engineer").ShouldBe(1);
        Calls(thread, "product").ShouldBe(1);
        Calls(thread, "lead").ShouldBe(0);
    }

    [Fact]
    public async Task ESC_8_Whoever_is_reminded_is_called_in_the_thread()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("lead", "/escalate duty @engineer");
        await desk.Raised();
        await desk.Passes(TimeSpan.FromHours(5));
        var thread = desk.Mattermost.RepliesTo(desk.Card().Id).Select(p => p.Message).ToList();
        foreach (var who in (string[])["engineer", "lead", "executive"])
        {
            Calls(thread, who).ShouldBeGreaterThan(0, who);
        }
    }

    [Theory]
    [InlineData("sev1", true)]
    [InlineData("sev2", false)]
    public async Task DLG_3_The_card_of_a_Sev_1_is_an_urgent_message_and_replies_never_are(
        string severity,
        bool isUrgent
    )
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", $"/escalate new acme {severity} Nobody can log in");
        await desk.Types("engineer", "/escalate ack ESC-1");
        var posted = desk
            .Mattermost.Requests.Where(r =>
                r.Method == "POST" && r.Path.EndsWith("/posts", StringComparison.Ordinal)
            )
            .Select(r => r.Body)
            .ToList();
        posted
            .Count(b => b.Contains("\"urgent\"", StringComparison.Ordinal))
            .ShouldBe(isUrgent ? 1 : 0);
        posted.ShouldAllBe(b => !b.Contains("requested_ack", StringComparison.Ordinal));
    }

    [Trait("Door", "Port")]
    [Fact]
    public async Task M11_What_a_word_answers_is_said_by_the_bot()
    {
        await using var desk = await Desk.Open();
        var written = await desk.Writes("guest", "sev1! acme Nobody can log in");
        var reply = desk.Mattermost.RepliesTo(written.Id).ShouldHaveSingleItem();
        reply.UserId.ShouldBe(desk.Bot.Id);
        reply.Message.ShouldStartWith("Guests");
    }

    [Fact]
    public async Task M9_An_open_one_is_shown_in_the_form_which_stays_and_pressing_again_raises_it()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("lead", "/escalate new acme sev3 Search is slow");
        await desk.Types("tam", "/escalate");
        var first = await desk.Submits(
            "tam",
            ("customer", "acme"),
            ("severity", "sev3"),
            ("category", "deployment"),
            ("summary", "Search is down")
        );
        first.Closed.ShouldBeFalse();
        first.Error.ShouldContain("ESC-1");
        first.Error.ShouldContain("Press Raise again");
        first.Error.ShouldContain("/escalate follow ESC-1");
        (await desk.Find(2)).ShouldBeNull();
        desk.ToldTo("tam").ShouldBeEmpty();

        (await desk.Submits("tam")).Closed.ShouldBeTrue();
        (await desk.Stored(2)).Summary.ShouldBe("Search is down");
        desk.ToldTo("tam").ShouldBeEmpty();
    }

    private static int Calls(IReadOnlyList<string> thread, string who) =>
        thread.Count(m => m.Contains($"@{who}", StringComparison.Ordinal));
}
