using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Workload;
using Sidecar.Ids;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.Care;

/// <summary>How much each engineer has to do (MET-5), and who is suggested (ASG-12).</summary>
public sealed class LoadTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);

    [Fact]
    public async Task MET_5_The_load_of_engineers_is_shown_the_most_loaded_first()
    {
        await using var desk = await Staff.Open();
        await desk.Has(
            desk.Assignment() with
            {
                Engineer = desk.IdOf("second"),
                BackUp = desk.IdOf("third"),
                Turn = new CheckInTurn(Monday, Staff.Day(3, 5, 9))
                {
                    NextStepAt = Staff.Day(3, 5, 9),
                },
            }
        );
        await desk.Types("tam", "/escalate new acme sev1 Down");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("second", "/escalate overload Help");
        desk.Mattermost.SetCustomStatus("third", "vacation");

        var rows = (await desk.Types("lead", "/escalate load"))
            .Text.Split('\n')
            .Where(l => l.StartsWith("| @", StringComparison.Ordinal))
            .ToList();

        rows.Count.ShouldBe(3);
        rows[0].ShouldStartWith("| @engineer | 8 | 1 Sev 1 |");
        rows[1].ShouldStartWith("| @second :rotating_light: overloaded | 4 |");
        rows[1].ShouldContain("| 1 assignment, 1 check-in this week |");
        rows[2].ShouldStartWith("| @third out of office | 1 | back-up of 1 |");
        rows[2].ShouldContain("09:00–17:00 UTC");
        (await desk.Types("tam", "/escalate load")).Text.ShouldContain("you need");
    }

    [Fact]
    public async Task MET_5_What_is_closed_counts_no_more()
    {
        await using var desk = await Staff.Open();
        await desk.Types("tam", "/escalate new acme sev2 Slow");
        await desk.Types("engineer", "/escalate ack ESC-1");
        (await desk.Types("lead", "/escalate load")).Text.ShouldContain("| @engineer | 4 |");
        await desk.Types("engineer", "/escalate resolve ESC-1 Restarted");
        (await desk.Types("lead", "/escalate load")).Text.ShouldContain(
            "| @engineer | 0 | nothing |"
        );
    }

    [Fact]
    public async Task ASG_12_Suggestions_leave_out_who_is_overloaded_or_away_and_say_why()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment());
        await desk.Hires("fourth", Sidecar.People.Role.SupportEngineer);
        await desk.Types("second", "/escalate overload Help");
        desk.Mattermost.SetCustomStatus("third", "vacation");
        var answer = (await desk.Types("lead", "/escalate engineer candidates acme")).Text;
        answer.ShouldContain("1. @fourth: 0 points: load 0 (0 assignments); 8 h a day with the CE");
        answer.ShouldNotContain("@second");
        answer.ShouldNotContain("@third");
        answer.ShouldNotContain("@engineer:");
        answer.ShouldContain("customer edit acme");
        (await desk.Types("lead", "/escalate engineer candidates acne")).Text.ShouldContain(
            "Did you mean"
        );
    }

    [Theory]
    [InlineData("Europe/Berlin", "Europe/Berlin", 8)]
    [InlineData("Europe/Berlin", "Europe/London", 7)]
    [InlineData("Europe/Berlin", "America/New_York", 2)]
    [InlineData("Asia/Tokyo", "America/Los_Angeles", 0.8)]
    [InlineData("Pacific/Auckland", "America/Los_Angeles", 4)]
    [InlineData("Asia/Tokyo", "Australia/Sydney", 6)]
    [InlineData("Europe/Berlin", "Asia/Tokyo", 0)]
    public void ASG_12_Shared_hours_of_a_working_day(string mine, string theirs, double hours) =>
        Math.Round(Week(mine).SharedWith(Week(theirs), Monday), 1).ShouldBe(hours);

    [Fact]
    public void ASG_12_Who_works_half_days_misses_nothing_when_these_are_shared()
    {
        var half = Week("UTC") with
        {
            Hours = new WorkingHours { From = new(540), To = new(780) },
        };
        Rate(half, Week("UTC"), Week("UTC")).Total.ShouldBe(0);
        Rate(Week("Asia/Tokyo"), Week("UTC"), null).Total.ShouldBe(8);
        Rate(Week("Asia/Tokyo"), null, null).Total.ShouldBe(0);
    }

    [Fact]
    public void MET_5_Weights_are_settings_and_are_checked()
    {
        new AssignmentSettings().Problems().ShouldBeEmpty();
        new AssignmentSettings
        {
            Load = new LoadWeights { Sev1 = -1, BackUp = 101 },
        }
            .Problems()
            .Select(p => p.Key)
            .ShouldBe(["load.backUp", "load.sev1"]);
        new AssignmentSettings { Load = null!, DocumentsCurrentDays = 0 }
            .Problems()
            .Select(p => p.Key)
            .ShouldBe(["load", "documentsCurrentDays"]);
        var load = new PersonLoad(new UserId("se"), [], [], [1, 1, 1, 1], 2);
        load.Points(new LoadWeights()).ShouldBe(8 + 4 + 2 + 1 + 2);
        load.Points(new LoadWeights { Sev1 = 0, CheckIn = 5 }).ShouldBe(4 + 2 + 1 + 10);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void MET_5_A_week_ends_with_Sunday(int day) =>
        Loads.WeekEnds(Staff.Day(3, day, 12), TimeZoneInfo.Utc).ShouldBe(Staff.Day(3, 9, 0));

    private static CandidateEngineer Rate(
        WorkingWeek week,
        WorkingWeek? ce,
        WorkingWeek? customer
    ) =>
        SuggestedEngineers.Rate(
            new PersonLoad(new UserId("se"), [], [], [0, 0, 0, 0], 0),
            week,
            new WorkingWith(ce, customer),
            new LoadWeights(),
            Monday
        );

    private static WorkingWeek Week(string zone) =>
        new(
            new WorkingHours(),
            new TeamTimeSettings().WorkingDays.ToList(),
            TimeZoneInfo.FindSystemTimeZoneById(zone)
        );
}
