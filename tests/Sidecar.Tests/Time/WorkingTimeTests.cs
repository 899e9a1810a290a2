using System.Globalization;
using Shouldly;
using Sidecar.Time;
using Sidecar.Time.Calendars;
using Xunit;

namespace Sidecar.Tests.Time;

/// <summary>Times are written as the clock on the wall shows them, with the offset that holds then.</summary>
public sealed class WorkingTimeTests
{
    private const string Berlin = "Europe/Berlin";
    private const string NewYork = "America/New_York";

    // 2026: clocks go forward on 29 March and back on 25 October in Berlin, on 8 March and 1 November in New York.
    [Theory]
    // Monday to Tuesday, and over the weekend.
    [InlineData(Berlin, "2026-03-02 10:00 +01", 1, "2026-03-03 10:00 +01")]
    [InlineData(Berlin, "2026-03-05 10:00 +01", 3, "2026-03-10 10:00 +01")]
    [InlineData(Berlin, "2026-03-06 16:59 +01", 1, "2026-03-09 16:59 +01")]
    // Outside of working hours the count starts with the next ones.
    [InlineData(Berlin, "2026-03-02 08:00 +01", 1, "2026-03-03 09:00 +01")]
    [InlineData(Berlin, "2026-03-02 17:00 +01", 1, "2026-03-04 09:00 +01")]
    [InlineData(Berlin, "2026-03-07 12:00 +01", 1, "2026-03-10 09:00 +01")]
    [InlineData(Berlin, "2026-03-07 12:00 +01", 0, "2026-03-09 09:00 +01")]
    // The same time of day, however long the night was.
    [InlineData(Berlin, "2026-03-27 10:00 +01", 1, "2026-03-30 10:00 +02")]
    [InlineData(Berlin, "2026-10-23 10:00 +02", 1, "2026-10-26 10:00 +01")]
    [InlineData(NewYork, "2026-03-06 10:00 -05", 1, "2026-03-09 10:00 -04")]
    [InlineData(NewYork, "2026-10-30 10:00 -04", 1, "2026-11-02 10:00 -05")]
    // Whatever the offset it is written with.
    [InlineData(Berlin, "2026-03-02 20:00 +11", 1, "2026-03-03 10:00 +01")]
    // Christmas (25, 26 December) and New Year (31 December, 1 January) with weekends between them.
    [InlineData(Berlin, "2026-12-24 10:00 +01", 1, "2026-12-28 10:00 +01")]
    [InlineData(Berlin, "2026-12-30 10:00 +01", 1, "2027-01-04 10:00 +01")]
    [InlineData(Berlin, "2026-12-31 10:00 +01", 1, "2027-01-05 09:00 +01")]
    [InlineData(Berlin, "2026-12-23 10:00 +01", 5, "2027-01-04 10:00 +01")]
    public void Working_days_later_is_the_same_time_of_day(
        string zone,
        string from,
        int days,
        string expected
    ) => Calendar(zone).AddWorkingDays(At(from), days).ShouldBe(At(expected));

    [Theory]
    [InlineData(Berlin, "2026-03-02 10:00 +01", "02:00", "2026-03-02 12:00 +01")]
    [InlineData(Berlin, "2026-03-02 16:00 +01", "01:00", "2026-03-02 17:00 +01")]
    [InlineData(Berlin, "2026-03-02 16:00 +01", "01:01", "2026-03-03 09:01 +01")]
    [InlineData(Berlin, "2026-03-06 16:00 +01", "09:30", "2026-03-10 09:30 +01")]
    [InlineData(Berlin, "2026-03-07 03:00 +01", "00:00", "2026-03-09 09:00 +01")]
    [InlineData(Berlin, "2026-03-27 16:00 +01", "02:00", "2026-03-30 10:00 +02")]
    [InlineData(Berlin, "2026-12-24 16:00 +01", "02:00", "2026-12-28 10:00 +01")]
    public void Working_time_passes_only_while_somebody_works(
        string zone,
        string from,
        string time,
        string expected
    ) =>
        Calendar(zone)
            .AddWorkingTime(At(from), TimeSpan.Parse(time, CultureInfo.InvariantCulture))
            .ShouldBe(At(expected));

    // A team that works at night, on all days, in the hours in which clocks are changed.
    [Theory]
    // 02:30 does not exist: work begins at 03:00, and the day has half an hour less.
    [InlineData(Berlin, "2026-03-29 00:00 +01", "00:00", "2026-03-29 03:00 +02")]
    [InlineData(Berlin, "2026-03-29 00:00 +01", "02:30", "2026-03-30 03:00 +02")]
    [InlineData(NewYork, "2026-03-08 00:00 -05", "02:30", "2026-03-09 03:00 -04")]
    // 02:30 comes twice: work begins at the first, and the day has an hour more.
    [InlineData(Berlin, "2026-10-25 00:00 +02", "00:00", "2026-10-25 02:30 +02")]
    [InlineData(Berlin, "2026-10-25 00:00 +02", "03:30", "2026-10-25 05:00 +01")]
    // In New York it is 01:00 to 02:00 that comes twice, before work begins.
    [InlineData(NewYork, "2026-11-01 00:00 -04", "02:30", "2026-11-01 05:00 -05")]
    public void A_working_day_with_a_clock_change_in_it_is_longer_or_shorter(
        string zone,
        string from,
        string time,
        string expected
    ) =>
        Night(zone)
            .AddWorkingTime(At(from), TimeSpan.Parse(time, CultureInfo.InvariantCulture))
            .ShouldBe(At(expected));

