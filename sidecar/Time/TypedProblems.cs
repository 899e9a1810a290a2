using System.Globalization;
using System.Text;

namespace Sidecar.Time;

/// <summary>What is said about a time that can't be used: always what was wrong, quoted, and how it can be written.</summary>
internal static class TypedProblems
{
    private const int LongestQuote = 40;
    private const string Examples = "tomorrow 8am, in 2h or fri 14:30";

    public static TypedTime.Unclear Nothing() =>
        new($"No time was typed. Write it as in {Examples}.");

    public static TypedTime.Unclear TooLong() =>
        new($"That is too long to be a time. Write it as in {Examples}.");

    public static TypedTime.Unclear NotUnderstood(ReadOnlySpan<TypedWord> words) =>
        new($"I do not understand {Quoted(words)} as a time. Write it as in {Examples}.");

    public static TypedTime.Unclear Doubtful(
        ReadOnlySpan<TypedWord> words,
        string why,
        bool saysHow = false
    ) =>
        new(
            saysHow
                ? $"{Quoted(words)} {why}."
                : $"{Quoted(words)} {why}, as in 31 jan 9am, 2026-01-31 14:30 or tomorrow 8am UTC."
        )
        {
            IsDoubt = true,
        };

    public static TypedTime.Unclear TooMuch(ReadOnlySpan<TypedWord> words) =>
        new($"{Quoted(words)} says more than one time. Write one, as in {Examples}.");

    public static TypedTime.Unclear Contradiction(string text, string why) =>
        new($"{Quoted(text)} does not fit: {why}. Write one of both, as in {Examples}.");

    public static TypedTime.Unclear Past(string text, DateTimeOffset moment, TimeZoneInfo zone)
    {
        var local = LocalTime
            .Of(moment, zone)
            .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new(
            $"{Quoted(text)} means {local} {zone.Id}, and that has passed. Write a time to come, as in {Examples}."
        );
    }

    public static TypedTime.Unclear NotPassed(string text, DateTimeOffset now, TimeZoneInfo zone)
    {
        var example = LocalTime
            .Of(now.AddHours(-1), zone)
            .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new(
            $"{Quoted(text)} is not a time that has passed. Write it as in {example}, yesterday 17:00 or 2h ago."
        );
    }

    public static TypedTime.Unclear TooFar(string text, int years) =>
        new(
            $"{Quoted(text)} is more than {years} years away. Write a nearer time, as in {Examples}."
        );

    private static string Quoted(ReadOnlySpan<TypedWord> words)
    {
        var typed = new List<string>();
        foreach (var word in words)
        {
            typed.Add(word.Typed);
        }

        return Quoted(string.Join(' ', typed).Replace(" -", "-", StringComparison.Ordinal));
    }

    /// <summary>On one line, and not longer than a line.</summary>
    public static string Quoted(string text)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.Trim().EnumerateRunes())
        {
            if (shown.Length >= LongestQuote)
            {
                return $"“{shown}…”";
            }

            shown.Append(IsShown(rune) ? rune.ToString() : " ");
        }

        return $"“{shown}”";
    }

    private static bool IsShown(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );
}
