using Shouldly;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>Whoever raised an escalation hears what came of it, by direct message and once each (U25, DLG-5).</summary>
public sealed class RaiserTests
{
    [Fact]
    public async Task U25_The_raiser_hears_who_acknowledged_it_and_how_it_was_resolved()
    {
        await using var desk = await Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate state ESC-1 investigating");
        await desk.Types("engineer", "/escalate resolve ESC-1 It was the index");
        await desk.Types("engineer", "/escalate resolve ESC-1 It was the index");
        Told(desk)
            .ShouldBe([
                ":eyes: **ESC-1** Acme, which you raised: @engineer acknowledged it and is the owner.",
                ":white_check_mark: **ESC-1** Acme, which you raised: @engineer resolved it: It was the index",
            ]);
        desk.ToldTo("engineer")
            .ShouldNotContain(t => t.Contains("which you raised", StringComparison.Ordinal));
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task U25_One_message_tells_of_what_was_done_in_one()
    {
        await using var desk = await Raised();
        await desk.Types("lead", "/escalate resolve ESC-1 It was the index");
        Told(desk)
            .ShouldHaveSingleItem()
            .ShouldBe(
                ":white_check_mark: **ESC-1** Acme, which you raised: @lead resolved it: It was the index"
            );
    }

    [Theory]
    [InlineData("decline ESC-1 Not ours", ":no_entry_sign:", "declined it: Not ours")]
    [InlineData("cancel ESC-1 A drill", ":no_entry_sign:", "cancelled it: A drill")]
    [InlineData("merge ESC-1 ESC-2", ":arrow_right:", "merged it into **ESC-2**")]
    public async Task U25_The_raiser_hears_how_it_ended(string line, string mark, string says)
    {
        await using var desk = await Raised();
        await desk.Types("lead", "/escalate new acme sev2 Nobody can search");
        await desk.Types("lead", $"/escalate {line}");
        var told = Told(desk).ShouldHaveSingleItem();
        told.ShouldStartWith($"{mark} **ESC-1** Acme, which you raised: @lead {says}");
    }

    [Fact]
    public async Task U25_Nobody_is_told_of_their_own_acts()
    {
        await using var desk = await Raised("engineer");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate resolve ESC-1 It was the index");
        Told(desk, "engineer").ShouldBeEmpty();
    }

    [Fact]
    public async Task U25_Who_raised_it_can_stop_following_it_and_begin_again()
    {
        await using var desk = await Raised();
        (await desk.Types("tam", "/escalate unfollow ESC-1")).Text.ShouldBe(
            "You do not follow ESC-1 any more."
        );
        await desk.Types("engineer", "/escalate ack ESC-1");
        Told(desk).ShouldBeEmpty();
        (await desk.Types("tam", "/escalate unfollow ESC-1")).Text.ShouldContain("do not follow");
        await desk.Types("tam", "/escalate follow ESC-1");
        await desk.Types("engineer", "/escalate resolve ESC-1 It was the index");
        Told(desk).Count.ShouldBe(1);
    }

    [Fact]
    public async Task U25_Who_reads_its_card_in_their_direct_messages_is_not_told_twice()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types(
            "tam",
            "/escalate new acme sev3 Search is slow",
            desk.Mattermost.DirectChannel("escalate", "tam").Id
        );
        await desk.Types("engineer", "/escalate ack ESC-1");
        Told(desk).ShouldBeEmpty();
    }

    private static async Task<Desk> Raised(string by = "tam")
    {
        var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types(by, "/escalate new acme sev3 Search is slow");
        return desk;
    }

    /// <summary>The first lines of what the raiser was told of theirs.</summary>
    private static IReadOnlyList<string> Told(Desk desk, string who = "tam") =>
        [
            .. desk.ToldTo(who)
                .Where(t => t.Contains("which you raised", StringComparison.Ordinal))
                .Select(t => t.Split('\n')[0]),
        ];
}
