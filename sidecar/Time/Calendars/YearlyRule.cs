using System.Globalization;

namespace Sidecar.Time.Calendars;

/// <summary>That something comes again every year, or every few years: all that holidays need of RRULE.</summary>
/// <param name="Interval">Every how many years.</param>
/// <param name="Count">How often in all; null for always.</param>
/// <param name="Until">The last day on which it may begin; null for always.</param>
internal sealed record YearlyRule(int Interval, int? Count, DateOnly? Until)
{
    /// <summary>Nobody plans work further ahead.</summary>
    private const int LastYear = 2100;

    /// <exception cref="CalendarException">It is another kind of rule.</exception>
    public static YearlyRule Of(CalendarLine line, DateOnly start)
    {
        var rule = new YearlyRule(1, null, null);
        var isYearly = false;
        foreach (var part in line.Value.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = part.Split('=', 2) is [var n, var v]
                ? (n.Trim().ToUpperInvariant(), v.Trim())
                : (part, "");
            switch (name)
            {
                case "FREQ" when value.Equals("YEARLY", StringComparison.OrdinalIgnoreCase):
                    isYearly = true;
                    break;
                case "INTERVAL":
                    rule = rule with { Interval = Number(line, part, value) };
                    break;
                case "COUNT":
                    rule = rule with { Count = Number(line, part, value) };
                    break;
                case "UNTIL":
                    // Which time of that day does not matter to whole days.
                    rule = rule with
                    {
                        Until = CalendarDate.Of(value.Split('T')[0], line).Day,
                    };
                    break;
                case "WKST":
                case "BYMONTH" when value == Text(start.Month):
                case "BYMONTHDAY" when value == Text(start.Day):
                    break;
                default:
                    throw new CalendarException(
                        line.Number,
                        $"the rule has “{part}”, and only events that come every year on the same date are understood; write each of its days as an event of its own"
                    );
            }
        }

        return isYearly
            ? rule
            : throw new CalendarException(
                line.Number,
                "the rule does not say FREQ=YEARLY; write each of its days as an event of its own"
            );
    }

    /// <summary>The days on which it begins. A 29 February comes in leap years only.</summary>
    public IEnumerable<DateOnly> From(DateOnly start)
    {
        var left = Count ?? int.MaxValue;
        for (var year = start.Year; year <= LastYear && left > 0; year += Interval)
        {
            if (start.Day > DateTime.DaysInMonth(year, start.Month))
            {
                continue;
            }

            var day = new DateOnly(year, start.Month, start.Day);
            if (day > Until)
            {
                yield break;
            }

            left--;
            yield return day;
        }
    }

    private static int Number(CalendarLine line, string part, string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is >= 1 and <= 1000
            ? number
            : throw new CalendarException(
                line.Number,
                $"the rule has “{part}”, which is not a number from 1 to 1000"
            );

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
