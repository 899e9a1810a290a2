using System.Globalization;
using System.Text;
using Shouldly;
using Sidecar.Tests.Harness;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Time;

/// <summary>Typed on Wednesday 2026-01-28 at 10:20 in Berlin, by somebody who works from 8:30 to 16:30.</summary>
public sealed class TypedTimeTests(ITestOutputHelper output)
{
    private static readonly WorkingHours Workday = new()
    {
        From = new TimeOfDay(510),
        To = new TimeOfDay(990),
    };

    private static readonly TimeZoneInfo Berlin = Zone("Europe/Berlin");
    private static readonly DateTimeOffset Now = At("2026-01-28 09:20");

    [Theory]
    [InlineData("now", "2026-01-28 10:20")]
    [InlineData("in 2h", "2026-01-28 12:20")]
    [InlineData("in 90 min", "2026-01-28 11:50")]
    [InlineData("in 1h 30m", "2026-01-28 11:50")]
    [InlineData("1h30m", "2026-01-28 11:50")]
    [InlineData("in 1.5 hours", "2026-01-28 11:50")]
    [InlineData("in 1 hour and 30 minutes", "2026-01-28 11:50")]
    [InlineData("2 hours", "2026-01-28 12:20")]
    [InlineData("two hours from now", "2026-01-28 12:20")]
    [InlineData("30m", "2026-01-28 10:50")]
    [InlineData("in 3 days", "2026-01-31 10:20")]
    [InlineData("in 3 days at 9am", "2026-01-31 09:00")]
    [InlineData("in 2 weeks", "2026-02-11 10:20")]
    [InlineData("in a week", "2026-02-04 10:20")]
    [InlineData("In An Hour", "2026-01-28 11:20")]
    [InlineData("in half an hour", "2026-01-28 10:50")]
    [InlineData("today 17:00", "2026-01-28 17:00")]
    [InlineData("tomorrow", "2026-01-29 08:30")]
    [InlineData("TOMORROW  8AM", "2026-01-29 08:00")]
    [InlineData("tomorrow at 8 a.m.", "2026-01-29 08:00")]
    [InlineData("8am, tomorrow", "2026-01-29 08:00")]
    [InlineData("tomorrow morning", "2026-01-29 08:30")]
    [InlineData("day after tomorrow noon", "2026-01-30 12:00")]
    [InlineData("tonight", "2026-01-28 20:00")]
    [InlineData("tonight at 9:30", "2026-01-28 21:30")]
    [InlineData("tonight 22:00", "2026-01-28 22:00")]
    [InlineData("tonight 1am", "2026-01-29 01:00")]
    [InlineData("noon", "2026-01-28 12:00")]
    [InlineData("midnight", "2026-01-29 00:00")]
    [InlineData("tomorrow noon", "2026-01-29 12:00")]
    [InlineData("eod", "2026-01-28 16:30")]
    [InlineData("by end of day", "2026-01-28 16:30")]
    [InlineData("end of the day friday", "2026-01-30 16:30")]
    [InlineData("fri 14:30", "2026-01-30 14:30")]
    [InlineData("friday", "2026-01-30 08:30")]
    [InlineData("by Friday!", "2026-01-30 08:30")]
    [InlineData("this friday", "2026-01-30 08:30")]
    [InlineData("next friday", "2026-02-06 08:30")]
    [InlineData("next week", "2026-02-02 08:30")]
    [InlineData("friday next week 9am", "2026-02-06 09:00")]
    [InlineData("wednesday", "2026-02-04 08:30")]
    [InlineData("wed 11:00", "2026-01-28 11:00")]
    [InlineData("wed 10:00", "2026-02-04 10:00")]
    [InlineData("8am", "2026-01-29 08:00")]
    [InlineData("8:30 pm", "2026-01-28 20:30")]
    [InlineData("8.30pm", "2026-01-28 20:30")]
    [InlineData("12am", "2026-01-29 00:00")]
    [InlineData("12pm", "2026-01-28 12:00")]
    [InlineData("14:30", "2026-01-28 14:30")]
    [InlineData("14.30", "2026-01-28 14:30")]
    [InlineData("0830", "2026-01-29 08:30")]
    [InlineData("8 am", "2026-01-29 08:00")]
    [InlineData("at 9", "2026-01-29 09:00")]
    [InlineData("10:20", "2026-01-29 10:20")]
    [InlineData("2026-01-31", "2026-01-31 08:30")]
    [InlineData("2026-01-31 09:00", "2026-01-31 09:00")]
    [InlineData("2026/01/31 09:00", "2026-01-31 09:00")]
    [InlineData("2026-01-31T09:00:00.000", "2026-01-31 09:00")]
    [InlineData("31 jan", "2026-01-31 08:30")]
    [InlineData("jan 31", "2026-01-31 08:30")]
    [InlineData("Jan. 31st, 9am", "2026-01-31 09:00")]
    [InlineData("the 31st of January", "2026-01-31 08:30")]
    [InlineData("31 January 2027 9am", "2027-01-31 09:00")]
    [InlineData("sat 31 jan", "2026-01-31 08:30")]
    [InlineData("5 jan", "2027-01-05 08:30")]
    [InlineData("jan 29 0900", "2026-01-29 09:00")]
    [InlineData("31.1.2026", "2026-01-31 08:30")]
    [InlineData("31.1.", "2026-01-31 08:30")]
    [InlineData("31.1. 10.12", "2026-01-31 10:12")]
    [InlineData("10.12 15:00", "2026-12-10 15:00")]
    [InlineData("31.12", "2026-12-31 08:30")]
    [InlineData("31/1/2026", "2026-01-31 08:30")]
    [InlineData("1/31/2026", "2026-01-31 08:30")]
    [InlineData("2/2/2026", "2026-02-02 08:30")]
    [InlineData("31 jan midnight", "2026-02-01 00:00")]
    [InlineData("１４：３０", "2026-01-28 14:30")]
    [InlineData("8:30\u00A0pm", "2026-01-28 20:30")]
    [InlineData("\u200Etomorrow 8am\u200F", "2026-01-29 08:00")]
    [InlineData("2026\u201101\u201131", "2026-01-31 08:30")]
    [InlineData("2026-01-31.", "2026-01-31 08:30")]
    [InlineData("31-Jan-2026", "2026-01-31 08:30")]
    [InlineData("31. 1. 2026", "2026-01-31 08:30")]
    [InlineData("2026.1.31 9am", "2026-01-31 09:00")]
    [InlineData("(tomorrow 8am)", "2026-01-29 08:00")]
    [InlineData("sat 31 jan midnight", "2026-02-01 00:00")]
    public void Times_are_read_as_people_mean_them(string text, string local) =>
        Understood(text, Now, Berlin).ShouldBe($"{local} Europe/Berlin");

