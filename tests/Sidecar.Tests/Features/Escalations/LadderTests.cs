using Shouldly;
using Sidecar.Features.Escalations;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>What nobody acknowledges climbs: each rung at its time, once (ESC-8, ALL-5).</summary>
public sealed class LadderTests
{
    private const string Alarm = ":alarm_clock:";
    private static readonly string[] Ladder = ["engineer", "backup", "lead", "executive"];

    [Theory]
    [InlineData("sev1", 15, 4)]
    [InlineData("sev2", 60, 3)]
    public async Task ESC_8_By_the_clock_every_rung_is_told_at_its_time_and_once(
        string severity,
        int minutes,
        int rungs
    )
    {
        await using var desk = await OnDuty(Desk.WithoutIncidents);
        await desk.Types("tam", $"/escalate new acme {severity} Down");
        var raised = desk.Clock.GetUtcNow();
        await desk.Passes(TimeSpan.FromMinutes(minutes) - TimeSpan.FromMilliseconds(1));
        desk.Thread(desk.Card()).ShouldBeEmpty();

        await desk.Passes(TimeSpan.FromDays(5));

        Told(desk)
            .ShouldBe(
                Enumerable
                    .Range(0, rungs)
                    .Select(i => (Ladder[i], raised.AddMinutes(minutes * (i + 1))))
            );
        desk.Thread(desk.Card()).Count.ShouldBe(rungs);
        desk.Thread(desk.Card())[0]
            .ShouldContain("Reminded: the owner or the engineer on duty @engineer.");
        (await desk.Due(ReminderPlan.Climb)).ShouldBeNull();
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ESC_8_A_Sev_3_waits_working_days_over_the_weekend_and_a_holiday()
    {
        await using var desk = await OnDuty(
            """{ "team": { "holidays": [{ "date": "2026-03-09", "name": "Founders' day" }] } }"""
        );
        await desk.PassesTo(Day(6, 10));
        await desk.Types("tam", "/escalate new acme sev3 Down");
        await desk.PassesTo(Day(31, 10));
        Told(desk)
            .ShouldBe([("engineer", Day(10, 10)), ("backup", Day(11, 10)), ("lead", Day(12, 10))]);
    }

    [Fact]
    public async Task ESC_8_A_Sev_4_waits_three_working_days_from_the_next_morning_on()
    {
        await using var desk = await OnDuty();
        await desk.PassesTo(Day(2, 20));
        await desk.Types("tam", "/escalate new acme sev4 Slow");
        await desk.PassesTo(Day(31, 10));
        Told(desk)
            .ShouldBe([("engineer", Day(6, 9)), ("backup", Day(11, 9)), ("lead", Day(16, 9))]);
    }

    [Fact]
    public async Task ESC_8_A_rung_without_people_is_passed_over_at_once()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.Passes(TimeSpan.FromDays(1));
        Told(desk)
            .ShouldBe([
                ("lead", Desk.Morning.AddMinutes(15)),
                ("executive", Desk.Morning.AddMinutes(30)),
            ]);
        desk.Thread(desk.Card())[0]
            .ShouldContain("the owner or the engineer on duty (nobody is named for it)");
    }

