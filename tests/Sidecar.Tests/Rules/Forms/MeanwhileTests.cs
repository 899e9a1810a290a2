using Shouldly;
using Sidecar.Features.Agenda;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Features.Agenda;
using Sidecar.Tests.Features.Assignments.CheckIns;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Rules.Forms;

/// <summary>
/// While a form is open somebody else changes what it is filled with (M1): what was not touched stays as they left it,
/// and where both changed the same nothing is replaced without a word.
/// </summary>
public sealed class MeanwhileTests
{
    [Theory]
    [InlineData("none", "@engineer @lead", "On duty: @tam · back-up: @lead")]
    [InlineData("@lead", "@engineer none", "On duty: @tam · back-up: nobody")]
    public async Task M1_Who_backs_up_stays_as_others_left_it(
        string before,
        string meanwhile,
        string after
    )
    {
        await using var desk = await Desk.Open();
        await desk.Types("lead", $"/escalate duty @engineer {before}");
        await desk.Types(Desk.Admin, "/escalate setup");
        var list = desk.MessagesTo(Desk.Admin)[^1];
        await desk.Presses(Desk.Admin, list, "Who is on duty");
        await desk.Types("lead", $"/escalate duty {meanwhile}");
        (await desk.Submits(Desk.Admin, ("engineer", "tam"))).Accepted.ShouldBeTrue();
        (await desk.Types("lead", "/escalate team list")).Text.ShouldContain(after);
    }

    [Fact]
    public async Task M1_The_weekly_meeting_stays_at_the_time_that_others_gave_it()
    {
        await using var desk = await AgendaDesk.Open();
        await desk.Plans("wed 10:00 UTC");
        await desk.Types("lead", "/escalate agenda set", AgendaDesk.Room);
        await desk.Plans("thu 11:00 UTC");
        (await desk.Submits("lead", ("ahead", "480m"))).Closed.ShouldBeTrue();
        (await desk.Types("lead", "/escalate agenda", AgendaDesk.Room)).Text.ShouldContain("Thu");

        await desk.Types("lead", "/escalate agenda set", AgendaDesk.Room);
        await desk.Plans("fri 11:00 UTC");
        var both = await desk.Submits("lead", ("when", "mon 9:00 UTC"));
        both.FieldErrors["when"].ShouldStartWith("While this form was open somebody changed this");
        // What others did then is seen, so it is meant.
        (await desk.Submits("lead", ("when", "mon 9:00 UTC"))).Closed.ShouldBeTrue();
        (await desk.Types("lead", "/escalate agenda", AgendaDesk.Room)).Text.ShouldContain("Mon");
    }

    [Theory]
    [InlineData("when", "wed 15:00 UTC", "Wed 15:00 UTC", 48)]
    [InlineData("ahead", "480m", "Tue 14:00 UTC", 8)]
    public async Task M1_A_meeting_that_others_took_away_is_planned_as_its_form_promised(
        string field,
        string value,
        string when,
        int hours
    )
    {
        await using var desk = await AgendaDesk.Open();
        await desk.Plans("tue 14:00 UTC 2d before");
        await desk.Types("lead", "/escalate agenda set");
        desk.Mattermost.OpenDialogOf("lead")!.IntroductionText.ShouldContain("~weekly");
        await desk.Types("lead", "/escalate agenda set off", AgendaDesk.Room);
        (await desk.Submits("lead", (field, value)))
            .FieldErrors["when"]
            .ShouldBe(
                "While this form was open somebody took the weekly meeting away. Send it again to plan it as it stands here, with its agenda in ~weekly."
            );
        (await desk.Submits("lead", (field, value))).Closed.ShouldBeTrue();
        var plan = (
            await desk.Store.Find(
                AgendaPlan.Kind,
                AgendaPlan.Id,
                TestContext.Current.CancellationToken
            )
        )!.Value;
        (plan.Weekly, plan.Ahead, plan.Channel.Name).ShouldBe(
            (when, TimeSpan.FromHours(hours), AgendaDesk.Room)
        );
        (await desk.Types("lead", "/escalate internal list")).Text.ShouldNotContain(Desk.Square);
    }

