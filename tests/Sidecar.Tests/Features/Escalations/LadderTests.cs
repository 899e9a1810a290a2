using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>What nobody acknowledges climbs: each rung at its time, once (ESC-8, ALL-5).</summary>
public sealed class LadderTests
{
    private const string Alarm = ":alarm_clock:";
    private const string Call = ":telephone_receiver:";
    private static readonly string[] Ladder = ["engineer", "backup", "lead", "executive"];

    [Theory]
    [InlineData("sev1", 15, 4, 0)]
    [InlineData("sev2", 60, 3, 1)]
    public async Task ESC_8_By_the_clock_every_rung_is_told_once_a_round_until_somebody_acknowledges(
        string severity,
        int minutes,
        int rungs,
        int first
    )
    {
        await using var desk = await OnDuty(Desk.WithoutIncidents);
        await desk.Types("tam", $"/escalate new acme {severity} Down");
        var raised = desk.Clock.GetUtcNow();
        await desk.Passes(TimeSpan.FromMinutes(minutes) - TimeSpan.FromMilliseconds(1));
        desk.Thread(desk.Card()).ShouldBeEmpty();

        await desk.Passes(TimeSpan.FromMinutes(minutes * 3 * rungs));

        var expected = Enumerable
            .Range(0, (3 * rungs) + 1 - first)
            .Select(i => (Ladder[i % rungs], raised.AddMinutes(minutes * (i + first))))
            .ToList();
        Told(desk).ShouldBe(expected);
        desk.Thread(desk.Card()).Count.ShouldBe(expected.Count - 1 + first);
        desk.Thread(desk.Card())[^1].ShouldContain("Reminded: the ");

        await desk.Types("backup", "/escalate ack ESC-1");
        (await desk.Due(ReminderPlan.Climb)).ShouldBeNull();
        await desk.Passes(TimeSpan.FromMinutes(minutes * rungs));
        Told(desk).ShouldBe(expected);
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
        await desk.Passes(TimeSpan.FromMinutes(50));
        Told(desk)
            .ShouldBe([
                ("lead", Desk.Morning),
                ("executive", Desk.Morning.AddMinutes(15)),
                ("lead", Desk.Morning.AddMinutes(30)),
                ("executive", Desk.Morning.AddMinutes(45)),
            ]);
        desk.MessagesTo("lead")[0]
            .Message.ShouldStartWith(":telephone_receiver: Nobody is on duty");
        desk.Thread(desk.Card())[1]
            .ShouldContain("the owner or the engineer on duty (nobody is named for it)");
        desk.Card().Field("Owner").ShouldBe("nobody yet · called: @lead");
    }

    [Fact]
    public async Task ESC_8_ALL_5_Passed_over_rungs_take_no_time_while_the_process_was_down_either()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.PassesWhileDown(TimeSpan.FromMinutes(40));
        Told(desk).Select(t => t.Who).ShouldBe(["lead", "lead", "executive"]);
        desk.Thread(desk.Card()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task ESC_8_With_nobody_on_any_rung_it_reaches_the_administrators()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Revokes("lead", Role.DeploymentEngineeringLead);
        await desk.Revokes("executive", Role.Executive);
        await desk.Types("tam", "/escalate new acme sev1 Down");
        desk.Thread(desk.Card())
            .ShouldHaveSingleItem()
            .ShouldContain(
                "the executive (nobody is named for it), the administrators, since nobody else is there @admin"
            );
        var call = desk.MessagesTo(Desk.Admin)[^1];
        call.Message.ShouldContain("reaches only you");
        call.Buttons().ShouldContain("Acknowledge");
        await desk.Passes(TimeSpan.FromMinutes(31));
        desk.TimesOf(Desk.Admin, Alarm).Count.ShouldBe(2);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task ESC_8_The_owner_is_reminded_before_whoever_is_on_duty()
    {
        await using var desk = await OnDuty();
        await desk.Hires("other", Role.SupportEngineer);
        await desk.Types("tam", "/escalate new acme sev2 Down");
        await desk.Types("lead", "/escalate assign ESC-1 @other");
        await desk.Passes(TimeSpan.FromMinutes(60));
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
        Told(desk).ShouldBe([("engineer", Desk.Morning), ("backup", Desk.Morning.AddMinutes(15))]);
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
        await desk.Passes(TimeSpan.FromMinutes(61));
        Told(desk)
            .ShouldBe([
                ("engineer", changed),
                ("backup", changed.AddMinutes(15)),
                ("lead", changed.AddMinutes(30)),
                ("engineer", again.AddMinutes(60)),
            ]);
    }

    [Fact]
    public async Task ESC_8_ALL_5_Rungs_whose_times_passed_while_it_was_down_are_told_in_one_message()
    {
        await using var desk = await OnDuty(Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.PassesWhileDown(TimeSpan.FromMinutes(50));
        desk.Thread(desk.Card())
            .ShouldBe([
                ":alarm_clock: Nobody has acknowledged this for 50 min. Reminded: the back-up @backup, the DE lead @lead, the executive @executive.",
            ]);
        Told(desk).Count.ShouldBe(4);
        await desk.RestartSidecar();
        await desk.Passes(TimeSpan.FromMinutes(9));
        Told(desk).Count.ShouldBe(4);
        await desk.Passes(TimeSpan.FromMinutes(1));
        Told(desk)[^1].ShouldBe(("engineer", Desk.Morning.AddMinutes(60)));
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
            .ShouldBe(
                Enumerable.Range(0, 6).Select(i => (Ladder[i % 4], Desk.Morning.AddMinutes(15 * i)))
            );
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
        Told(desk).Select(t => t.Who).ShouldBe(["engineer", "backup"]);
        await desk.PassesTo(Desk.Morning.AddHours(2));
        Told(desk).Select(t => t.Who).Take(4).ShouldBe(Ladder);
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
        Told(desk).Count.ShouldBe(5);
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
                .SelectMany(who =>
                    desk.TimesOf(who, Alarm).Concat(desk.TimesOf(who, Call)).Select(at => (who, at))
                )
                .OrderBy(t => t.at),
        ];
}
