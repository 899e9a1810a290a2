using Sidecar.Features.Customers.Fields;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Scheduling;

namespace Sidecar.Features.Assignments;

/// <summary>A day as somebody types it (ALL-1): passed or to come, alone or in front of other words.</summary>
internal static class TypedDay
{
    public const string Examples = "2026-01-31, 31 Jan 2026, yesterday, today, tomorrow or fri";

    private const int LongestInWords = 4;

    /// <summary>Reads a day that stands alone; null with a problem when it is none.</summary>
    public static DateOnly? Read(
        string typed,
        PersonTime person,
        DateTimeOffset now,
        out string problem
    )
    {
        problem = "";
        if (CalendarDay.Read(typed, LocalTime.DayOf(now, person.Zone), out var why) is { } day)
        {
            return day;
        }

        if (Coming(typed, person, now) is { } coming)
        {
            return coming;
        }

        problem = why.Contains("two ways", StringComparison.Ordinal)
            ? why
            : $"“{Cards.UserText.Shorten(typed, 40)}” is not a day: write it as in {Examples}.";
        return null;
    }

    /// <summary>Reads the day with which a text begins.</summary>
    /// <returns>The day and what follows it; null when it begins with none.</returns>
    public static (DateOnly Day, string Behind)? AtFront(
        string text,
        PersonTime person,
        DateTimeOffset now
    )
    {
        var words = CommandLine.Read(text).Words;
        var today = LocalTime.DayOf(now, person.Zone);
        for (var length = Math.Min(LongestInWords, words.Length); length > 0; length--)
        {
            var end = words[length - 1].End;
            if (CalendarDay.Read(text[..end], today, out _) is { } day)
            {
                return (day, text[end..].Trim());
            }
        }

        for (var length = 1; length <= Math.Min(LongestInWords, words.Length); length++)
        {
            var end = words[length - 1].End;
            if (Coming(text[..end], person, now) is { } day)
            {
                return (day, text[end..].Trim());
            }
        }

        return null;
    }

    // A number alone would be a time of today.
    private static DateOnly? Coming(string typed, PersonTime person, DateTimeOffset now) =>
        typed.Any(char.IsLetter)
        && TypedTime.Read(typed, now, person.Zone, person.Hours)
            is TypedTime.Understood { Moment: var at }
            ? LocalTime.DayOf(at, person.Zone)
            : null;
}
