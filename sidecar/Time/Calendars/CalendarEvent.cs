using System.Globalization;
using System.Text;

namespace Sidecar.Time.Calendars;

/// <summary>An event of a calendar: one or several whole days, once or every year.</summary>
/// <param name="Begin">Where it begins in the file.</param>
internal sealed record CalendarEvent(CalendarLine Begin)
{
    /// <summary>Longer than any holiday: more likely a slip of the pen.</summary>
    private const int MostDays = 366;

    private readonly Dictionary<string, CalendarLine> _lines = new(StringComparer.Ordinal);
    private readonly HashSet<DateOnly> _except = [];

    /// <exception cref="CalendarException">It stands there twice, or says what is not understood.</exception>
    public void Take(CalendarLine line)
    {
        switch (line.Name)
        {
            case "EXDATE":
                _except.UnionWith(line.Value.Split(',').Select(d => CalendarDate.Of(d, line).Day));
                break;
            case "RDATE" or "RECURRENCE-ID" or "EXRULE":
                throw new CalendarException(
                    line.Number,
                    $"{line.Name} is not understood; write each of the event’s days as an event of its own"
                );
            case "DTSTART" or "DTEND" or "DURATION" or "RRULE" or "SUMMARY" or "STATUS":
                if (!_lines.TryAdd(line.Name, line))
                {
                    throw new CalendarException(
                        line.Number,
                        $"this event has {line.Name} twice; leave one"
                    );
                }

                break;
        }
    }

    /// <summary>The days it covers; none when it was cancelled.</summary>
    /// <exception cref="CalendarException">They can't be told.</exception>
    public IEnumerable<Holiday> Holidays()
    {
        if (Find("STATUS")?.Is("STATUS", "CANCELLED") == true)
        {
            return [];
        }

        var start = CalendarDate.Of(Find("DTSTART") ?? throw Missing());
        var length = Days(start);
        var name = Find("SUMMARY") is { } summary ? Plain(summary.Value) : "Holiday";
        var begins = Find("RRULE") is { } rule
            ? YearlyRule.Of(rule, start.Day).From(start.Day)
            : [start.Day];
        return begins
            .Where(day => !_except.Contains(day))
            .SelectMany(day =>
                Enumerable.Range(0, length).Select(i => new Holiday(day.AddDays(i), name))
            );
    }

    private int Days(CalendarDate start)
    {
        var line = Find("DTEND") ?? Find("DURATION");
        var days =
            line is null && !start.HasTime ? 1
            : line is null ? 0
            : line.Name == "DTEND" ? CalendarDate.Of(line).Day.DayNumber - start.Day.DayNumber
            : Duration(line);
        return days is > 0 and <= MostDays
            ? days
            : throw new CalendarException(
                (line ?? Begin).Number,
                $"this event covers no whole day, or more than {MostDays}; DTEND is the day after its last one"
            );
    }

    /// <summary><c>P1D</c>, <c>P2W</c>.</summary>
    private static int Duration(CalendarLine line) =>
        line.Value.Trim().TrimStart('+') is ['P', .. var digits, var unit]
        && unit is 'D' or 'W'
        && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number <= MostDays
            ? number * (unit == 'W' ? 7 : 1)
            : throw new CalendarException(
                line.Number,
                $"DURATION is “{line.Value}”, which is not a number of days; write it as P1D"
            );

    private CalendarLine? Find(string name) => _lines.GetValueOrDefault(name);

    private CalendarException Missing() =>
        new(Begin.Number, "this event has no DTSTART; add the day on which it begins");

    private static string Plain(string escaped)
    {
        var text = new StringBuilder();
        for (var i = 0; i < escaped.Length; i++)
        {
            var isEscape = escaped[i] == '\\' && i + 1 < escaped.Length;
            text.Append(
                !isEscape ? escaped[i]
                : escaped[++i] is 'n' or 'N' ? ' '
                : escaped[i]
            );
        }

        return text.ToString().Trim();
    }
}
