using Shouldly;
using Sidecar.Tests.Features.Assignments.Care;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Features.MySummary;

/// <summary>The summary by direct message, once every working day (WEEK-2). It is Mon 2 Mar 2026 09:00 UTC.</summary>
public sealed class DailySummaryTests
{
    private const string Day = ":sunny:";

    [Fact]
    public async Task WEEK_2_It_comes_at_the_chosen_time_on_working_days_once()
    {
        await using var desk = await WithWork();
        (await desk.Types("engineer", "/escalate me daily 8:30")).Text.ShouldContain("08:30 (UTC)");
        await desk.PassesTo(Staff.Day(3, 9, 12));
        desk.TimesOf("engineer", Day)
            .ShouldBe([
                Staff.Day(3, 3, 8, 30),
                Staff.Day(3, 4, 8, 30),
                Staff.Day(3, 5, 8, 30),
                Staff.Day(3, 6, 8, 30),
                Staff.Day(3, 9, 8, 30),
            ]);
        desk.MessagesTo("engineer")[^1].Message.ShouldContain("ESC-1");

        (await desk.Types("engineer", "/escalate me daily off")).Text.ShouldContain("any more");
        await desk.Passes(TimeSpan.FromDays(7));
        desk.TimesOf("engineer", Day).Count.ShouldBe(5);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task WEEK_2_Nothing_is_sent_when_there_is_nothing_or_they_are_away()
    {
        await using var desk = await WithWork();
        await desk.Types("executive", "/escalate me daily 8:30");
        await desk.Types("engineer", "/escalate me daily 8:30");
        desk.Mattermost.SetCustomStatus("engineer", "vacation");
        await desk.Passes(TimeSpan.FromDays(3));
        desk.TimesOf("executive", Day).ShouldBeEmpty();
        desk.TimesOf("engineer", Day).ShouldBeEmpty();
    }

    [Fact]
    public async Task WEEK_2_By_the_clock_of_their_zone()
    {
        await using var desk = await Staff.Open();
        desk.Mattermost.AddUser("york", timezone: "America/New_York");
        await desk.Meets("york");
        await desk.Has(desk.Assignment() with { Engineer = desk.IdOf("york") });
        await desk.Types("york", "/escalate me daily 8:30");
        await desk.PassesTo(Staff.Day(3, 10, 0));
        // Their clocks go forward on the 8th.
        desk.TimesOf("york", Day)
            .ShouldBe([
                Staff.Day(3, 2, 13, 30),
                Staff.Day(3, 3, 13, 30),
                Staff.Day(3, 4, 13, 30),
                Staff.Day(3, 5, 13, 30),
                Staff.Day(3, 6, 13, 30),
                Staff.Day(3, 9, 12, 30),
            ]);
    }

    [Fact]
    public async Task WEEK_2_ALL_5_After_downtime_it_comes_once_and_not_in_the_night()
    {
        await using var desk = await WithWork();
        await desk.Types("engineer", "/escalate me daily 8:30");
        // Wednesday 11:00: what was missed is one message.
        await desk.PassesWhileDown(TimeSpan.FromHours(50));
        desk.TimesOf("engineer", Day).ShouldBe([Staff.Day(3, 4, 11)]);
        await desk.RestartSidecar();
        await desk.Passes(TimeSpan.FromHours(3));
        desk.TimesOf("engineer", Day).Count.ShouldBe(1);
        // Thursday 22:00: nobody is told at night; the next one comes in the morning.
        await desk.PassesWhileDown(TimeSpan.FromHours(32));
        await desk.PassesTo(Staff.Day(3, 6, 9));
        desk.TimesOf("engineer", Day).ShouldBe([Staff.Day(3, 4, 11), Staff.Day(3, 6, 8, 30)]);
    }

    [Fact]
    public async Task WEEK_2_A_changed_time_does_not_bring_a_second_one_on_the_same_day()
    {
        await using var desk = await WithWork();
        await desk.Types("engineer", "/escalate me daily 10:00");
        await desk.PassesTo(Staff.Day(3, 2, 11));
        await desk.Types("engineer", "/escalate me daily 12:00");
        await desk.PassesTo(Staff.Day(3, 3, 11, 59));
        desk.TimesOf("engineer", Day).ShouldBe([Staff.Day(3, 2, 10)]);
        await desk.PassesTo(Staff.Day(3, 3, 12));
        desk.TimesOf("engineer", Day).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("8:30", 510)]
    [InlineData("08:30", 510)]
    [InlineData("8.30", 510)]
    [InlineData("8am", 480)]
    [InlineData("12am", 0)]
    [InlineData("12:15 PM", 735)]
    [InlineData("17", 1020)]
    [InlineData("24:00", 1440)]
    [InlineData("8:30\u00A0am", 510)]
    [InlineData("8.30 a.m.", 510)]
    [InlineData("at noon", 720)]
    [InlineData("midnight", 1440)]
    [InlineData("０８：３０", 510)]
    [InlineData("\u202A8:30\u202C", 510)]
    [InlineData("9-17", null)]
    [InlineData("13pm", null)]
    [InlineData("8:60", null)]
    [InlineData("noonish", null)]
    [InlineData("-1", null)]
    [InlineData("", null)]
    public void T3_Times_of_day_as_people_type_them(string typed, int? minutes) =>
        TypedClock.Read(typed).ShouldBe(minutes is { } m ? new TimeOfDay(m) : null);

    [Fact]
    public async Task WEEK_2_ALL_2_What_is_no_time_is_said()
    {
        await using var desk = await Staff.Open();
        var answer = (await desk.Types("engineer", "/escalate me daily soonish @all")).Text;
        answer.ShouldContain("is not a time of day");
        (await desk.Types("engineer", "/escalate me daily")).Text.ShouldContain("no daily summary");
        (await desk.Types("engineer", "/escalate me daily off")).Text.ShouldContain(
            "nothing was changed"
        );
    }

    private static async Task<Desk> WithWork()
    {
        var desk = await Staff.Open();
        await desk.Types("tam", "/escalate new acme sev4 Slow");
        await desk.Types("engineer", "/escalate ack ESC-1");
        return desk;
    }
}
