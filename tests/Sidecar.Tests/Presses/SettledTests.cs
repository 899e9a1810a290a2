using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Updates;
using Sidecar.Tests.Features.Assignments.Care;
using Sidecar.Tests.Features.Assignments.CheckIns;
using Sidecar.Tests.Features.Assignments.Requests;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Presses;

/// <summary>What is settled is asked no more: every copy says who or what settled it, and has no buttons (U13, DLG-4).</summary>
public sealed class SettledTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task U13_Acknowledged_by_command_every_copy_of_the_reminder_says_so()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("lead", "/escalate duty @engineer");
        await desk.Raised();
        await desk.Passes(5 * Hour);
        desk.LastTo("lead").Buttons().ShouldContain("Acknowledge");

        await desk.Types("engineer", "/escalate ack ESC-1");

        foreach (var who in (string[])["engineer", "lead", "executive"])
        {
            // Earlier rounds said already that there is a newer message.
            var told = Reminders(desk, who);
            told.ShouldNotBeEmpty(who);
            told.ShouldAllBe(m => m.Buttons().Count == 0, who);
            told[^1]
                .Message.ShouldEndWith(
                    ":white_check_mark: ESC-1: @engineer acknowledged it and is the owner."
                );
        }

        desk.Log.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("decline ASG-1 They have two", ":no_entry_sign:", "declined")]
    [InlineData("approve ASG-1", ":white_check_mark:", "approved")]
    public async Task U13_A_vetting_message_says_how_it_ended_and_success_looks_different(
        string answer,
        string sign,
        string word
    )
    {
        await using var desk = await RequestDesk.Open();
        await Scenes.Asks(desk);
        var mine = desk.LastTo(RequestDesk.CsLead);
        mine.Buttons().ShouldBe(["Approve", "Decline"]);

        await desk.Types(RequestDesk.CsLead, $"/escalate engineer {answer}");

        var now = desk.Mattermost.FindPost(mine.Id)!;
        now.Buttons().ShouldBeEmpty();
        now.Message.Split('\n')[^1].ShouldStartWith(sign);
        now.Message.ShouldContain(word);
        var others = desk.MessagesTo(RequestDesk.CeLead);
        others.Count(p => p.Buttons().Contains("Approve")).ShouldBe(word == "approved" ? 1 : 0);
    }

    [Fact]
    public async Task U13_When_all_have_approved_nobody_is_asked_any_more()
    {
        await using var desk = await RequestDesk.Open();
        await Scenes.Asks(desk);
        await desk.Approve();
        foreach (var lead in (string[])[RequestDesk.CeLead, RequestDesk.Sales, RequestDesk.CsLead])
        {
            desk.MessagesTo(lead).ShouldAllBe(p => !p.Buttons().Contains("Approve"), lead);
        }

        var naming = desk.LastTo(RequestDesk.CsLead);
        await desk.Types(RequestDesk.CsLead, "/escalate engineer assign ASG-1 @engineer");
        desk.Mattermost.FindPost(naming.Id)!.Buttons().ShouldBeEmpty();
    }

    [Fact]
    public async Task U13_A_check_in_that_was_answered_skipped_or_moved_is_not_asked_for_any_more()
    {
        foreach (var how in (string[])["skip On site", "move fri 15:00"])
        {
            await using var desk = await GivenPair.Open();
            await GivenPair.Assigns(desk, plan: GivenPair.Tuesdays);
            await desk.Passes(30 * Hour);
            var prompt = desk.LastTo("engineer");
            prompt.Buttons().ShouldBe(["Answer now", "Move", "Skip"]);
            await desk.Types("engineer", $"/escalate checkin {how}");
            var now = desk.Mattermost.FindPost(prompt.Id)!;
            now.Buttons().ShouldBeEmpty(how);
            now.Message.ShouldContain("@engineer");
        }
    }

    [Fact]
    public async Task U13_A_review_is_settled_in_every_copy_by_the_first_answer()
    {
        await using var desk = await Staff.Open();
        await desk.Has(Staff.Assignment(desk) with { ReviewOn = new DateOnly(2026, 3, 7) });
        await desk.PassesTo(Staff.Day(3, 9, 10));
        await desk.Types("ce", "/escalate engineer review ASG-1 keep");
        foreach (var who in (string[])["engineer", "ce", "cslead"])
        {
            var asked = desk.MessagesTo(who)
                .Single(m => m.Message.StartsWith(":calendar:", StringComparison.Ordinal));
            asked.Buttons().ShouldBeEmpty(who);
            asked.Message.ShouldContain("@ce");
        }
    }

    [Theory]
    [InlineData("Snooze 30 min", "snoozed the status update")]
    [InlineData("Hand over", "handed it over to @backup")]
    public async Task U13_M8_A_prompt_for_an_update_is_settled_by_its_own_answer(
        string label,
        string said
    )
    {
        var (opened, scene) = await Scenes.All[
            label == "Hand over" ? "escalation.update.hand-over" : "escalation.update.snooze"
        ]();
        await using var desk = opened;
        await desk.Presses("engineer", scene.Post, label);
        if (label == "Hand over")
        {
            // One press, and a great change: it asks first, and says who it will be.
            (await desk.Stored()).Owner.ShouldBe(desk.IdOf("engineer"));
            var asks = desk.Mattermost.OpenDialogOf("engineer").ShouldNotBeNull();
            asks.Elements.ShouldBeEmpty();
            asks.IntroductionText.ShouldContain("@backup becomes the owner");
            (await desk.Submits("engineer")).Closed.ShouldBeTrue();
            (await desk.Stored()).Owner.ShouldBe(desk.IdOf("backup"));
        }

        var now = desk.Mattermost.FindPost(scene.Post.Id)!;
        now.Buttons().ShouldBeEmpty();
        now.Message.Split('\n')[^1].ShouldContain(said);
    }

    [Fact]
    public async Task M8_An_engineer_who_is_chosen_in_a_menu_is_named_only_after_a_question()
    {
        await using var desk = await RequestDesk.Open();
        await Scenes.Asks(desk);
        await desk.Approve();
        await desk.Presses(
            RequestDesk.CsLead,
            desk.LastTo(RequestDesk.CsLead),
            "Assign an engineer",
            "engineer"
        );
        (await RequestDesk.Assignment(desk)).Engineer.ShouldBeNull();
        desk.Mattermost.OpenDialogOf(RequestDesk.CsLead)!
            .IntroductionText.ShouldContain("@engineer becomes the assigned support engineer");
        (await desk.Submits(RequestDesk.CsLead)).Closed.ShouldBeTrue();
        (await RequestDesk.Assignment(desk)).Engineer.ShouldBe(desk.IdOf("engineer"));
    }

    [Fact]
    public async Task U13_A_reminder_whose_delivery_waited_is_settled_all_the_same()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("lead", "/escalate duty @engineer");
        await desk.Raised();
        await desk.Passes(Hour);
        await desk.RestartSidecar();
        await desk.Types("engineer", "/escalate ack ESC-1");
        Reminders(desk, "engineer").ShouldAllBe(m => m.Buttons().Count == 0);
    }

    [Fact]
    public async Task DLG_4_Presses_that_are_refused_never_bring_back_an_older_card()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        var card = await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        var moves = new[]
        {
            "state ESC-1 investigating",
            "state ESC-1 identified",
            "state ESC-1 monitoring",
        };
        foreach (var move in moves)
        {
            var refused = Enumerable
                .Range(0, 8)
                .Select(_ => desk.Mattermost.As("executive").Click(card.Id, "Resolve"));
            await Task.WhenAll([
                .. refused.Select(r => (Task)r),
                desk.Mattermost.As("engineer").Execute(Desk.Square, $"/escalate {move}"),
            ]);
            await desk.Settled();
            var stored = Vocabulary.States.Label((await desk.Stored()).State);
            desk.Card().Field("State").ShouldNotBeNull().ShouldStartWith(stored);
        }

        desk.Log.Errors.ShouldBeEmpty();
    }

    private static IReadOnlyList<Post> Reminders(Desk desk, string who) =>
        [
            .. desk.MessagesTo(who)
                .Where(m => m.Message.StartsWith(":alarm_clock:", StringComparison.Ordinal)),
        ];
}
