using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.CheckIns;

using static GivenPair;

/// <summary>A week that was missed is answered late, and told so (ASG-9, ASG-10, U14).</summary>
public sealed class LateAnswerTests
{
    private static readonly DateOnly First = new(2026, 3, 2);
    private static readonly DateOnly Second = new(2026, 3, 9);

    [Fact]
    public async Task U14_Until_the_next_one_is_asked_the_command_answers_the_week_that_was_missed()
    {
        await using var desk = await Missed();
        desk.MessagesTo("engineer")[^1]
            .Message.ShouldContain("`/escalate checkin acme` still answers it, late.");
        await desk.Types("engineer", "/escalate checkin acme");
        var form = desk.Mattermost.OpenDialogOf("engineer").ShouldNotBeNull();
        form.IntroductionText.ShouldContain("week of 2026-03-02, which was missed");
        (await desk.Submits("engineer", ("going_well", "Late but here"))).Closed.ShouldBeTrue();

        var assignment = await desk.Assignment();
        assignment.LastCheckIn!.Week.ShouldBe(First);
        assignment.Turn!.Week.ShouldBe(Second);
        assignment.MissedInARow.ShouldBe(0);
        desk.ToldTo("ce")[^1].ShouldContain("week of 2026-03-02");
        desk.ToldTo("ce")[^1].ShouldContain("@engineer (late) with @ce");
        desk.ToldTo("engineer")[^1].ShouldContain("for the week of 2026-03-02, which was missed,");
        var history = (await desk.Types("ce", "/escalate checkin history acme")).Text;
        history.ShouldContain("@engineer (late)");
        history.ShouldContain("Late but here");
        history.ShouldNotContain("was missed");
        await desk.PassesTo(Berlin(3, 10, 15));
        (desk.MessagesTo("engineer")[^1].Attachments[0].Text ?? "").ShouldNotContain("Nobody");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task U14_Once_the_next_one_is_asked_the_form_asks_which_week_and_goes_on_with_the_other()
    {
        await using var desk = await Missed();
        await desk.PassesTo(Berlin(3, 10, 15));
        var prompt = desk.MessagesTo("engineer")[^1];
        prompt.Attachments[0].Text.ShouldContain("the one before; it can still be answered, late.");
        await desk.Presses("engineer", prompt, "Answer now");
        var which = desk
            .Mattermost.OpenDialogOf("engineer")!
            .Elements.Single(e => e.Name == "week");
        which.Default.ShouldBe("2026-03-09");
        which
            .Options!.Select(o => o.Text)
            .ShouldBe(["Week of 2026-03-09", "Week of 2026-03-02, missed"]);
        await desk.Submits("engineer", ("week", "2026-03-02"), ("going_well", "The first"));

        var between = await desk.Assignment();
        between.LastCheckIn!.Week.ShouldBe(First);
        between.Turn!.Asked.ShouldNotBeNull();
        desk.ToldTo("engineer")
            .ShouldContain(
                t =>
                    t.Contains(
                        "The one of the week of 2026-03-09 is still to be answered",
                        StringComparison.Ordinal
                    ),
                string.Join("\n---\n", desk.ToldTo("engineer"))
            );
        await desk.Answers("engineer", "The second");
        (await desk.Assignment()).LastCheckIn!.Week.ShouldBe(Second);
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task U14_After_this_weeks_is_answered_the_one_that_was_missed_can_still_be()
    {
        await using var desk = await Missed();
        await desk.PassesTo(Berlin(3, 10, 15));
        await desk.Answers("engineer", "The second");
        await desk.Types("ce", "/escalate checkin acme");
        (await desk.Submits("ce", ("going_well", "The first"))).Closed.ShouldBeTrue();
        var assignment = await desk.Assignment();
        // Corrected, and shown beside the next one, is still the latest week.
        (assignment.LastCheckIn!.Week, assignment.LastCheckIn.GoingWell).ShouldBe(
            (Second, "The second")
        );
        assignment.MissedWeeks.ShouldBeEmpty();
        desk.ToldTo("ce")[^1].ShouldNotContain("checkin correct");
        await desk.Types("engineer", "/escalate checkin acme");
        desk.Mattermost.OpenDialogOf("engineer")!.Title.ShouldBe("Correct check-in ASG-1");
    }

    [Fact]
    public async Task U14_A_press_on_the_question_of_a_week_that_was_missed_meanwhile_is_of_that_week()
    {
        await using var desk = await Asked();
        await desk.PassesTo(Berlin(3, 8, 20));
        await desk.Presses("engineer", desk.MessagesTo("engineer")[^1], "Answer now");
        await desk.PassesTo(Berlin(3, 9, 9));
        var first = await desk.Submits("engineer", ("going_well", "Typed on Sunday"));
        first.Closed.ShouldBeFalse();
        first.Error.ShouldContain("counts as missed, and answers to it are kept as late");
        (await desk.Submits("engineer", ("going_well", "Typed on Sunday"))).Closed.ShouldBeTrue();
        (await desk.Assignment()).LastCheckIn!.Week.ShouldBe(First);
        (await desk.Assignment()).LastCheckIn!.IsLate.ShouldBe(true);
    }

    [Fact]
    public async Task U14_Two_weeks_after_its_end_it_is_too_late()
    {
        await using var desk = await Asked();
        var prompt = desk.MessagesTo("engineer")[^1];
        await desk.PassesTo(Berlin(3, 22, 23));
        await desk.Types("engineer", "/escalate checkin acme");
        desk.Mattermost.OpenDialogOf("engineer")!
            .Elements.Single(e => e.Name == "week")
            .Options!.Select(o => o.Value)
            .ShouldBe(["2026-03-16", "2026-03-09", "2026-03-02"]);
        await desk.PassesTo(Berlin(3, 23, 0));
        (await desk.PressesLate("engineer", prompt, "Answer now")).ShouldContain(
            "for the week of 2026-03-02 is not answered any more"
        );
        (
            await desk.Submits("engineer", ("week", "2026-03-02"), ("going_well", "Very late"))
        ).Closed.ShouldBeFalse();
        var again = await desk.Submits(
            "engineer",
            ("week", "2026-03-02"),
            ("going_well", "Very late")
        );
        again.Error.ShouldContain("a week that was missed can be answered for two weeks");
        (await desk.Assignment()).LastCheckIn.ShouldBeNull();
    }

    [Fact]
    public async Task ASG_9_Of_two_missed_weeks_one_that_is_answered_leaves_the_later_one_missed()
    {
        await using var desk = await Asked();
        await desk.PassesTo(Berlin(3, 16, 9));
        (await desk.Assignment()).MissedInARow.ShouldBe(2);
        await desk.Types("engineer", "/escalate checkin acme");
        await desk.Submits("engineer", ("week", "2026-03-02"), ("going_well", "The first"));
        var assignment = await desk.Assignment();
        (assignment.MissedInARow, assignment.MissedSince).ShouldBe((1, Second));
        // One is not told to the leads.
        assignment.TellOfMissedAt.ShouldBeNull();
    }

    [Fact]
    public async Task MET_5_ASG_9_The_report_tells_late_ones_apart()
    {
        await using var desk = await Missed();
        await desk.Types("engineer", "/escalate checkin acme");
        await desk.Submits("engineer", ("going_well", "Late but here"));
        await desk.PassesTo(Berlin(3, 10, 15));
        await desk.Answers("engineer", "In time");
        await desk.Types("lead", "/escalate report last 30 days");
        string.Join('\n', desk.ToldTo("lead"))
            .ShouldContain("1 check-ins were held, 1 late, 0 skipped, 0 missed.");
    }

    [Fact]
    public async Task ASG_9_The_back_up_hears_once_that_one_was_missed_in_their_hours_and_can_answer_it()
    {
        await using var desk = await Missed();
        Told(desk, "backup").ShouldBe(0);
        await desk.PassesTo(Berlin(3, 9, 9));
        Told(desk, "backup").ShouldBe(1);
        Told(desk, "cslead").ShouldBe(0);
        var message = desk.MessagesTo("backup")[^1];
        message.Message.ShouldContain(
            "the weekly check-in of the week of 2026-03-02 was missed by @engineer"
        );
        await desk.Presses("backup", message, "Answer it late");
        (await desk.Submits("backup", ("going_well", "I was there"))).Closed.ShouldBeTrue();
        (await desk.Assignment()).LastCheckIn!.By.ShouldBe(desk.IdOf("backup"));
        desk.MessagesTo("backup").Single(p => p.Id == message.Id).Actions.ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_9_A_row_of_missed_weeks_is_told_to_the_back_up_once_and_in_pairs_to_the_CS_lead()
    {
        await using var desk = await Asked();
        await desk.PassesTo(Berlin(3, 31, 9));
        Told(desk, "backup").ShouldBe(1);
        Told(desk, "cslead").ShouldBe(2);
        desk.Log.Errors.ShouldBeEmpty();
    }

    private static int Told(Desk desk, string who) =>
        desk.ToldTo(who).Count(t => t.StartsWith(":warning:", StringComparison.Ordinal));

    /// <summary>The check-in of the week of 2 March was missed; the one after is not asked yet.</summary>
    private static async Task<Desk> Missed()
    {
        var desk = await Asked();
        await desk.PassesTo(Berlin(3, 9, 0));
        (await desk.Assignment()).MissedInARow.ShouldBe(1);
        return desk;
    }
}
