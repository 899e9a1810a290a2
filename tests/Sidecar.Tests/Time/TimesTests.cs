using Shouldly;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Time;

public sealed class TimesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 6, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(120, "Sat 31 Jan 09:00 Europe/Berlin (in 2 h)")]
    [InlineData(5, "Sat 31 Jan 07:05 Europe/Berlin (in 5 min)")]
    [InlineData(0, "Sat 31 Jan 07:00 Europe/Berlin (now)")]
    [InlineData(-5, "Sat 31 Jan 06:55 Europe/Berlin (5 min ago)")]
    [InlineData(3 * 24 * 60, "Tue 3 Feb 07:00 Europe/Berlin (in 3 days)")]
    [InlineData((7 * 24 * 60) - 1, "Sat 7 Feb 06:59 Europe/Berlin (in 7 days)")]
    [InlineData(24 * 60, "Sun 1 Feb 07:00 Europe/Berlin (in 1 day)")]
    [InlineData(-40 * 24 * 60, "Mon 22 Dec 2025 07:00 Europe/Berlin (40 days ago)")]
    public void U15_A_time_is_shown_with_its_zone_and_how_far_it_is(int minutes, string shown) =>
        Times
            .Ahead(
                Now.AddMinutes(minutes),
                TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
                Now
            )
            .ShouldBe(shown);

    [Theory]
    [InlineData("2026-02-03T23:05:00Z", "UTC")]
    [InlineData("2026-12-31T23:05:00Z", "Europe/Berlin")]
    [InlineData("2026-05-05T05:05:00Z", "America/New_York")]
    [InlineData("2027-03-01T18:35:00Z", "Asia/Kolkata")]
    public void U15_What_is_shown_can_be_typed(string moment, string zone)
    {
        var at = DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture);
        var there = TimeZoneInfo.FindSystemTimeZoneById(zone);
        foreach (
            var shown in (string[])
                [
                    Times.At(at, there),
                    at - Now < TimeSpan.FromDays(300) ? Times.Due(at, there) : Times.At(at, there),
                ]
        )
        {
            TypedTime
                .Read(shown, Now, TimeZoneInfo.Utc, new WorkingHours())
                .ShouldBeOfType<TypedTime.Understood>(shown)
                .Moment.ShouldBe(at, shown);
        }
    }
}
