using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sidecar.Features.Customers.Fields;

/// <summary>Days without a time, as people type them (ALL-1), and when they begin somewhere.</summary>
internal static partial class CalendarDay
{
    /// <summary>What can be typed, for the sentence that refuses something else.</summary>
    public const string Examples = "2026-01-31, 31 Jan 2026, today or yesterday";

    private static readonly ImmutableArray<string> Months =
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
    ];

    /// <summary>The date somewhere at a moment.</summary>
    public static DateOnly At(DateTimeOffset moment, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    /// <summary>The moment, UTC, at which a day begins somewhere. In some zones some days lack their first hour.</summary>
    public static DateTimeOffset Begins(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        var offset = zone.IsAmbiguousTime(local)
            ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>A date as it is kept and shown: <c>2026-01-31</c>.</summary>
    public static string Write(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Reads a date as <see cref="Write"/> writes it; null when it is anything else.</summary>
    public static DateOnly? ReadWritten(string text) =>
        DateOnly.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : null;

    /// <summary>Reads what was typed.</summary>
    /// <param name="typed">As typed.</param>
    /// <param name="today">Where the person is.</param>
    /// <param name="problem">What is wrong with it, as a sentence; empty when a date is returned.</param>
    public static DateOnly? Read(string typed, DateOnly today, out string problem)
    {
        var text = typed.Trim().TrimEnd('.', ',').ToLowerInvariant();
        problem = "";
        switch (Meant(text, today))
        {
            case { Year: >= 1990 and <= 2100 } day:
                return day;
            case not null:
                problem = $"“{typed}” lies too far away: write the year with four digits.";
                return null;
        }

        problem = Ambiguous().IsMatch(text)
            ? $"“{typed}” can be read in two ways: write the year first, as in 2026-01-31."
            : $"“{typed}” is not a date: write it as in {Examples}.";
        return null;
    }

    private static DateOnly? Meant(string text, DateOnly today)
    {
        switch (text)
        {
            case "today" or "now":
                return today;
            case "yesterday":
                return today.AddDays(-1);
            case "tomorrow":
                return today.AddDays(1);
        }

        // German and Slavic countries put dots between day and month, and never the month first.
        foreach (var form in (Regex[])[YearFirst(), Dotted()])
        {
            if (form.Match(text) is { Success: true } match)
            {
                return Of(Part(match, "y"), Part(match, "m"), Part(match, "d"));
            }
        }

        foreach (var form in (Regex[])[DayThenName(), NameThenDay()])
        {
            if (
                form.Match(text) is { Success: true } match
                && Months.IndexOf(match.Groups["n"].Value[..3]) is >= 0 and var month
            )
            {
                return Of(Part(match, "y"), month + 1, Part(match, "d"));
            }
        }

        return null;
    }

    private static DateOnly? Of(int year, int month, int day) =>
        year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    private static int Part(Match match, string group) =>
        int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<y>\d{4})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})$", Options, 1000)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^(?<d>\d{1,2})\.\s*(?<m>\d{1,2})\.\s*(?<y>\d{4})$", Options, 1000)]
    private static partial Regex Dotted();

    [GeneratedRegex(
        @"^(?<d>\d{1,2})(st|nd|rd|th|\.)?[\s-]+(?<n>[a-z]{3,9})[\s,-]+(?<y>\d{4})$",
        Options,
        1000
    )]
    private static partial Regex DayThenName();

    [GeneratedRegex(
        @"^(?<n>[a-z]{3,9})\.?[\s-]+(?<d>\d{1,2})(st|nd|rd|th)?[\s,]+(?<y>\d{4})$",
        Options,
        1000
    )]
    private static partial Regex NameThenDay();

    [GeneratedRegex(@"^\d{1,2}[/-]\d{1,2}[/-](\d{2}|\d{4})$", Options, 1000)]
    private static partial Regex Ambiguous();

    private const RegexOptions Options =
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
}
