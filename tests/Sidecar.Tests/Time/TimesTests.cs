using Shouldly;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Time;

public sealed class TimesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 6, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(120, "2026-01-31 09:00 Europe/Berlin (in 2 h)")]
    [InlineData(5, "2026-01-31 07:05 Europe/Berlin (in 5 min)")]
    [InlineData(0, "2026-01-31 07:00 Europe/Berlin (now)")]
    [InlineData(-5, "2026-01-31 06:55 Europe/Berlin (5 min ago)")]
    [InlineData(3 * 24 * 60, "2026-02-03 07:00 Europe/Berlin (in 3 d)")]
    public void A_time_is_shown_with_its_zone_and_how_far_it_is(int minutes, string shown) =>
        Times
            .Ahead(
                Now.AddMinutes(minutes),
                TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
                Now
            )
            .ShouldBe(shown);
}