    [Theory]
    [InlineData(Berlin, "2026-03-28 02:45 +01", "2026-03-29 03:00 +02")]
    [InlineData(Berlin, "2026-10-24 02:45 +02", "2026-10-25 02:45 +02")]
    [InlineData(Berlin, "2026-10-25 02:45 +01", "2026-10-26 02:45 +01")]
    public void A_time_of_day_that_is_left_out_or_comes_twice_is_still_one_moment(
        string zone,
        string from,
        string expected
    ) => Night(zone).AddWorkingDays(At(from), 1).ShouldBe(At(expected));

    [Theory]
    [InlineData("2026-03-02 09:00 +01", true)]
    [InlineData("2026-03-02 16:59 +01", true)]
    [InlineData("2026-03-02 17:00 +01", false)]
    [InlineData("2026-03-02 08:59 +01", false)]
    [InlineData("2026-03-07 12:00 +01", false)]
    [InlineData("2026-12-25 12:00 +01", false)]
    [InlineData("2026-06-01 09:00 +02", true)]
    [InlineData("2026-06-01 07:00 +00", true)]
    public void Working_time_is_from_the_first_to_before_the_last_moment_of_working_hours(
        string at,
        bool expected
    ) => Calendar(Berlin).IsWorkingTime(At(at)).ShouldBe(expected);

    [Theory]
    [InlineData("2026-03-02 12:00 +01", "2026-03-02 12:00 +01")]
    [InlineData("2026-03-02 17:00 +01", "2026-03-03 09:00 +01")]
    [InlineData("2026-12-24 17:00 +01", "2026-12-28 09:00 +01")]
    [InlineData("2026-12-30 18:00 +01", "2027-01-04 09:00 +01")]
    public void The_next_working_time_skips_what_is_free(string at, string expected)
    {
        var next = Calendar(Berlin).NextWorkingTime(At(at));
        next.ShouldBe(At(expected));
        next.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void A_persons_own_zone_takes_the_place_of_the_teams()
    {
        var team = Calendar(Berlin);
        var there = TimeZoneInfo.FindSystemTimeZoneById(NewYork);
        var at = At("2026-03-02 10:00 +01");

        team.IsWorkingTime(at, there).ShouldBeFalse();
        team.NextWorkingTime(at, there).ShouldBe(At("2026-03-02 09:00 -05"));
        team.AddWorkingDays(at, 1, there).ShouldBe(At("2026-03-03 09:00 -05"));
        team.AddWorkingTime(at, TimeSpan.FromHours(1), there).ShouldBe(At("2026-03-02 10:00 -05"));
    }

    [Fact]
    public void Round_the_clock_is_from_midnight_to_midnight()
    {
        var always = new WorkingTime(
            new TeamTimeSettings
            {
                WorkingDays = Enum.GetValues<DayOfWeek>(),
                WorkingHours = new WorkingHours { From = new(0), To = new(24 * 60) },
            }
        );
        always.IsWorkingTime(At("2026-03-02 23:59 +00")).ShouldBeTrue();
        always
            .AddWorkingTime(At("2026-03-02 10:00 +00"), TimeSpan.FromHours(100))
            .ShouldBe(At("2026-03-06 14:00 +00"));
    }

    [Fact]
    public void A_week_without_working_days_has_no_calendar() =>
        Should
            .Throw<ArgumentException>(() =>
                new WorkingTime(new TeamTimeSettings { WorkingDays = [] })
            )
            .Message.ShouldContain("workingDays");

    private static WorkingTime Calendar(string zone) =>
        new(
            new TeamTimeSettings
            {
                TimeZone = zone,
                Holidays =
                [
                    new Holiday(new DateOnly(2026, 12, 25), "Christmas Day"),
                    new Holiday(new DateOnly(2026, 12, 26), "Second Day of Christmas"),
                    new Holiday(new DateOnly(2026, 12, 31), "New Year's Eve"),
                    new Holiday(new DateOnly(2027, 1, 1), "New Year's Day"),
                ],
            }
        );

    private static WorkingTime Night(string zone) =>
        new(
            new TeamTimeSettings
            {
                TimeZone = zone,
                WorkingDays = Enum.GetValues<DayOfWeek>(),
                WorkingHours = new WorkingHours { From = new(150), To = new(300) },
            }
        );

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm zz", CultureInfo.InvariantCulture);
}
