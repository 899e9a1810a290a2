using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Assignments.CheckIns;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.CheckIns;

using static GivenPair;

/// <summary>Check-ins as people have them, through the door (ASG-7 to ASG-10).</summary>
public sealed class CheckInJourneyTests
{
    [Fact]
    public async Task ASG_7_Both_are_told_of_the_proposed_time_each_in_their_zone_and_can_move_it()
    {
        await using var desk = await GivenPair.Open();
        await desk.Assigns();
        desk.ToldTo("engineer")[^1]
            .ShouldContain(
                "is on **Wednesdays at 15:00 Europe/Berlin**, as I propose; the next one is Wed 4 Mar 15:00"
            );
        desk.ToldTo("ce")[^1]
            .ShouldContain(
                "is on **Wednesdays at 09:00 America/New\\_York** (Wednesdays at 15:00 Europe/Berlin, whose clock it follows)"
            );
        await desk.Presses("ce", desk.MessagesTo("ce")[^1], "Move it");
        (await desk.Submits("ce", ("weekly", "nonsense"))).FieldErrors.Keys.ShouldBe(["weekly"]);
        (await desk.Submits("ce", ("weekly", "thu 16:00"))).Error.ShouldContain(
            "outside of the working hours of @engineer"
        );
        (await desk.Submits("ce", ("weekly", "thu 10:00"))).Closed.ShouldBeTrue();
        var plan = (await desk.Assignment()).CheckIns!;
        $"{plan.Day} {plan.Time} {plan.Zone}".ShouldBe("Thursday 10:00 America/New_York");
        desk.ToldTo("engineer")[^1].ShouldContain("**Thursdays at 16:00 Europe/Berlin**");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_7_ASG_9_After_a_week_was_skipped_the_next_one_that_is_told_is_the_next_one()
    {
        await using var desk = await GivenPair.Open();
        await desk.Assigns();
        await desk.Types("engineer", "/escalate checkin skip acme On site");
        desk.ToldTo("ce")[^1]
            .ShouldContain("skipped the check-in of **ASG-1** Acme for the week of 2026-03-02:");
        await desk.Types("engineer", "/escalate checkin plan acme thu 16:00");
        desk.ToldTo("ce")[^1].ShouldContain("the next one is Thu 12 Mar");
        (await desk.Assignment()).Turn!.Week.ShouldBe(new DateOnly(2026, 3, 9));
    }

    [Fact]
    public async Task ASG_7_ASG_10_Answers_are_kept_told_to_the_CE_and_shown_the_next_time()
    {
        await using var desk = await Asked();
        await desk.Types("engineer", $"/escalate checkin plan in ~{Desk.Square}");
        await desk.Answers("engineer", "Logins are fast again");
        desk.ToldTo("ce")[^1].ShouldContain("**Going well:** Logins are fast again");
        desk.Cards()[^1].Message.ShouldContain("Logins are fast again");
        (await desk.Assignment()).Turn!.Week.ShouldBe(new DateOnly(2026, 3, 9));

        await desk.PassesTo(Berlin(3, 10, 15));
        await desk.Presses("engineer", desk.MessagesTo("engineer")[^1], "Answer now");
        var form = desk.Mattermost.OpenDialogOf("engineer").ShouldNotBeNull();
        form.Elements.Single(e => e.Name == "going_well")
            .Placeholder.ShouldBe("Last time: Logins are fast again");
        form.Elements.Single(e => e.Name == "goals").Default.ShouldBe("Move to Kubernetes");
        form.Elements.Single(e => e.Name == "going_well").Default.ShouldBe("");
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_8_What_looks_like_professional_services_is_weighed_up_by_leadership_once()
    {
        await using var desk = await Asked();
        await desk.Answers("engineer", "Fine", services: true);
        foreach (var lead in (string[])["cslead", "celead", "saleslead"])
        {
            desk.ToldTo(lead)
                .Count(t => t.StartsWith(":scales:", StringComparison.Ordinal))
                .ShouldBe(1, lead);
        }

        desk.ToldTo("lead")
            .ShouldNotContain(t => t.StartsWith(":scales:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ASG_10_One_answer_per_week_the_second_is_told_who_was_first()
    {
        await using var desk = await Asked();
        var prompt = desk.MessagesTo("engineer")[^1];
        await desk.Presses("engineer", prompt, "Answer now");
        await desk.Types("ce", "/escalate checkin acme");
        (await desk.Submits("ce", ("going_well", "Mine"))).Closed.ShouldBeTrue();
        (await desk.Submits("engineer", ("going_well", "Too late"))).Error.ShouldContain(
            "@ce was first"
        );
        (await desk.PressesLate("engineer", prompt, "Answer now")).ShouldContain("@ce was first");
        (await desk.PressesLate("engineer", prompt, "Skip")).ShouldContain("settled already");
        (await desk.PressesLate("engineer", prompt, "Move")).ShouldContain("settled already");
        (await desk.AssignmentFacts()).OfType<AssignmentFact.CheckInAnswered>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task ASG_10_ESC_9_Two_answers_at_the_same_moment_are_one()
    {
        await using var desk = await Asked();
        await desk.Types("engineer", "/escalate checkin");
        await desk.Types("ce", "/escalate checkin acme");
        var outcomes = await Task.WhenAll(
            desk.Mattermost.As("engineer").SubmitDialog(("going_well", "The engineer's")),
            desk.Mattermost.As("ce").SubmitDialog(("going_well", "The CE's"))
        );
        await desk.Settled();
        outcomes.Count(o => o.Closed).ShouldBe(1);
        outcomes.Single(o => !o.Closed).Error.ShouldContain("was first");
        (await desk.AssignmentFacts()).OfType<AssignmentFact.CheckInAnswered>().Count().ShouldBe(1);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_9_Do_not_disturb_defers_the_question_and_restarts_do_not_double_it()
    {
        await using var desk = await GivenPair.Open();
        await desk.Assigns(plan: Tuesdays);
        await desk.PassesTo(Berlin(3, 3, 14, 55));
        desk.Mattermost.SetStatus("engineer", "dnd", Berlin(3, 3, 16, 30));
        await desk.PassesTo(Berlin(3, 3, 16, 29));
        Count(desk, "engineer", ":speech_balloon:").ShouldBe(0);
        await desk.RestartSidecar();
        desk.Mattermost.SetStatus("engineer", "online");
        await desk.PassesTo(Berlin(3, 3, 16, 31));
        Count(desk, "engineer", ":speech_balloon:").ShouldBe(1);
        await desk.RestartSidecar();
        await desk.PassesTo(Berlin(3, 3, 18));
        Count(desk, "engineer", ":speech_balloon:").ShouldBe(1);
        (await desk.AssignmentFacts()).OfType<AssignmentFact.CheckInDeferred>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task ASG_7_Without_common_hours_both_are_told_to_agree_on_a_time()
    {
        await using var desk = await GivenPair.Open();
        desk.Moves("ce", "America/Los_Angeles");
        await desk.RestartSidecar();
        await desk.Meets("ce");
        await desk.Assigns();
        desk.ToldTo("engineer")[^1].ShouldContain(":warning:");
        desk.ToldTo("ce")[^1].ShouldContain("Please agree on a time and move it.");
        await desk.PassesTo(Berlin(3, 6, 17));
        Count(desk, "engineer", ":speech_balloon:").ShouldBe(1);
    }

    [Fact]
    public async Task ASG_9_Not_answered_it_is_reminded_once_missed_and_after_two_weeks_told_to_the_CS_lead()
    {
        await using var desk = await Asked();
        await desk.PassesTo(Berlin(3, 16, 9, 59));
        Count(desk, "engineer", ":speech_balloon:").ShouldBe(2);
        Count(desk, "engineer", ":hourglass:").ShouldBe(2);
        Count(desk, "cslead", ":warning:").ShouldBe(0);
        await desk.PassesTo(Berlin(3, 16, 10));
        Count(desk, "cslead", ":warning:").ShouldBe(1);
        await desk.PassesTo(Berlin(3, 24, 9));
        Count(desk, "cslead", ":warning:").ShouldBe(1);
        (await desk.Assignment()).MissedInARow.ShouldBe(3);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_9_A_skipped_and_a_moved_week_are_not_missed()
    {
        await using var desk = await Asked();
        (await desk.Types("engineer", "/escalate checkin skip")).Text.ShouldContain("Why?");
        (await desk.Types("engineer", "/escalate checkin skip acme On site")).Text.ShouldContain(
            "is skipped; the next one is Tue 10 Mar 15:00 Europe/Berlin"
        );
        desk.ToldTo("ce")[^1].ShouldEndWith("“On site”");
        (await desk.Types("engineer", "/escalate checkin skip acme On site")).Text.ShouldContain(
            "settled already"
        );
        await desk.PassesTo(Berlin(3, 10, 15));
        (await desk.Types("engineer", "/escalate checkin move thu 9am")).Text.ShouldContain(
            "outside of the working hours of @ce"
        );
        (await desk.Types("engineer", "/escalate checkin move thu 16:00")).Text.ShouldContain(
            "is Thu 12 Mar 16:00 Europe/Berlin now"
        );
        desk.ToldTo("ce")[^1].ShouldContain("Thu 12 Mar 11:00 America/New");
        await desk.PassesTo(Berlin(3, 12, 16));
        Count(desk, "engineer", ":speech_balloon:").ShouldBe(3);
        (await desk.Assignment()).MissedInARow.ShouldBe(0);
    }

    [Fact]
    public async Task ALL_5_After_a_week_of_downtime_one_question_is_asked()
    {
        await using var desk = await GivenPair.Open();
        await desk.Assigns(plan: Tuesdays);
        await desk.PassesWhileDown(TimeSpan.FromDays(15));
        await desk.PassesTo(Berlin(3, 17, 16));
        Count(desk, "engineer", ":speech_balloon:").ShouldBe(1);
        Count(desk, "engineer", ":hourglass:").ShouldBe(0);
        (await desk.Assignment()).MissedInARow.ShouldBe(0);
    }

    [Fact]
    public async Task ASG_7_Who_has_several_is_asked_which()
    {
        await using var desk = await GivenPair.Open();
        await desk.Assigns(plan: Tuesdays);
        await desk.Assigns(
            "acme-labs",
            number: 2,
            plan: Tuesdays with
            {
                Day = DayOfWeek.Wednesday,
            }
        );
        var which = await desk.Types("engineer", "/escalate checkin");
        which.Text.ShouldContain("/escalate checkin acme`");
        which.Text.ShouldContain("/escalate checkin acme-labs`");
        await desk.PassesTo(Berlin(3, 3, 15));
        await desk.Types("engineer", "/escalate checkin");
        desk.Mattermost.OpenDialogOf("engineer")!.Title.ShouldBe("Check-in ASG-1");
    }

    [Fact]
    public async Task ASG_10_The_history_is_paged_and_read_by_those_concerned_only()
    {
        await using var desk = await Asked();
        for (var week = 0; week < 7; week++)
        {
            await desk.Answers("engineer", $"Week number {week}");
            await desk.PassesTo(desk.Clock.GetUtcNow().AddDays(7));
        }

        foreach (var who in (string[])["engineer", "backup", "ce", "lead"])
        {
            var first = (await desk.Types(who, "/escalate checkin history acme")).Text;
            first.ShouldContain("Week number 6", customMessage: who);
            first.ShouldContain("checkin history acme before 2026-03-16", customMessage: who);
            first.ShouldNotContain("Week number 1", customMessage: who);
        }

        var second = await desk.Types("ce", "/escalate checkin history acme before 2026-03-16");
        second.Text.ShouldContain("Week number 1");
        second.Text.ShouldContain("Week number 0");
        second.Text.ShouldNotContain("Earlier ones");
        (
            await desk.Types("ce", "/escalate checkin history acme before 1999-01-01")
        ).Text.ShouldContain("that was all");
        (await desk.Types("tam", "/escalate checkin history acme")).Text.ShouldContain(
            "read the answers of check-ins"
        );
        (await desk.Types("guest", "/escalate checkin history acme")).Text.ShouldNotContain("Week");
    }

    [Theory]
    [InlineData("checkin acme")]
    [InlineData("checkin skip acme Because")]
    [InlineData("checkin move acme tomorrow 16:00")]
    [InlineData("checkin plan acme wed 15:00")]
    [InlineData("checkin plan acme in none")]
    [InlineData("checkin plan acme")]
    public async Task ALL_3_Others_may_not_and_are_told_who_could(string line)
    {
        await using var desk = await Asked();
        var before = await desk.Assignment();
        (await desk.Types("tam", $"/escalate {line}")).Text.ShouldContain("CS lead");
        (await desk.Assignment()).ShouldBeEquivalentTo(before);
    }

    [Fact]
    public async Task ALL_6_Hostile_answers_ping_nobody_break_nothing_and_are_limited()
    {
        await using var desk = await Asked();
        await desk.Types("engineer", $"/escalate checkin plan in ~{Desk.Square}");
        await desk.Types("engineer", "/escalate checkin");
        (
            await desk.Submits("engineer", ("going_well", new string('*', 1501)))
        ).Closed.ShouldBeFalse();
        (await desk.Submits("engineer", ("going_well", " "), ("goals", ""))).Closed.ShouldBeFalse();
        var nasty = "@channel @here ~town-square <b>\u202E\0 | `x` ![a](http://e)\n# hi";
        var stars = new string('*', 1500);
        (
            await desk.Submits(
                "engineer",
                ("going_well", nasty),
                ("frustration", stars),
                ("goals", stars),
                ("context", stars)
            )
        ).Closed.ShouldBeTrue();
        desk.ToldTo("ce")[^1].ShouldNotContain("@channel ");
        desk.Cards()[^1].Message.ShouldContain("Check-in of ASG-1");
        (await desk.Types("ce", "/escalate checkin history acme")).Text.ShouldNotContain("\n# hi");
        await desk.PassesTo(Berlin(3, 10, 15));
        await desk.Presses("engineer", desk.MessagesTo("engineer")[^1], "Answer now");
        desk.Mattermost.OpenDialogOf("engineer").ShouldNotBeNull();
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
        desk.Mattermost.Violations.ShouldBeEmpty();
        desk.Log.Errors.ShouldBeEmpty();
        desk.Pump.Health.Parked.ShouldBe(0);
    }

    [Theory]
    [InlineData("checkin nobody-like-this", "There is no customer")]
    [InlineData("checkin acme-labs", "no assigned engineer")]
    [InlineData("checkin move acme yesterday", "Nothing was changed")]
    [InlineData("checkin move acme in 300 days", "Nothing was changed")]
    [InlineData("checkin move acme @channel", "Nothing was changed")]
    [InlineData("checkin plan acme someday", "Nothing was changed")]
    [InlineData("checkin plan acme in ~nowhere-at-all", "Nothing was changed")]
    [InlineData("checkin plan acme tue 10:00", "checkin plan acme")]
    [InlineData("checkin history acme before soon", "before")]
    public async Task ALL_2_What_can_not_be_is_answered_with_what_can(string line, string says)
    {
        await using var desk = await Asked();
        var answer = (await desk.Types("engineer", $"/escalate {line}")).Text;
        answer.ShouldContain(says);
        if (says == "Nothing was changed")
        {
            // A refused command is gone from the message box.
            answer.ShouldContain("You typed");
        }

        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ASG_4_Of_an_internal_assignment_whatever_is_told_is_marked_internal()
    {
        await using var desk = await GivenPair.Open();
        var id = await desk.Assigns(kind: AssignmentKind.PreSales, plan: Tuesdays);
        var assignment = await desk.Assignment();
        assignment.Id.ShouldBe(id);
        var place = assignment.CheckIns! with
        {
            Place = new Sidecar.Chat.NamedChannel(new("c"), "c"),
        };
        var answers = new CheckIn(
            id,
            default,
            assignment.Engineer!.Value,
            default,
            "a",
            "",
            "",
            "",
            true
        );
        var effects = CheckInNotices
            .Of(
                assignment with
                {
                    CheckIns = place,
                },
                new AssignmentFact.CheckInAnswered(
                    assignment.Engineer,
                    answers,
                    [desk.IdOf("cslead")]
                ),
                assignment.Engineer
            )
            .ToList();
        effects.Count.ShouldBe(4);
        effects.ShouldAllBe(e => e.IsInternal);
    }

    private static int Count(Desk desk, string who, string start) =>
        desk.ToldTo(who).Count(t => t.StartsWith(start, StringComparison.Ordinal));
}
