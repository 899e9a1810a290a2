using System.Globalization;
using System.Text.Json;
using Shouldly;
using Sidecar.Settings;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Time;

public sealed class WaitLengthTests
{
    private static readonly WorkingTime Team = new(new TeamTimeSettings());

    // From a Friday, 16:30.
    [Theory]
    [InlineData("15m", "15m", "2026-03-06 16:45")]
    [InlineData("1h", "1h", "2026-03-06 17:30")]
    [InlineData(" 90 min ", "1h 30m", "2026-03-06 18:00")]
    [InlineData("1h30m", "1h 30m", "2026-03-06 18:00")]
    [InlineData("2 days", "2d", "2026-03-08 16:30")]
    [InlineData("36 hours", "1d 12h", "2026-03-08 04:30")]
    [InlineData("1.5h", "1h 30m", "2026-03-06 18:00")]
    [InlineData("half an hour", "30m", "2026-03-06 17:00")]
    [InlineData("two weeks", "14d", "2026-03-20 16:30")]
    [InlineData("1h\u00A030m", "1h 30m", "2026-03-06 18:00")]
    [InlineData("45 seconds", "45s", "2026-03-06 16:30:45")]
    [InlineData("1 working day", "1 working day", "2026-03-09 16:30")]
    [InlineData("4 Working Days", "4 working days", "2026-03-12 16:30")]
    [InlineData("1 working hour", "1 working hour", "2026-03-09 09:30")]
    [InlineData("4 working hours", "4 working hours", "2026-03-09 12:30")]
    public void It_is_written_as_people_write_it(string text, string shortest, string over)
    {
        var wait = WaitLength.Read(text).ShouldNotBeNull();
        wait.ToString().ShouldBe(shortest);
        WaitLength.Read(shortest).ShouldBe(wait);
        wait.After(At("2026-03-06 16:30"), Team).ShouldBe(At(over));
    }

    [Theory]
    [InlineData("")]
    [InlineData("15")]
    [InlineData("m")]
    [InlineData("-5m")]
    [InlineData("0m")]
    [InlineData("0 working days")]
    [InlineData("400d")]
    [InlineData("367 working days")]
    [InlineData("999999d 999999h 999999m 999999s")]
    [InlineData("9999999m")]
    [InlineData("1h working day")]
    [InlineData("tomorrow")]
    public void What_is_none_is_refused(string text) => WaitLength.Read(text).ShouldBeNull();

    [Fact]
    public void A_persons_own_zone_can_be_asked_for() =>
        WaitLength
            .OfWorkingDays(1)
            .After(At("2026-03-06 16:30"), Team, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"))
            .ShouldBe(At("2026-03-10 00:00"));

    [Fact]
    public void In_a_settings_file_it_is_text()
    {
        JsonSerializer.Serialize(WaitLength.Of(TimeSpan.FromMinutes(75))).ShouldBe("\"1h 15m\"");
        JsonSerializer
            .Deserialize<WaitLength>("\"3 working days\"")
            .ShouldBe(WaitLength.OfWorkingDays(3));
        Should
            .Throw<SettingException>(() => JsonSerializer.Deserialize<WaitLength>("15"))
            .Message.ShouldContain("3 working days");
    }

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );
}
