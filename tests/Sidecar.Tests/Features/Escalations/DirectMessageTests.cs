using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>What is raised where nobody of the team reads reaches the team all the same (ESC-7).</summary>
public sealed class DirectMessageTests
{
    [Fact]
    public async Task ESC_7_Raised_in_a_direct_message_of_two_its_card_goes_to_the_teams_channel()
    {
        await using var desk = await WithChannel();
        var talk = desk.Mattermost.DirectChannel("tam", "executive");
        var answer = await desk.Types("tam", "/escalate new acme sev2 Down", talk.Id);
        answer.Text.ShouldContain("Its card is in ~de.");

        var card = desk.CardOf(1, "de");
        card.Message.ShouldContain("raised by @tam");
        (await desk.Stored()).Copies.ShouldBeEmpty();
        desk.Cards("de")
            .Count(p => p.Message.Contains("ESC-1", StringComparison.Ordinal))
            .ShouldBe(1);
        var told = desk.MessagesTo("tam").ShouldHaveSingleItem();
        told.Message.ShouldBe(
            "**ESC-1** is raised. Its card is in ~de, since its engineers do not read direct messages."
        );

        await desk.Presses("engineer", card, "Acknowledge");
        desk.Thread(card)[^1].ShouldContain("@engineer acknowledged it");
        desk.MessagesTo("engineer")
            .ShouldNotContain(p => p.Message.Contains("could not be posted"));
        desk.Mattermost.Posts(talk.Id).ShouldBeEmpty();
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ESC_7_Raised_by_the_form_in_the_bots_direct_message_the_team_and_duty_hear_of_it()
    {
        await using var desk = await WithChannel();
        await desk.Types("lead", "/escalate duty @engineer");
        var mine = desk.Mattermost.DirectChannel("tam", "escalate").Id;
        await desk.Types("tam", "/escalate new", mine);
        var raised = await desk.Submits(
            "tam",
            ("customer", "acme"),
            ("severity", "sev2"),
            ("category", "migration"),
            ("summary", "Move it")
        );
        raised.Closed.ShouldBeTrue(raised.Error);

        desk.CardOf(1, "de").Buttons().ShouldContain("Acknowledge");
        desk.MessagesTo("tam").ShouldHaveSingleItem().Message.ShouldContain("Its card is in ~de");
        (await desk.Due(ReminderPlan.Climb)).ShouldNotBeNull();
        await desk.Passes(TimeSpan.FromHours(8));
        desk.ToldTo("engineer").ShouldContain(m => m.Contains("**ESC-1**"));
    }

    [Fact]
    public async Task ESC_7_Without_a_team_channel_its_card_is_in_the_raisers_direct_messages()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        var talk = desk.Mattermost.DirectChannel("tam", "executive");
        var answer = await desk.Types("tam", "/escalate new acme sev2 Down", talk.Id);
        answer.Text.ShouldContain("Its card is in your direct messages with me");
        desk.MessagesTo("tam").ShouldHaveSingleItem().Message.ShouldContain("**ESC-1**");

        await desk.Types("engineer", "/escalate ack ESC-1");
        desk.MessagesTo("engineer")
            .ShouldNotContain(p => p.Message.Contains("could not be posted"));
        desk.MessagesTo("tam").ShouldNotContain(p => p.Message.Contains("could not be posted"));
    }

    private static async Task<Desk> WithChannel()
    {
        var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        desk.Mattermost.AddChannel("de", members: ["engineer", "lead", "escalate"]);
        await desk.Types("lead", "/escalate team channel de ~de");
        return desk;
    }
}
