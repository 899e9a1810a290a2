using Shouldly;
using Sidecar.Features.Agenda;
using Sidecar.Features.PersonalHours;
using Sidecar.Tests.Features.Agenda;
using Sidecar.Tests.Harness;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Interactions;

/// <summary>From one time to another, lengths and days (T1, T3): read whole, or asked about.</summary>
public sealed class TypedSpansTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("tue 2-3pm", "from 14:00 to 15:00", "write 14:00 or 15:00")]
    [InlineData("2 - 3 pm", "from 14:00 to 15:00", "write 14:00 or 15:00")]
    [InlineData("11-1pm", "from 11:00 to 13:00", "write 11:00 or 13:00")]
    [InlineData("tomorrow 9-11am", "from 09:00 to 11:00", "write 09:00 or 11:00")]
    [InlineData("8:30-9:00", "from 08:30 to 09:00", "08:30 UTC-9:00")]
    public void T1_A_span_where_one_time_is_needed_is_told_as_it_is_meant(
        string typed,
        string span,
        string choices
    )
    {
        var problem = TypedTime
            .Read(typed, Now, TimeZoneInfo.Utc, new WorkingHours())
            .ShouldBeOfType<TypedTime.Unclear>()
            .Problem;
        problem.ShouldContain(span);
        problem.ShouldContain(choices);
    }

    [Theory]
    [InlineData("1-5pm", "13:00-17:00", null)]
    [InlineData("9h-17h", "09:00-17:00", null)]
    [InlineData("9h30 - 17h", "09:30-17:00", null)]
    [InlineData("9 Uhr - 17 Uhr", "09:00-17:00", null)]
    [InlineData("9-12 noon", "09:00-12:00", null)]
    [InlineData("12 noon to 8 pm", "12:00-20:00", null)]
    [InlineData("mo-fr 9-17", "09:00-17:00", "Mon-Fri")]
    [InlineData("Mon.-Thu. 9-15", "09:00-15:00", "Mon-Thu")]
    [InlineData("mo, we, fr 9-15", "09:00-15:00", "Mon,Wed,Fri")]
    [InlineData("9:00-5:00", "09:00-17:00", null)]
    [InlineData("09h00-17h00", "09:00-17:00", null)]
    [InlineData("between 9 and 5", "09:00-17:00", null)]
    [InlineData("9-17!", "09:00-17:00", null)]
    [InlineData("every day 9-17", "09:00-17:00", "Mon-Sun")]
    [InlineData("9-17 on week days", "09:00-17:00", "Mon-Fri")]
    public void T3_Hours_take_what_spans_are_written_as(string typed, string hours, string? days)
    {
        var read = HoursReading.Read(typed, out var problem);
        problem.ShouldBeEmpty();
        $"{read!.Hours?.From}-{read.Hours?.To}".ShouldBe(hours);
        (read.Days is { } some ? WeekDays.Write(some) : null).ShouldBe(days);
    }

    [Theory]
    [InlineData("9:00-05:00", "is 09:00-17:00 meant?")]
    [InlineData("09:00-05:00", "is 09:00-17:00 meant?")]
    [InlineData("17-9", "is 09:00-17:00 meant?")]
    [InlineData("9-17 CET", "leave “CET” out")]
    [InlineData("mon-thu 9-17 Europe/Berlin", "leave “Europe/Berlin” out")]
    [InlineData("never", "can’t be none at all")]
    [InlineData("Never.", "can’t be none at all")]
    [InlineData("CET 9-17", "leave “CET” out")]
    [InlineData("Europe/Berlin mo-fr 9-17", "Another zone is chosen in Mattermost, under Settings")]
    [InlineData(
        "9-17, 18-20",
        "without breaks: 09:00-17:00 and 18:00-20:00 can’t both be kept. Is 09:00-20:00"
    )]
    [InlineData("mo-fr 9-12 and 13-17", "Is 09:00-17:00 meant?")]
    [InlineData("mon 9-17, tue 10-18", "the same on each of the days")]
    [InlineData("mon-thu 9-17 fri 9-15", "the same on each of the days")]
    [InlineData("9-17 except friday", "not “except friday”")]
    [InlineData("montag-freitag 9-17", "not “montag-freitag”")]
    [InlineData("9", "from one time of day to another")]
    public void T1_Hours_that_may_be_others_are_asked_about(string typed, string said)
    {
        HoursReading.Read(typed, out var problem).ShouldBeNull();
        problem.ShouldContain(said);
    }

    [Theory]
    [InlineData("9-17 Europe/Berlin")]
    [InlineData("mo-fr 9-17 CET")]
    [InlineData("CEST 9-17")]
    public void T3_The_zone_of_the_profile_says_nothing_new(string typed) =>
        HoursReading
            .Read(typed, out var problem, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"))
            .ShouldNotBeNull(problem)
            .Hours!.To.Minutes.ShouldBe(17 * 60);

    [Fact]
    public async Task T3_Days_alone_leave_the_hours_as_they_are()
    {
        await using var desk = await Desk.Open();
        await desk.Types("engineer", "/escalate hours mon-thu 7-15");
        (await desk.Types("engineer", "/escalate hours mo-fr")).Text.ShouldContain(
            "Mon-Fri 07:00–15:00"
        );
        await desk.Types("tam", "/escalate hours mo-do");
        (await desk.Types("tam", "/escalate hours Sat, Sun")).Text.ShouldContain(
            "Sat,Sun 09:00–17:00"
        );
        (await desk.Types("lead", "/escalate hours @tam mon-wed")).Text.ShouldContain("Mon-Wed");
        desk.ToldTo("tam").ShouldContain(t => t.Contains("**Mon-Wed**", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tue 14:00 1h30m before", "1 h 30 min before", "12:30")]
    [InlineData("tue 14:00 1 hour and 30 minutes before", "1 h 30 min before", "12:30")]
    [InlineData("tue 14:00 90 min before", "1 h 30 min before", "12:30")]
    [InlineData("tue 14:00 2d 4h before", "2 d 4 h before", "14:00")]
    [InlineData("tue 14:00 1d before", "24 h before", "14:00")]
    public async Task T3_A_length_is_read_and_told_whole(string typed, string length, string at)
    {
        await using var desk = await AgendaDesk.Open();
        var said = (
            await desk.Types("lead", $"/escalate agenda set {typed}", AgendaDesk.Room)
        ).Text;
        said.ShouldContain(length);
        said.ShouldContain(at);
    }

    [Fact]
    public async Task T3_A_form_takes_the_line_that_its_own_sentences_give_as_an_example()
    {
        await using var desk = await AgendaDesk.Open();
        await desk.Types("lead", "/escalate agenda set", AgendaDesk.Room);
        (await desk.Submits("lead", ("when", "tue 14:00 1h30m before"))).Closed.ShouldBeTrue();
        (
            await desk.Store.Find(
                AgendaPlan.Kind,
                AgendaPlan.Id,
                TestContext.Current.CancellationToken
            )
        )
            .ShouldNotBeNull()
            .Value.Ahead.ShouldBe(TimeSpan.FromMinutes(90));
    }

    [Theory]
    [InlineData("the 27th", "2026-12-27", "2026-11-27")]
    [InlineData("30th", "2026-11-30", "2026-11-30")]
    [InlineData("the 31st", "2026-12-31", "2026-10-31")]
    [InlineData("27th of november", "2027-11-27", "2026-11-27")]
    [InlineData("31-Jan-26", "2026-01-31", "2026-01-31")]
    public void T3_A_day_of_the_month_is_a_day(string typed, string next, string last)
    {
        var today = DateOnly.FromDateTime(Now.DateTime);
        CalendarDay
            .Write(TypedDate.Read(typed, today, hasPassed: false, out _).ShouldNotBeNull())
            .ShouldBe(next);
        CalendarDay
            .Write(TypedDate.Read(typed, today, hasPassed: true, out _).ShouldNotBeNull())
            .ShouldBe(last);
    }

    [Theory]
    [InlineData("32nd")]
    [InlineData("the 0th")]
    public void T3_What_no_month_has_is_none(string typed) =>
        TypedDate.Read(typed, new DateOnly(2026, 3, 2), false, out _).ShouldBeNull();

    [Fact]
    public void T3_What_counts_something_is_no_day_at_the_beginning_of_a_text()
    {
        TypedDate.AtFront("2nd call with them", new DateOnly(2026, 3, 2), true).ShouldBeNull();
        TypedDate
            .AtFront("2026-02-28: Review", new DateOnly(2026, 3, 2), true)
            .ShouldNotBeNull()
            .Behind.ShouldBe("Review");
    }
}