    [Theory]
    [InlineData("8am ET", "2026-01-28 08:00 America/New_York")]
    [InlineData("5am et", "2026-01-28 05:00 America/New_York")]
    [InlineData("8am est", "2026-01-28 08:00 America/New_York")]
    [InlineData("9am PT", "2026-01-28 09:00 America/Los_Angeles")]
    [InlineData("9am cst", "2026-01-28 09:00 America/Chicago")]
    [InlineData("11:00 CET", "2026-01-28 11:00 Europe/Berlin")]
    [InlineData("14:30 UTC", "2026-01-28 14:30 UTC")]
    [InlineData("14:30z", "2026-01-28 14:30 UTC")]
    [InlineData("14:30 europe/lisbon", "2026-01-28 14:30 Europe/Lisbon")]
    [InlineData("14:30 US/Eastern", "2026-01-28 14:30 US/Eastern")]
    [InlineData("2026-01-31T09:00Z", "2026-01-31 09:00 UTC")]
    [InlineData("2026-01-31T09:00+01:00", "2026-01-31 09:00 UTC+01:00")]
    [InlineData("2026-01-31 09:00 -0530", "2026-01-31 09:00 UTC-05:30")]
    [InlineData("2026-01-31 09:00-05:00", "2026-01-31 09:00 UTC-05:00")]
    [InlineData("9:00 UTC+2", "2026-01-29 09:00 UTC+02:00")]
    [InlineData("tomorrow ET", "2026-01-29 08:30 America/New_York")]
    [InlineData("in 2h ET", "2026-01-28 06:20 America/New_York")]
    public void A_zone_may_be_said_and_is_shown_back(string text, string shown) =>
        Understood(text, Now, Berlin).ShouldBe(shown);

    [Fact]
    public void The_clocks_of_the_region_are_meant_whatever_the_letters_say() =>
        Moment("2026-07-01 8am EST", Now, Berlin).ShouldBe(At("2026-07-01 12:00"));

    [Theory]
    // 02:30 is left out, 02:30 comes twice, midnight is left out, and half an hour is.
    [InlineData("2026-03-29 02:30", "Europe/Berlin", "2026-03-29 01:00")]
    [InlineData("2026-10-25 02:30", "Europe/Berlin", "2026-10-25 00:30")]
    [InlineData("2026-03-08 02:15", "America/New_York", "2026-03-08 07:00")]
    [InlineData("2026-11-01 01:30", "America/New_York", "2026-11-01 05:30")]
    [InlineData("2026-10-04 02:10", "Australia/Lord_Howe", "2026-10-03 15:30")]
    [InlineData("2026-09-06 00:00", "America/Santiago", "2026-09-06 04:00")]
    public void Clock_changes_leave_out_no_time_and_double_none(
        string text,
        string zone,
        string utc
    ) => Moment(text, Now, Zone(zone)).ShouldBe(At(utc));