    [Fact]
    public async Task M1_ASG_4_Another_time_does_not_mark_a_channel_again_that_somebody_unmarked()
    {
        await using var desk = await AgendaDesk.Open();
        await desk.Plans("wed 10:00 UTC");
        await desk.Types("lead", "/escalate agenda set", AgendaDesk.Room);
        (
            await desk.Types("lead", "/escalate internal unmark here", AgendaDesk.Room)
        ).Text.ShouldContain("is not internal any more");
        await desk.Submits("lead", ("ahead", "480m"));
        desk.Mattermost.EphemeralsOf("lead")[^1]
            .Message.ShouldContain(
                "is not marked as internal any more, so nothing is posted there"
            );
        (
            await desk.Types("lead", "/escalate agenda set thu 11:00 UTC", AgendaDesk.Room)
        ).Text.ShouldContain("is not marked as internal any more");
        (await desk.Types("lead", "/escalate internal list")).Text.ShouldNotContain(
            AgendaDesk.Room
        );
    }

    [Fact]
    public async Task M1_ESC_9_A_task_is_not_taken_from_who_was_given_it_meanwhile()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate task ESC-1 2.3");
        await desk.Types("lead", "/escalate task ESC-1 2.3 assign @tam");
        var both = await desk.Submits("engineer", ("assignee", "engineer"));
        both.FieldErrors["assignee"]
            .ShouldStartWith("While this form was open somebody changed this to another person.");
        (await desk.Types("lead", "/escalate tasks ESC-1 2")).Text.ShouldContain("@tam");
        // It changed again: that was not seen yet.
        await desk.Types("lead", "/escalate task ESC-1 2.3 assign @lead");
        both = await desk.Submits("engineer", ("assignee", "engineer"));
        both.FieldErrors["assignee"].ShouldStartWith("While this form was open");
        (await desk.Submits("engineer", ("assignee", "engineer"))).Closed.ShouldBeTrue();
        (await desk.Types("lead", "/escalate tasks ESC-1 2")).Text.ShouldContain("@engineer");
    }

    [Fact]
    public async Task M1_PB_3_What_is_open_of_a_stage_by_now_is_said_before_all_of_it_ends()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate task ESC-1 4.1 done");
        await desk.Types("engineer", "/escalate task ESC-1 4.2");
        // As many as before, and not the same.
        await desk.Types("lead", "/escalate task ESC-1 4.1 undo");
        await desk.Types("lead", "/escalate task ESC-1 4.3 done");
        var told = await desk.Submits(
            "engineer",
            ("state", "Skipped"),
            ("scope", "stage"),
            ("reason", "Not needed")
        );
        told.Error.ShouldContain("Open in stage 4 by now: 4.1, 4.2");
        (await desk.Types("lead", "/escalate tasks ESC-1 4")).Text.ShouldNotContain("Not needed");
        (
            await desk.Submits(
                "engineer",
                ("state", "Skipped"),
                ("scope", "stage"),
                ("reason", "Not needed")
            )
        ).Closed.ShouldBeTrue();
        (await desk.Types("lead", "/escalate tasks ESC-1 4")).Text.ShouldContain("Not needed");
    }

    [Fact]
    public async Task M1_What_an_escalation_says_is_replaced_by_who_has_seen_it()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        await desk.Types("tam", "/escalate edit ESC-1");
        await desk.Types("lead", "/escalate edit ESC-1 summary Search is down");
        await desk.Types("lead", "/escalate edit ESC-1 impact high");
        var both = await desk.Submits("tam", ("summary", "Search is slow on Mondays"));
        both.FieldErrors.Keys.ShouldBe(["summary"]);
        both.FieldErrors["summary"]
            .ShouldBe(
                "While this form was open somebody changed this to “Search is down”. Save again to put yours in its place."
            );
        (await desk.Find(1))!.Summary.ShouldBe("Search is down");
        (await desk.Submits("tam", ("summary", "Search is slow on Mondays"))).Closed.ShouldBeTrue();
        var now = (await desk.Find(1))!;
        (now.Summary, now.Impact).ShouldBe(("Search is slow on Mondays", ImpactLevel.High));
    }

    [Fact]
    public async Task M1_ASG_3_Who_the_customer_was_told_by_others_is_replaced_by_who_has_seen_it()
    {
        await using var desk = await GivenPair.Open();
        await desk.Assigns();
        await desk.Types("engineer", "/escalate engineer told ASG-1");
        await desk.Types("backup", "/escalate engineer told ASG-1 Their head on yesterday");
        var both = await desk.Submits("engineer", ("to", "Their administrator"));
        both.FieldErrors.Keys.ShouldBe(["to"]);
        both.FieldErrors["to"].ShouldContain("“Their head”");
        (await GivenPair.Assignment(desk)).Communicated!.To.ShouldBe("Their head");
        (await desk.Submits("engineer", ("to", "Their administrator"))).Closed.ShouldBeTrue();
        // The day is the one that the form shows, not the one on which somebody else was told.
        var told = (await GivenPair.Assignment(desk)).Communicated!;
        (told.To, told.On, told.By).ShouldBe(
            ("Their administrator", new DateOnly(2026, 3, 2), desk.IdOf("engineer"))
        );

        await desk.Types("backup", "/escalate engineer told ASG-1");
        (await desk.Submits("backup")).Error.ShouldContain("Nothing was changed");
        (await GivenPair.Assignment(desk)).Communicated!.By.ShouldBe(desk.IdOf("engineer"));
    }

    [Fact]
    public async Task M1_ASG_6_An_environment_that_others_named_is_replaced_by_who_has_seen_it()
    {
        await using var desk = await GivenPair.Open();
        await desk.Assigns();
        await desk.Types("engineer", "/escalate engineer environment ASG-1");
        await desk.Types("backup", "/escalate engineer environment ASG-1 https://lab.test/2");
        (await desk.Submits("engineer")).Error.ShouldContain("Nothing was changed");
        (await GivenPair.Assignment(desk)).Environment.ShouldBe("https://lab.test/2");
        var both = await desk.Submits("engineer", ("link", "https://lab.test/1"));
        both.FieldErrors["link"].ShouldContain("“https://lab.test/2”");
        (await desk.Submits("engineer", ("link", "https://lab.test/1"))).Closed.ShouldBeTrue();
        (await GivenPair.Assignment(desk)).Environment.ShouldBe("https://lab.test/1");
    }

    [Fact]
    public async Task M1_ASG_7_A_weekly_time_that_others_chose_is_replaced_by_who_has_seen_it()
    {
        await using var desk = await GivenPair.Open();
        await desk.Assigns();
        await desk.Presses("ce", desk.MessagesTo("ce")[^1], "Move it");
        await desk.Types("engineer", "/escalate checkin plan acme thu 16:00");
        (await desk.Submits("ce")).Error.ShouldContain("Nothing was changed");
        var both = await desk.Submits("ce", ("weekly", "wed 10:00"));
        both.FieldErrors["weekly"].ShouldContain("“thu 16:00 Europe/Berlin”");
        (await GivenPair.Assignment(desk)).CheckIns!.Day.ShouldBe(DayOfWeek.Thursday);
        (await desk.Submits("ce", ("weekly", "wed 10:00"))).Closed.ShouldBeTrue();
        (await GivenPair.Assignment(desk)).CheckIns!.Day.ShouldBe(DayOfWeek.Wednesday);
    }

    [Fact]
    public async Task M1_ASG_9_A_check_in_that_others_moved_is_moved_again_by_who_has_seen_it()
    {
        await using var desk = await GivenPair.Asked();
        var asked = desk.MessagesTo("engineer")[^1];
        await desk.Presses("engineer", asked, "Move");
        await desk.Types("ce", "/escalate checkin move acme thu 10:00");
        var moved = (await GivenPair.Assignment(desk)).Turn!.DueAt;
        var both = await desk.Submits("engineer", ("when", "2026-03-06T15:00:00Z"));
        both.FieldErrors["when"].ShouldStartWith("While this form was open somebody changed this");
        (await GivenPair.Assignment(desk)).Turn!.DueAt.ShouldBe(moved);
        (await desk.Submits("engineer", ("when", "2026-03-06T15:00:00Z"))).Closed.ShouldBeTrue();
        (await GivenPair.Assignment(desk)).Turn!.DueAt.ShouldNotBe(moved);
    }

    [Fact]
    public async Task M1_MET_3_Figures_of_the_same_day_are_replaced_by_who_has_seen_them()
    {
        await using var desk = await Desk.Open();
        await desk.Types("lead", "/escalate customer measure acme mau 250");
        await desk.Types("tam", "/escalate customer edit acme usage");
        await desk.Passes(TimeSpan.FromMinutes(1));
        await desk.Types("lead", "/escalate customer measure acme seats 450/500 dau 90");
        var both = await desk.Submits("tam", ("dau", "120"), ("mau", "300"), ("deployed", "450"));
        both.FieldErrors.Keys.ShouldBe(["dau"]);
        both.FieldErrors["dau"].ShouldContain("“90”");
        (await Counted()).ShouldBe((90, 250));
        (
            await desk.Submits("tam", ("dau", "120"), ("mau", "300"), ("deployed", "450"))
        ).Closed.ShouldBeTrue();
        (await Counted()).ShouldBe((120, 300));

        async Task<(long? Dau, long? Mau)> Counted()
        {
            var figures = (await desk.CustomerOf("acme")).Figures;
            return (figures.Dau?.Count, figures.Mau?.Count);
        }
    }

    [Fact]
    public async Task M1_ESC_13_A_ticket_that_others_linked_is_replaced_by_who_has_seen_it()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        await desk.Types("engineer", "/escalate resolve ESC-1 what solved it");
        await desk.Types("lead", "/escalate link ESC-1 bug https://tickets.test/7");
        (string, object?)[] answers =
        [
            ("resolution", "Patched"),
            ("bug", "https://tickets.test/8"),
        ];
        (await desk.Submits("engineer", answers))
            .FieldErrors["bug"]
            .ShouldContain("“https://tickets.test/7”");
        (await desk.Submits("engineer", answers)).Closed.ShouldBeTrue();
        (await desk.Find(1))!.Work.Bug.ShouldBe("https://tickets.test/8");
    }

    [Fact]
    public async Task M3_A_reason_without_what_it_is_for_stays_in_the_form()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("engineer", "/escalate task ESC-1 2.3");
        (await desk.Submits("engineer", ("reason", "There is no bundle")))
            .FieldErrors["reason"]
            .ShouldContain("choose Skipped");
    }

    [Fact]
    public async Task M1_UPD_2_An_update_repeats_what_others_said_meanwhile_and_keeps_what_was_written()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("lead", "/escalate update ESC-1");
        await desk.Types("engineer", "/escalate update ESC-1");
        await desk.Submits(
            "engineer",
            ("summary", "The index is missing"),
            ("next", desk.Clock.GetUtcNow().AddHours(3))
        );
        (await desk.Submits("lead", ("notes", "Rebuilt on a copy"))).Error.ShouldStartWith(
            "While this form was open, @engineer posted status update 1 and ESC-1 was brought to Investigating."
        );
        (await desk.Submits("lead", ("notes", "Rebuilt on a copy"))).Closed.ShouldBeTrue();

        var latest = (await desk.Find(1))!.LastUpdate!;
        (latest.Number, latest.Summary, latest.Notes).ShouldBe(
            (2, "The index is missing", "Rebuilt on a copy")
        );
        latest.NextAt.ShouldBe(desk.Clock.GetUtcNow().AddHours(3));

        await desk.Types("lead", "/escalate update ESC-1");
        await desk.Types("engineer", "/escalate update ESC-1");
        await desk.Submits("engineer", ("summary", "It is rebuilt"), ("next_none", true));
        (await desk.Submits("lead", ("summary", "It is fast again"))).Closed.ShouldBeFalse();
        (await desk.Submits("lead", ("summary", "It is fast again"))).Closed.ShouldBeTrue();
        latest = (await desk.Find(1))!.LastUpdate!;
        (latest.Number, latest.Summary, latest.NextAt).ShouldBe((4, "It is fast again", null));
    }
}
