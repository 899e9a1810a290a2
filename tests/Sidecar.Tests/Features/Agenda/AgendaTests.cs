using Shouldly;
using Sidecar.Tests.Features.Assignments.Care;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Agenda;

using static AgendaDesk;

/// <summary>The agenda of the weekly meeting (WEEK-1).</summary>
public sealed class AgendaTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task WEEK_1_It_is_posted_once_a_day_before_and_kept_current_until_it_begins()
    {
        await using var desk = await Open();
        (await desk.Plans("wed 14:00 UTC")).Text.ShouldContain("The weekly meeting is Wed 14:00");
        desk.Cards(Room).ShouldBeEmpty();
        await desk.PassesTo(Staff.Day(3, 3, 14));
        desk.Agenda().ShouldContain("#### Weekly meeting, Wed 4 Mar 14:00 UTC");
        desk.Agenda().ShouldNotContain("ESC-1");

        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        await desk.Passes(TimeSpan.FromMinutes(5));
        desk.Agenda().ShouldContain("- **ESC-1** Acme: Search is slow · Sev 3 · accepted");
        await desk.RestartSidecar();
        await desk.PassesTo(Staff.Day(3, 4, 14));
        desk.Card(Room).FullAttachments[0].Title.ShouldBe("As it stood when the meeting began");

        // From then on it stays as it is.
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Passes(TimeSpan.FromHours(3));
        desk.Agenda().ShouldContain("· accepted");
        await desk.Passes(Day);
        desk.Card(Room).Buttons().ShouldBeEmpty();

        // The next week it is another one, with what has changed.
        await desk.PassesTo(Staff.Day(3, 10, 14));
        desk.Cards(Room).Count.ShouldBe(2);
        Desk.AsRead(desk.Cards(Room)[1].Message)
            .ShouldContain("· acknowledged, stale · @engineer *(last week: accepted)*");
        desk.Log.Errors.ShouldBeEmpty();
        desk.Mattermost.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task WEEK_1_Notes_and_decisions_stand_below_it_and_in_the_timeline_of_what_they_are_about()
    {
        await using var desk = await Open();
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        await desk.IsBehind();
        await desk.Plans("tue 14:00 UTC 2d before");
        await desk.Presses("engineer", desk.Card(Room), "Decision");
        (
            await desk.Submits("engineer", ("about", "ESC-1"), ("text", ""))
        ).FieldErrors.Keys.ShouldBe(["text"]);
        (
            await desk.Submits(
                "engineer",
                ("about", "ESC-1"),
                ("text", "We move it to a new index")
            )
        ).Closed.ShouldBeTrue();
        await desk.Presses("tam", desk.Card(Room), "Note");
        await desk.Submits(
            "tam",
            ("about", "customer:acme"),
            ("text", "They train @channel in April")
        );
        await desk.Presses("tam", desk.Card(Room), "Note");
        await desk.Submits("tam", ("about", "meeting"), ("text", "Next week without @lead"));

        var agenda = desk.Agenda();
        agenda.ShouldContain(
            "##### Decisions\n- **ESC-1 Acme**: We move it to a new index (@engineer)"
        );
        agenda.ShouldContain("- **Acme**: They train @channel in April (@tam)");
        agenda.ShouldContain("- Next week without @lead (@tam)");
        desk.Card(Room).Message.ShouldNotContain("@channel");
        (await desk.Types("engineer", "/escalate timeline ESC-1")).Text.ShouldContain(
            "recorded a decision from the weekly meeting of 2026-03-03: We move it to a new index"
        );
        (await desk.Types("tam", "/escalate customer timeline acme")).Text.ShouldContain(
            "took a note in the weekly meeting of 2026-03-03"
        );
        // Who has no role reads that there was a decision, not which.
        await desk.Hires("colleague");
        var open = (await desk.Types("colleague", "/escalate timeline ESC-1")).Text;
        open.ShouldContain("recorded a decision from the weekly meeting of 2026-03-03.");
        open.ShouldNotContain("new index");
        // Its own thread is not told: it may be read by others.
        desk.Thread(desk.Cards()[^1]).ShouldNotContain(t => t.Contains("new index"));
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task WEEK_1_Notes_are_closed_with_the_meeting()
    {
        await using var desk = await Open();
        await desk.Plans("tue 14:00 UTC 2d before");
        await desk.PassesTo(Staff.Day(3, 3, 15));
        var seen = desk.Card(Room);
        await desk.Presses("engineer", seen, "Note");
        await desk.PassesTo(Staff.Day(3, 4, 3));
        var late = await desk.Submits("engineer", ("text", "Too late"));
        late.Closed.ShouldBeFalse();
        late.Error.ShouldContain("closed");
        (await desk.PressesLate("engineer", seen, "Note")).ShouldContain("is over");
        desk.Agenda().ShouldNotContain("Too late");
    }

    [Fact]
    public async Task WEEK_1_Everything_to_talk_about_is_there_in_its_order_without_revenue()
    {
        await using var desk = await Open();
        await desk.IsBehind();
        await desk.Has(desk.Assignment() with { MissedInARow = 2, MissedSince = new(2026, 2, 16) });
        await desk.Types("tam", "/escalate new acme sev1 Nobody can log in");
        await desk.Plans("tue 14:00 UTC 2d before");
        var agenda = desk.Agenda();
        string[] titles =
        [
            "Top of the priority list",
            "Open Sev 1, and retrospectives",
            "Service requests awaiting sign-off",
            "Implementation hand-offs in the next 3 weeks",
            "Customers behind their adoption target",
            "Missed check-ins",
        ];
        titles
            .Select(t => agenda.IndexOf($"##### {t}", StringComparison.Ordinal))
            .ShouldBe(
                titles.Select(t => agenda.IndexOf($"##### {t}", StringComparison.Ordinal)).Order()
            );
        agenda.ShouldContain(
            "- **Acme**: 41 % of the seats in use, the target for day 300 is 75 % · CE @ce · TAM @tam"
        );
        agenda.ShouldContain("2 missed in a row, since the week of 2026-02-16");
        agenda.ShouldNotContain("120,000");
        agenda.ShouldNotContain("ARR");
        agenda.ShouldNotContain("USD");
        (await desk.Types("tam", "/escalate agenda")).Text.ShouldContain("41 % of the seats");
    }

    [Fact]
    public async Task WEEK_1_PB_7_Of_what_follows_an_outage_the_agenda_names_what_is_due_next()
    {
        await using var desk = await Open("{}");
        await desk.Types("tam", "/escalate new acme sev1 Nobody can log in");
        await desk.Types("engineer", "/escalate resolve ESC-1 Rolled back");
        await desk.Types("engineer", "/escalate confirm ESC-1 Their administrator");
        await desk.Plans("wed 14:00 UTC 3d before");
        await desk.Passes(TimeSpan.FromMinutes(5));
        desk.Agenda()
            .ShouldContain("8.1 “Hold the retrospective, within 1 busine…” due 2026-03-03");
        await desk.Types("engineer", "/escalate task ESC-1 8.1 done");
        await desk.Passes(TimeSpan.FromMinutes(5));
        desk.Agenda().ShouldNotContain("8.1 “");
        desk.Agenda().ShouldContain("” due 2026-03-04");
    }

    [Fact]
    public async Task WEEK_1_ASG_4_It_is_for_people_of_ours()
    {
        await using var desk = await Open();
        (
            await desk.Types("lead", "/escalate agenda set tue 14:00", Desk.Square)
        ).Text.ShouldContain("can’t be internal");
        (await desk.Types("engineer", "/escalate agenda set tue 14:00", Room)).Text.ShouldContain(
            "DE lead"
        );
        await desk.Hires("colleague");
        (await desk.Types("colleague", "/escalate agenda")).Text.ShouldNotContain("#####");
        await desk.IsBehind();
        await desk.Plans("wed 14:00 UTC");
        desk.Mattermost.Join(Room, "guest");
        await desk.Passes(Day + Day);
        desk.Cards(Room).ShouldBeEmpty();
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task WEEK_1_No_meeting_is_held_on_a_holiday()
    {
        await using var desk = await Open(
            settings: """{ "team": { "holidays": [ { "date": "2026-03-03", "name": "Day off" } ] } }"""
        );
        (await desk.Plans("tue 14:00 UTC")).Text.ShouldContain("Mon 9 Mar 14:00");
        await desk.PassesTo(Staff.Day(3, 8, 9));
        desk.Cards(Room).ShouldBeEmpty();
        await desk.PassesTo(Staff.Day(3, 9, 14));
        desk.Agenda().ShouldContain("Tue 10 Mar 14:00");
    }

    [Fact]
    public async Task WEEK_1_It_follows_the_clock_on_the_wall_when_that_is_changed()
    {
        await using var desk = await Open(at: Staff.Day(3, 23, 9));
        await desk.Plans("tue 14:00 Europe/Berlin 2h before");
        await desk.PassesTo(new DateTimeOffset(2026, 3, 24, 10, 59, 0, TimeSpan.Zero));
        desk.Cards(Room).ShouldBeEmpty();
        await desk.PassesTo(Staff.Day(3, 24, 11));
        desk.Agenda().ShouldContain("Tue 24 Mar 14:00 Europe/Berlin");
        // The clocks went forward on Sunday: 14:00 is 12:00 UTC now.
        await desk.PassesTo(new DateTimeOffset(2026, 3, 31, 9, 59, 0, TimeSpan.Zero));
        desk.Cards(Room).Count.ShouldBe(1);
        await desk.PassesTo(Staff.Day(3, 31, 10));
        desk.Cards(Room).Count.ShouldBe(2);
    }

    [Fact]
    public async Task WEEK_1_ALL_5_A_meeting_that_began_while_nobody_ran_is_passed_over()
    {
        await using var desk = await Open();
        await desk.Plans("tue 14:00 UTC 2h before");
        await desk.PassesWhileDown(Day + Day);
        desk.Cards(Room).ShouldBeEmpty();
        await desk.PassesTo(Staff.Day(3, 10, 12));
        desk.Agenda().ShouldContain("Tue 10 Mar 14:00");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task WEEK_1_ALL_2_What_can_t_be_read_is_said_and_off_ends_it()
    {
        await using var desk = await Open();
        foreach (
            var (words, said) in new[]
            {
                ("sometime", "not a day of the week with a time"),
                ("daily 14:00", "not a day of the week with a time"),
                ("tue 14:00 5 eons before", "up to 6 days"),
                ("tue 14:00 9d before", "up to 6 days"),
            }
        )
        {
            (await desk.Plans(words)).Text.ShouldContain(said, Case.Sensitive, words);
        }

        await desk.Plans("tue 14:00 UTC 4h before");
        (await desk.Plans("tue 14:00 UTC 4h before")).Text.ShouldContain("Nothing was changed");
        (await desk.Plans("off")).Text.ShouldContain("No agenda is posted any more");
        await desk.Passes(Day + Day);
        desk.Cards(Room).ShouldBeEmpty();
    }

    [Fact]
    public async Task WEEK_1_A_meeting_that_is_moved_says_so_where_its_agenda_stands()
    {
        await using var desk = await Open();
        await desk.Plans("wed 14:00 UTC 3d before");
        desk.Agenda().ShouldContain("Wed 4 Mar 14:00 UTC");
        await desk.Plans("thu 10:00 UTC 4d before");
        desk.Cards(Room).Count.ShouldBe(2);
        var old = desk.Cards(Room)[0];
        old.Message.ShouldContain("is not held at that time. The next one is Thu 5 Mar 10:00 UTC.");
        old.Buttons().ShouldBeEmpty();
        // How long before it is posted is no other meeting.
        await desk.Plans("thu 10:00 UTC 5d before");
        desk.Cards(Room).Count.ShouldBe(2);
        await desk.Plans("off");
        desk.Cards(Room)[1].Message.ShouldContain("No other one is planned");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task WEEK_1_The_form_plans_it_too()
    {
        await using var desk = await Open();
        await desk.Types("lead", "/escalate agenda set", Room);
        (
            await desk.Submits("lead", ("when", "never"), ("ahead", "120m"))
        ).FieldErrors.Keys.ShouldBe(["when"]);
        var done = await desk.Submits("lead", ("when", "Tue 2pm UTC"), ("ahead", "120m"));
        done.Closed.ShouldBeTrue($"{done.Error} {string.Join(' ', done.FieldErrors.Values)}");
        await desk.DoesNotLook();
        await desk.PassesTo(Staff.Day(3, 3, 12));
        desk.Agenda().ShouldContain("Tue 3 Mar 14:00 UTC");
    }
}