    [Fact]
    public void Days_from_now_keep_the_time_on_the_clock() =>
        Understood("in 2 days", At("2026-03-27 09:00"), Berlin)
            .ShouldBe("2026-03-29 10:00 Europe/Berlin");

    [Theory]
    [InlineData("", "No time was typed")]
    [InlineData("  , ", "No time was typed")]
    [InlineData("whenever", "“whenever”")]
    [InlineData("tomorrow at breakfast", "“breakfast”")]
    [InlineData("in 5", "“in 5”")]
    [InlineData("25:00", "“25:00”")]
    [InlineData("13pm", "“13 pm”")]
    [InlineData("8:60", "“8:60”")]
    [InlineData("2026-02-30", "“2026-02-30”")]
    [InlineData("mañana", "“mañana”")]
    [InlineData("明日", "“明日”")]
    [InlineData("UTC", "“UTC”")]
    [InlineData("8am IST", "“IST” can be Asia/Kolkata, Europe/Dublin or Asia/Jerusalem")]
    [InlineData("1/2/2026", "“1/2/2026” can be 1 February 2026 or 2 January 2026")]
    [InlineData("10.12", "“10.12” can be a date or a time")]
    [InlineData("1-2-2026", "“1-2-2026” can be 1 February 2026 or 2 January 2026")]
    [InlineData("2h ago", "has passed")]
    [InlineData("last friday", "has passed")]
    [InlineData("8am 9am", "“9 am” says more than one time")]
    [InlineData("in 2h tomorrow", "“in 2 h tomorrow” says more than one time")]
    [InlineData("mon 31 jan", "2026-01-31 is a Saturday, not a Monday")]
    [InlineData("today 8am", "means 2026-01-28 08:00 Europe/Berlin, and that has passed")]
    [InlineData("today", "means 2026-01-28 08:30 Europe/Berlin, and that has passed")]
    [InlineData("yesterday", "has passed")]
    [InlineData("2025-12-31", "has passed")]
    [InlineData("1900-01-01", "has passed")]
    [InlineData("2029-01-31", "more than 2 years away")]
    [InlineData("31.12.9999 midnight", "more than 2 years away")]
    [InlineData("in 999999 weeks", "more than 2 years away")]
    [InlineData("in 999999 hours 999999 h", "more than 2 years away")]
    [InlineData("29 feb", "more than 2 years away")]
    public void What_is_unclear_is_quoted_and_answered_with_examples(string text, string says)
    {
        var problem = Read(text, Now, Berlin).ShouldBeOfType<TypedTime.Unclear>().Problem;
        problem.ShouldContain(says);
        problem.ShouldContain("tomorrow 8am");
    }

    [Theory]
    [InlineData("8:30-9:00", "from 08:30 to 09:00", "8:30 UTC-9:00")]
    [InlineData("8:30–9:00", "from 08:30 to 09:00", "UTC-9:00")]
    [InlineData("8:30 -9:00", "from 08:30 to 09:00", "UTC-9:00")]
    [InlineData("2026-01-31 09:00-10:00", "from 09:00 to 10:00", "UTC-10:00")]
    [InlineData("8:30 - 9:00", "from 08:30 to 09:00", "write 08:30 or 09:00")]
    [InlineData("9am-10am", "from 09:00 to 10:00", "write 09:00 or 10:00")]
    [InlineData("9-10", "from 09:00 to 10:00", "09:00")]
    [InlineData("tomorrow 9 to 10", "from 09:00 to 10:00", "write 09:00 or 10:00")]
    [InlineData("noon-1pm", "from 12:00 to 13:00", "write 12:00 or 13:00")]
    [InlineData("9:00-13:00", "from 09:00 to 13:00", "09:00")]
    [InlineData("tomorrow 8am -05:00", "from 08:00 to 05:00", "UTC-05:00")]
    public void T1_A_span_is_no_offset_and_is_asked_about(string text, string span, string choice)
    {
        var problem = Read(text, Now, Berlin).ShouldBeOfType<TypedTime.Unclear>().Problem;
        problem.ShouldContain(span);
        problem.ShouldContain(choice);
    }

    [Theory]
    [InlineData("8:30 UTC-9:00", "2026-01-28 08:30 UTC-09:00")]
    [InlineData("2026-01-31T09:00-10:00", "2026-01-31 09:00 UTC-10:00")]
    [InlineData("9:00+02:00", "2026-01-29 09:00 UTC+02:00")]
    public void T1_What_can_only_be_an_offset_is_one(string text, string shown) =>
        Understood(text, Now, Berlin).ShouldBe(shown);

