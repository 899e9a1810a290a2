using System.Collections.Frozen;
using System.Collections.Immutable;
using Sidecar.Text;

namespace Sidecar.Time;

/// <summary>
/// A day as a person types it (ALL-1), by the same words as <see cref="TypedTime"/>: <c>2026-01-31</c>, <c>31 jan</c>,
/// <c>yesterday</c>, <c>fri</c>, <c>in 3 days</c>, <c>2 weeks ago</c>. A time behind it, as spreadsheets write one, says
/// nothing about the day.
/// </summary>
public static class TypedDate
{
    /// <summary>What can be typed, for the sentence that refuses something else.</summary>
    public const string Examples = "2026-01-31, 31 Jan 2026, yesterday, today, tomorrow or fri";

    private const int LongestInWords = 5;
    private static readonly WorkingHours AnyHours = new();

    /// <summary>Reads a day that stands alone.</summary>
    /// <param name="typed">As typed.</param>
    /// <param name="today">Where the person is.</param>
    /// <param name="hasPassed">A weekday, or a date without a year, is the last one and not the next.</param>
    /// <param name="problem">What is wrong with it, as a sentence; empty when a day is returned.</param>
    public static DateOnly? Read(string typed, DateOnly today, bool hasPassed, out string problem)
    {
        problem = "";
        var quoted = TypedProblems.Quoted(typed);
        var (meaning, why) = TypedWords.Of(typed) is { Length: > 0 } words
            ? TypedMeaning.Of(words, AnyHours, isDay: true)
            : (null, null);
        switch (meaning?.DayAt(today, hasPassed))
        {
            case { Year: >= 1990 and <= 2100 } day:
                return day;
            case not null:
                problem = $"{quoted} lies too far away: write the year with four digits.";
                return null;
        }

        problem = why is { IsDoubt: true }
            ? $"{quoted} can be read in two ways: write the year first, as in 2026-01-31."
            : $"{quoted} is not a date: write it as in {Examples}.";
        return null;
    }

    /// <summary>A time of the day, or a zone, stands beside the day: where only the day is kept, it would be lost.</summary>
    public static bool HasTime(string typed) =>
        TypedWords.Of(typed) is { Length: > 0 } words
        && TypedMeaning.Of(words, AnyHours, isDay: true).Meaning is { IsOfDays: false };

    /// <summary>Reads a day that means the same whenever it is typed: one with its year; null when it is none.</summary>
    public static DateOnly? ReadFull(string typed) =>
        Read(typed, DateOnly.FromDayNumber(730_000), hasPassed: false, out _) is { } day
        && Read(typed, DateOnly.FromDayNumber(735_000), hasPassed: true, out _) == day
            ? day
            : null;

    /// <summary>
    /// It speaks of days and of nothing else, though it may be more than one, or none that is told: <c>last week</c>,
    /// <c>nov</c>, <c>q3</c>. Whoever wrote it means a time by it.
    /// </summary>
    public static bool IsOfDays(string text) =>
        TypedWords.Of(text) is { Length: > 0 } words
        && words.All(word =>
            OfDays.Contains(word.Plain)
            || word.Plain.All(char.IsAsciiDigit)
            || TypedPhrases.DayOf(word.Plain) is not null
            || TypedDates.IsMonth(word.Plain)
        )
        && !words.All(word => word.Plain.All(char.IsAsciiDigit));

    /// <summary>Where a day is expected, one was meant: it has digits, speaks of days, or is a slip of the pen from one.</summary>
    public static bool MayBeMeant(string text) =>
        text.Any(char.IsDigit)
        || IsOfDays(text)
        || (
            BareWord.Of(text) is { Length: >= ShortestSlip } word
            && Spelling.Near(word, LongWords) is not null
        );

    private const int ShortestSlip = 5;

    private static readonly ImmutableArray<string> LongWords =
    [
        "yesterday",
        "today",
        "tomorrow",
        .. Enum.GetValues<DayOfWeek>().Select(day => $"{day}".ToLowerInvariant()),
    ];

    /// <summary>What a text says of days at its end, the longest that there is; null when it ends with nothing of that kind.</summary>
    /// <returns>What stands before it, and it.</returns>
    public static (string Before, string Days)? AtEnd(string text)
    {
        var line = CommandLine.Read(text);
        var words = line.Words;
        for (
            var length = Math.Min(LongestInWords, words.Length - 1);
            length > 0 && !words[^1].IsQuoted;
            length--
        )
        {
            var start = words[^length].Start;
            if (
                line.Text[start..].TrimEnd() is var days
                && (
                    IsOfDays(days)
                    || Read(days, DateOnly.FromDayNumber(735_000), hasPassed: true, out _)
                        is not null
                )
            )
            {
                return (line.Text[..start].TrimEnd(), days);
            }
        }

        return null;
    }

    private static readonly FrozenSet<string> OfDays =
        "last past previous next current early mid late end beginning begin day days week weeks weekend month months quarter quarters year years ago q1 q2 q3 q4 yesterday today tomorrow st nd rd th"
            .Split(' ')
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Reads the day with which a text begins: the longest beginning that is one, without a time behind it.</summary>
    /// <returns>The day and what follows it; null when it begins with none.</returns>
    public static (DateOnly Day, string Behind)? AtFront(
        string text,
        DateOnly today,
        bool hasPassed
    )
    {
        var line = CommandLine.Read(text);
        var (words, whole) = (line.Words, line.Text);
        for (var length = Math.Min(LongestInWords, words.Length); length > 0; length--)
        {
            var end = words[length - 1].End;
            if (
                TypedWords.Of(whole[..end]) is { Length: > 0 } read
                && TypedMeaning.Of(read, AnyHours, isDay: true).Meaning
                    is { IsOfDays: true, IsOfAnyMonth: false } meaning
                && meaning.DayAt(today, hasPassed) is { Year: >= 1990 and <= 2100 } day
            )
            {
                return (day, whole[end..].Trim());
            }
        }

        return null;
    }
}
