using System.Globalization;

namespace Sidecar.Time.Calendars;

/// <summary>When something in a calendar begins or ends: <c>20261225</c>, or with a time <c>20261225T000000</c>.</summary>
/// <param name="Day">As the calendar on the wall shows it.</param>
/// <param name="HasTime">A time was written, which is midnight: nothing else covers whole days.</param>
internal readonly record struct CalendarDate(DateOnly Day, bool HasTime)
{
    /// <exception cref="CalendarException">It is no date, or one with another time than midnight.</exception>
    public static CalendarDate Of(CalendarLine line) => Of(line.Value.Trim(), line);

    /// <param name="value">A part of the line's value.</param>
    /// <param name="line">Where it stands.</param>
    public static CalendarDate Of(string value, CalendarLine line)
    {
        var parts = value.Split('T');
        var isDay = DateOnly.TryParseExact(
            parts[0],
            "yyyyMMdd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        );
        if (!isDay || parts.Length > 2)
        {
            throw new CalendarException(
                line.Number,
                $"{line.Name} is “{value}”, which is not a date; write it as 20261225"
            );
        }

        return parts.Length == 1 || parts[1].TrimEnd('Z') == "000000"
            ? new CalendarDate(day, parts.Length == 2)
            : throw new CalendarException(
                line.Number,
                $"{line.Name} is “{value}”, which is not the start of a day; holidays are whole days: write {line.Name};VALUE=DATE:{parts[0]}, or take this event out of the file"
            );
    }
}