    [Fact]
    public async Task ESC_8_ALL_5_Passed_over_rungs_take_no_time_while_the_process_was_down_either()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.PassesWhileDown(TimeSpan.FromMinutes(40));
        Told(desk).Select(t => t.Who).ShouldBe(["lead", "executive"]);
        desk.Thread(desk.Card()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task ESC_8_Nobody_on_any_rung_is_said_once_and_breaks_nothing()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Revokes("lead", Role.DeploymentEngineeringLead);
        await desk.Revokes("executive", Role.Executive);
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.Passes(TimeSpan.FromDays(2));
        desk.Thread(desk.Card())
            .ShouldHaveSingleItem()
            .ShouldContain("the executive (nobody is named for it)");
        (await desk.Due(ReminderPlan.Climb)).ShouldBeNull();
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ESC_8_The_owner_is_reminded_before_whoever_is_on_duty()
    {
        await using var desk = await OnDuty();
        await desk.Hires("other", Role.SupportEngineer);
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.Types("lead", "/escalate assign ESC-1 @other");
        await desk.Passes(TimeSpan.FromMinutes(15));
        desk.TimesOf("other", Alarm).Count.ShouldBe(1);
        desk.TimesOf("engineer", Alarm).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ack ESC-1")]
    [InlineData("resolve ESC-1 Rolled back")]
    [InlineData("decline ESC-1 Not ours")]
    public async Task ESC_8_Whoever_takes_care_of_it_stops_the_ladder(string line)
    {
        await using var desk = await OnDuty();
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.Passes(TimeSpan.FromMinutes(20));
        await desk.Types("lead", $"/escalate {line}");
        await desk.Passes(TimeSpan.FromMinutes(50));
        Told(desk).ShouldBe([("engineer", Desk.Morning.AddMinutes(15))]);
        (await desk.Due(ReminderPlan.Climb)).ShouldBeNull();
    }

    [Fact]
    public async Task ESC_8_Another_severity_counts_from_the_change()
    {
        await using var desk = await OnDuty();
        await desk.Types("tam", "/escalate new acme sev3 Down");
        await desk.Passes(TimeSpan.FromMinutes(100));
        await desk.Types("tam", "/escalate edit ESC-1 severity sev1");
        var changed = desk.Clock.GetUtcNow();
        await desk.Passes(TimeSpan.FromMinutes(31));
        await desk.Types("tam", "/escalate edit ESC-1 severity sev2");
        var again = desk.Clock.GetUtcNow();
        await desk.Passes(TimeSpan.FromDays(1));
        Told(desk)
            .ShouldBe([
                ("engineer", changed.AddMinutes(15)),
                ("backup", changed.AddMinutes(30)),
                ("lead", again.AddMinutes(60)),
            ]);
    }

    [Fact]
    public async Task ESC_8_ALL_5_Rungs_whose_times_passed_while_it_was_down_are_told_in_one_message()
    {
        await using var desk = await OnDuty(Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.PassesWhileDown(TimeSpan.FromMinutes(50));
        desk.Thread(desk.Card())
            .ShouldHaveSingleItem()
            .ShouldBe(
                ":alarm_clock: Nobody has acknowledged this for 50 min. Reminded: the owner or the engineer on duty @engineer, the back-up @backup, the DE lead @lead."
            );
        Told(desk).Count.ShouldBe(3);
        await desk.RestartSidecar();
        await desk.Passes(TimeSpan.FromMinutes(9));
        Told(desk).Count.ShouldBe(3);
        await desk.Passes(TimeSpan.FromMinutes(1));
        Told(desk)[^1].ShouldBe(("executive", Desk.Morning.AddMinutes(60)));
    }

    [Fact]
    public async Task ALL_5_Restarts_between_rungs_neither_lose_nor_double_one()
    {
        await using var desk = await OnDuty();
        await desk.Types("tam", "/escalate new acme sev1 Down");
        for (var i = 0; i < 5; i++)
        {
            await desk.RestartSidecar();
            await desk.Passes(TimeSpan.FromMinutes(15));
        }

        Told(desk)
            .ShouldBe(Ladder.Select((who, i) => (who, Desk.Morning.AddMinutes(15 * (i + 1)))));
    }

    [Fact]
    public async Task ALL_5_A_clock_that_is_set_back_tells_nobody_twice()
    {
        await using var desk = await OnDuty();
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.Passes(TimeSpan.FromMinutes(16));
        desk.Clock.SetWall(Desk.Morning.AddMinutes(-30));
        await desk.Settled();
        await desk.RestartSidecar();
        await desk.Passes(TimeSpan.FromMinutes(46));
        Told(desk).Select(t => t.Who).ShouldBe(["engineer"]);
        await desk.PassesTo(Desk.Morning.AddHours(2));
        Told(desk).Select(t => t.Who).ShouldBe(Ladder);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ESC_8_What_is_accepted_again_begins_its_ladder_anew()
    {
        await using var desk = await OnDuty();
        await desk.Types("tam", "/escalate new acme sev2 Down");
        await desk.Passes(TimeSpan.FromHours(4));
        await desk.Types("tam", "/escalate edit ESC-1 category bug");
        await desk.Passes(TimeSpan.FromHours(4));
        await desk.Types("lead", "/escalate accept ESC-1 They churn");
        var again = desk.Clock.GetUtcNow();
        await desk.Passes(TimeSpan.FromHours(1));
        Told(desk).Count.ShouldBe(4);
        desk.TimesOf("engineer", Alarm)[^1].ShouldBe(again.AddHours(1));
    }

    [Fact]
    public async Task A_wait_that_the_settings_do_not_name_keeps_its_default()
    {
        await using var desk = await OnDuty(
            """{ "escalations": { "acknowledge": { "sev1": "5m", "sev3": null } } }"""
        );
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.Types("tam", "/escalate new acme-labs sev2 Down");
        await desk.Knows("third", "Third", 90_000);
        await desk.Types("tam", "/escalate new third sev3 Down");
        (await desk.Due(ReminderPlan.Climb, 1)).ShouldBe(Desk.Morning.AddMinutes(5));
        (await desk.Due(ReminderPlan.Climb, 2)).ShouldBe(Desk.Morning.AddHours(1));
        (await desk.Due(ReminderPlan.Climb, 3)).ShouldBeNull();
    }

    private static DateTimeOffset Day(int day, int hour) =>
        new(2026, 3, day, hour, 0, 0, TimeSpan.Zero);

    private static async Task<Desk> OnDuty(string? settings = null)
    {
        var desk = await Desk.Open(settings: settings);
        await desk.Hires("backup", Role.DeploymentEngineer);
        (await desk.Types("lead", "/escalate duty @engineer @backup")).Text.ShouldBe(
            "On duty: @engineer, backed up by @backup."
        );
        return desk;
    }

    private static IReadOnlyList<(string Who, DateTimeOffset At)> Told(Desk desk) =>
        [
            .. Ladder
                .Where(who => desk.Mattermost.Users.Any(u => u.Username == who))
                .SelectMany(who => desk.TimesOf(who, Alarm).Select(at => (who, at)))
                .OrderBy(t => t.at),
        ];
}
