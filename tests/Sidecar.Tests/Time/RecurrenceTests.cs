using System.Globalization;
using System.Text.Json;
using Shouldly;
using Sidecar.Settings;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Time;

public sealed class RecurrenceTests
{
    // From Friday 2026-03-06, 10:00 in Berlin.
    [Theory]
    [InlineData("Mon 09:00", "2026-03-09 08:00", "2026-03-16 08:00")]
    [InlineData("0 0 9 ? * MON", "2026-03-09 08:00", "2026-03-16 08:00")]
    [InlineData("Mon-Fri 16:00", "2026-03-06 15:00", "2026-03-09 15:00")]
    [InlineData("mon,wed 16:00", "2026-03-09 15:00", "2026-03-11 15:00")]
    [InlineData("weekdays 09:00", "2026-03-09 08:00", "2026-03-10 08:00")]
    [InlineData("  DAILY   8:30 ", "2026-03-07 07:30", "2026-03-08 07:30")]
    [InlineData("monthly 1 09:00", "2026-04-01 07:00", "2026-05-01 07:00")]
    [InlineData("monthly last 09:00", "2026-03-31 07:00", "2026-04-30 07:00")]
    [InlineData("Mon 09:00 America/New_York", "2026-03-09 13:00", "2026-03-16 13:00")]
    public void It_is_written_as_people_write_it(string text, string first, string second)
    {
        var weekly = Recurrence.Read(text, Zone("Europe/Berlin")).ShouldNotBeNull();
        var at = weekly.After(At("2026-03-06 09:00")).ShouldNotBeNull();
        at.ShouldBe(At(first));
        at.Offset.ShouldBe(TimeSpan.Zero);
        weekly.After(at).ShouldBe(At(second));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Mon")]
    [InlineData("09:00")]
    [InlineData("Someday 09:00")]
    [InlineData("Mon 24:00")]
    [InlineData("Mon 9:61")]
    [InlineData("monthly 31 09:00")]
    [InlineData("monthly 0 09:00")]
    [InlineData("Mon 09:00 Atlantis/City")]
    [InlineData("0 0 25 ? * MON")]
    [InlineData("a b c d e f g")]
    public void What_is_none_is_refused(string text) =>
        Recurrence.Read(text, TimeZoneInfo.Utc).ShouldBeNull();

    // Local time, zone, and all that come on the day of the change and the days beside it.
    [Theory]
    [InlineData("daily 02:30", "Europe/Berlin", "2026-03-28 00:00", "28T01:30 29T01:00 30T00:30")]
    [InlineData("daily 02:30", "Europe/Berlin", "2026-10-24 00:00", "24T00:30 25T00:30 26T01:30")]
    [InlineData(
        "daily 02:15",
        "America/New_York",
        "2026-03-07 05:00",
        "07T07:15 08T07:00 09T06:15"
    )]
    [InlineData(
        "daily 01:30",
        "America/New_York",
        "2026-10-31 04:00",
        "31T05:30 01T05:30 02T06:30"
    )]
    [InlineData(
        "daily 02:10",
        "Australia/Lord_Howe",
        "2026-10-02 15:00",
        "02T15:40 03T15:30 04T15:10"
    )]
    [InlineData(
        "daily 01:45",
        "Australia/Lord_Howe",
        "2026-04-03 14:00",
        "03T14:45 04T14:45 05T15:15"
    )]
    [InlineData(
        "daily 00:00",
        "America/Sao_Paulo",
        "2018-11-03 02:00",
        "03T03:00 04T03:00 05T02:00"
    )]
    [InlineData("0 0 * * * ?", "Europe/Berlin", "2026-10-24 23:30", "25T00:00 25T01:00 25T02:00")]
    [InlineData(
        "0 0/30 * * * ?",
        "Australia/Lord_Howe",
        "2026-04-04 14:20",
        "04T14:30 04T15:00 04T15:30"
    )]
    [InlineData("0 0 * * * ?", "Europe/Berlin", "2026-03-28 23:30", "29T00:00 29T01:00 29T02:00")]
    public void A_change_of_the_clock_leaves_nothing_out_and_doubles_nothing(
        string text,
        string zone,
        string from,
        string all
    )
    {
        var recurrence = Recurrence.Read(text, Zone(zone)).ShouldNotBeNull();
        var at = At(from);
        var came = new List<string>();
        foreach (var _ in all.Split(' '))
        {
            at = recurrence.After(at).ShouldNotBeNull();
            came.Add(at.ToString("dd'T'HH:mm", CultureInfo.InvariantCulture));
        }

        string.Join(' ', came).ShouldBe(all);
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("America/Sao_Paulo")]
    public void Every_day_of_a_year_has_it_once(string zone)
    {
        foreach (var time in (string[])["00:00", "01:30", "02:15", "02:30", "23:59"])
        {
            var daily = Recurrence.Read($"daily {time}", Zone(zone)).ShouldNotBeNull();
            var at = At("2018-01-02 12:00");
            var days = new List<DateOnly>();
            for (var i = 0; i < 365; i++)
            {
                at = daily.After(at).ShouldNotBeNull();
                days.Add(LocalTime.DayOf(at, Zone(zone)));
            }

            days.Zip(days.Skip(1)).ShouldAllBe(pair => pair.First.AddDays(1) == pair.Second);
        }
    }

    [Fact]
    public void What_has_come_for_the_last_time_comes_no_more() =>
        Recurrence
            .Read("0 0 9 1 1 ? 2026", TimeZoneInfo.Utc)
            .ShouldNotBeNull()
            .After(At("2026-01-01 09:00"))
            .ShouldBeNull();

    [Fact]
    public void In_a_settings_file_it_is_text_and_gets_its_zone_later()
    {
        var read = JsonSerializer.Deserialize<Recurrence>("\"Mon  09:00\"").ShouldNotBeNull();
        JsonSerializer.Serialize(read).ShouldBe("\"Mon 09:00\"");
        read.Zone.ShouldBeNull();
        read.In(Zone("Europe/Berlin"))
            .ShouldBe(Recurrence.Read("Mon 09:00", Zone("Europe/Berlin")));
        Recurrence
            .Read("Mon 09:00 Asia/Tokyo")!
            .In(Zone("Europe/Berlin"))
            .Zone!.Id.ShouldBe("Asia/Tokyo");
        Should
            .Throw<SettingException>(() => JsonSerializer.Deserialize<Recurrence>("\"sometimes\""))
            .Message.ShouldContain("Mon 09:00");
    }

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    private static DateTimeOffset At(string utc) =>
        DateTimeOffset.Parse(
            utc,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );
}