    [Theory]
    [InlineData("8am PST8PDT", "PST8PDT")]
    [InlineData("8am pst8pdt", "PST8PDT")]
    [InlineData("8am us/eastern", "US/Eastern")]
    [InlineData("8am AMERICA/NEW_YORK", "America/New_York")]
    public void T2_A_zone_is_known_whatever_was_looked_up_before(string text, string zone) =>
        Read(text, Now, Berlin).ShouldBeOfType<TypedTime.Understood>().Zone.Id.ShouldBe(zone);

    [Fact]
    public void A_long_text_is_neither_read_nor_repeated()
    {
        Read(new string('9', 5000), Now, Berlin)
            .ShouldBeOfType<TypedTime.Unclear>()
            .Problem.Length.ShouldBeLessThan(200);
        Read(new string('x', 150) + "\n# boo", Now, Berlin)
            .ShouldBeOfType<TypedTime.Unclear>()
            .Problem.ShouldNotContain("\n");
    }

    [Fact]
    public void Nothing_that_can_be_typed_is_too_much()
    {
        var chance = new Seeded(Seed());
        for (var i = 0; i < 20_000; i++)
        {
            var text = chance.Below(2) == 0 ? AnyText(chance) : AnyWords(chance);
            Should.NotThrow(() => Read(text, Now, Berlin), text);
        }
    }

    [Fact]
    public void What_is_shown_back_can_be_typed_again()
    {
        var chance = new Seeded(Seed());
        var understood = 0;
        for (var i = 0; i < 5000; i++)
        {
            var text = AnyWords(chance);
            var zone = Zone(
                Pick(chance, "UTC", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe")
            );
            if (
                Read(text, Now, zone) is not TypedTime.Understood first
                || first.Moment < Now.AddMinutes(1)
            )
            {
                continue;
            }

            understood++;
            var shown = Written(first.Moment, first.Zone);
            Understood(shown, Now, Zone("Asia/Tokyo")).ShouldBe(shown, text);
        }

        understood.ShouldBeGreaterThan(500);
    }

    private static readonly string[] Pieces =
    [
        .. "now in 2 h 90 min half an hour 3 days weeks today tomorrow tonight noon midnight eod end of day".Split(
            ' '
        ),
        .. "fri monday next week this 8am 8:30 pm 14.30 0830 9 2026-03-29 2026-10-25 31 jan 2027 2nd february".Split(
            ' '
        ),
        .. "31.1. 10.12 1/2/2026 31/3 ET CST UTC +02:00 -0530 Europe/Berlin z T at , by 02:30 24:00 00:00".Split(
            ' '
        ),
    ];

    private static string AnyWords(Seeded chance) =>
        string.Join(
            chance.Below(8) == 0 ? "" : " ",
            Enumerable.Range(0, 1 + chance.Below(4)).Select(_ => Pick(chance, Pieces))
        );

    private static string AnyText(Seeded chance)
    {
        var text = new StringBuilder();
        for (var left = chance.Below(30); left > 0; left--)
        {
            // Halves of pairs too.
            text.Append(
                chance.Below(3) == 0
                    ? (char)chance.Below(0x10000)
                    : "0123456789:.-+/, aphmdwtzTZ"[chance.Below(27)]
            );
        }

        return text.ToString();
    }

    private static string Pick(Seeded chance, params string[] all) => all[chance.Below(all.Length)];

    private long Seed()
    {
        var seed = System.Diagnostics.Stopwatch.GetTimestamp();
        output.WriteLine($"seed {seed}");
        return seed;
    }

    private static TypedTime Read(string text, DateTimeOffset now, TimeZoneInfo zone) =>
        TypedTime.Read(text, now, zone, Workday);

    private static string Understood(string text, DateTimeOffset now, TimeZoneInfo zone) =>
        Read(text, now, zone) switch
        {
            TypedTime.Understood read => Written(read.Moment, read.Zone),
            TypedTime.Unclear unclear => unclear.Problem,
            _ => "",
        };

    private static DateTimeOffset Moment(string text, DateTimeOffset now, TimeZoneInfo zone)
    {
        var read = Read(text, now, zone).ShouldBeOfType<TypedTime.Understood>();
        read.Moment.Offset.ShouldBe(TimeSpan.Zero);
        return read.Moment;
    }

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    private static DateTimeOffset At(string utc) =>
        DateTimeOffset.Parse(
            utc,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );

    private static string Written(DateTimeOffset moment, TimeZoneInfo zone) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{TimeZoneInfo.ConvertTime(moment, zone):yyyy-MM-dd HH:mm} {(zone.Id is "Etc/UTC" ? "UTC" : zone.Id)}"
        );
}
