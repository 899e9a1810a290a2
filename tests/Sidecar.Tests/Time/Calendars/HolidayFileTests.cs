using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.TeamTime;
using Sidecar.Interactions;
using Sidecar.Settings;
using Sidecar.Setup.Settings;
using Sidecar.Tests.Harness;
using Sidecar.Time;
using Sidecar.Time.Calendars;
using Xunit;

namespace Sidecar.Tests.Time.Calendars;

/// <summary>Holidays in files of their own, beside settings.json.</summary>
public sealed class HolidayFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void An_exported_calendar_is_read()
    {
        var days = HolidayFile.ReadCalendar(
            Calendar(
                "BEGIN:VTIMEZONE\nTZID:Europe/Berlin\nBEGIN:STANDARD\nDTSTART:19701025T030000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\nEND:VTIMEZONE",
                Event(
                    "DTSTART;VALUE=DATE:20261224",
                    "DTEND;VALUE=DATE:20261227",
                    "SUMMARY:Christ",
                    " mas\\, all of it",
                    "BEGIN:VALARM\nTRIGGER:-PT15M\nSUMMARY:x\nEND:VALARM"
                ),
                Event("DTSTART;TZID=\"A:B\":20260501T000000", "DTEND:20260502T000000"),
                Event("DTSTART:20260801", "STATUS:CANCELLED"),
                Event("DTSTART:20260601", "DURATION:P1W"),
                Event("DTSTART:20260701")
            )
        );
        days.Take(3)
            .ShouldBe([
                new Holiday(new DateOnly(2026, 12, 24), "Christmas, all of it"),
                new Holiday(new DateOnly(2026, 12, 25), "Christmas, all of it"),
                new Holiday(new DateOnly(2026, 12, 26), "Christmas, all of it"),
            ]);
        days[3].Date.ShouldBe(new DateOnly(2026, 5, 1));
        days.Count.ShouldBe(3 + 1 + 7 + 1);
    }

    [Theory]
    [InlineData("FREQ=YEARLY", "20260101", 75)]
    [InlineData("FREQ=YEARLY;COUNT=3", "20260101", 3)]
    [InlineData("FREQ=YEARLY;UNTIL=20280101T000000Z", "20260101", 3)]
    [InlineData("FREQ=YEARLY;INTERVAL=2;COUNT=3", "20260101", 3)]
    [InlineData("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1;COUNT=2", "20260101", 2)]
    [InlineData("FREQ=YEARLY;COUNT=2", "20240229", 2)]
    public void What_comes_every_year_is_free_every_year(string rule, string start, int days) =>
        HolidayFile
            .ReadCalendar(Calendar(Event($"DTSTART;VALUE=DATE:{start}", $"RRULE:{rule}")))
            .Select(h => h.Date)
            .Distinct()
            .Count()
            .ShouldBe(days);

    [Theory]
    [InlineData("hello", "line 1: this is not a line of an iCalendar file")]
    [InlineData(
        "BEGIN:VEVENT\nEND:VEVENT",
        "line 1: an iCalendar file begins with BEGIN:VCALENDAR"
    )]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101", "line 3: the file ends before")]
    [InlineData(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR",
        "line 3: END:VCALENDAR does not close"
    )]
    [InlineData(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR",
        "line 2: this event has no DTSTART"
    )]
    [InlineData(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2026-01-01\nEND:VEVENT\nEND:VCALENDAR",
        "line 3: DTSTART is “2026-01-01”"
    )]
    [InlineData(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101T090000Z\nEND:VEVENT\nEND:VCALENDAR",
        "line 3: DTSTART is “20260101T090000Z”"
    )]
    [InlineData(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260102\nDTEND:20260101\nEND:VEVENT\nEND:VCALENDAR",
        "line 4: this event covers no whole day"
    )]
    [InlineData(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260102\nRRULE:FREQ=WEEKLY\nEND:VEVENT\nEND:VCALENDAR",
        "line 4: the rule has “FREQ=WEEKLY”"
    )]
    [InlineData(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260102\nRRULE:FREQ=YEARLY;BYDAY=1MO\nEND:VEVENT\nEND:VCALENDAR",
        "line 4: the rule has “BYDAY=1MO”"
    )]
    [InlineData("", "the file ends before END:VCALENDAR")]
    public void The_process_does_not_start_and_says_which_file_and_line(string text, string says)
    {
        Write("free.ics", text);
        var refused = Refused("""{ "team": { "holidayFiles": ["free.ics"] } }""");
        refused.ShouldContain("team.holidayFiles: found [\"free.ics\"]; ");
        refused.ShouldContain(Path.Combine(_folder.Path, "free.ics"));
        refused.ShouldContain(says);
    }

    [Theory]
    [InlineData("missing.ics", "there is no file")]
    [InlineData("free.txt", "neither an .ics nor a .json file")]
    public void A_file_that_is_none_is_named(string name, string says) =>
        Refused($$"""{ "team": { "holidayFiles": ["{{name}}"] } }""").ShouldContain(says);

    [Fact]
    public void Lists_and_calendars_lie_beside_the_settings_and_are_kept_out_of_what_is_shown()
    {
        Write("a/free.ics", Calendar(Event("DTSTART:20260303")));
        Write("list.json", """[{ "date": "2026-03-04", "name": "Founding day" }]""");
        Write(
            SettingsFile.Name,
            """{ "team": { "holidays": [{ "date": "2026-03-05", "name": "x" }], "holidayFiles": ["a/free.ics", "list.json"] } }"""
        );
        var services = new ServiceCollection();
        var sections = Sections(services);
        var file = SettingsFile.In(_folder.Path, null);
        file.Use(sections);

        var reading = file.Read(sections);
        var written = SettingsFile.Write(sections, s => reading.Values[s.Section]);
        written.ShouldContain("a/free.ics");
        written.ShouldNotContain("Founding day");
        services
            .BuildServiceProvider()
            .GetRequiredService<WorkingTime>()
            .NextWorkingTime(new DateTimeOffset(2026, 3, 2, 20, 0, 0, TimeSpan.Zero))
            .ShouldBe(new DateTimeOffset(2026, 3, 6, 9, 0, 0, TimeSpan.Zero));

        Write("list.json", "[\n{ \"date\": \"4.3.2026\", \"name\": \"Founding day\" }]");
        Refused(null).ShouldContain("list.json, line 2: this is not a list of holidays");
    }

    public void Dispose() => _folder.Dispose();

    private static string Calendar(params string[] parts) =>
        $"BEGIN:VCALENDAR\nVERSION:2.0\n{string.Join('\n', parts)}\nEND:VCALENDAR\n".ReplaceLineEndings(
            "\r\n"
        );

    private static string Event(params string[] lines) =>
        $"BEGIN:VEVENT\nUID:1\n{string.Join('\n', lines)}\nEND:VEVENT";

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private string Refused(string? settings)
    {
        if (settings is not null)
        {
            Write(SettingsFile.Name, settings);
        }

        return Should
            .Throw<SetupException>(() =>
                SettingsFile.In(_folder.Path, null).Use(Sections(new ServiceCollection()))
            )
            .Problem;
    }

    private static System.Collections.Immutable.ImmutableArray<RegisteredSettings> Sections(
        ServiceCollection services
    ) => new FeatureBuilder(services).Add<TeamTimeFeature>().Build().Settings;
}
