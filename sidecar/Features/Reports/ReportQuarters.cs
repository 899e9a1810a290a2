using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sidecar.Features.Reports;

/// <summary>
/// Quarters, halves and weeks of the calendar by their number, in any of the ways in which people write them: <c>Q1</c>,
/// <c>q1 '26</c>, <c>first quarter of 2026</c>, <c>2026-h1</c>, <c>week 12</c>; and what there is of this one:
/// <c>ytd</c>, <c>year to date</c>.
/// </summary>
internal static partial class ReportQuarters
{
    private const int MonthsOfYear = 12;

    /// <summary>The first quarter of 2026.</summary>
    private const int MostWords = 5;

    private static readonly ImmutableArray<string> Ordinals =
    [
        "first",
        "second",
        "third",
        "fourth",
    ];

    /// <summary>The longest with which the words begin: of “q1 2026” the quarter alone would be another one.</summary>
    public static ReportPeriod? Read(ReadOnlySpan<string> words, DateOnly today)
    {
        for (var length = Math.Min(MostWords, words.Length); length > 0; length--)
        {
            if (Whole(string.Join(' ', words[..length]!), length, today) is { } period)
            {
                return period with { IsCertain = true };
            }
        }

        return null;
    }

    private static ReportPeriod? Whole(string text, int words, DateOnly today)
    {
        if (ToDate().Match(text) is { Success: true } sofar)
        {
            return ReportPeriods.Calendar(
                sofar.Value[0] switch
                {
                    'w' => ReportPeriods.PeriodUnit.Week,
                    'm' => ReportPeriods.PeriodUnit.Month,
                    'q' => ReportPeriods.PeriodUnit.Quarter,
                    _ => ReportPeriods.PeriodUnit.Year,
                },
                today,
                back: 0,
                words
            );
        }

        return Numbered().Match(text) is { Success: true } read ? Of(read, words, today) : null;
    }

    private static ReportPeriod? Of(Match read, int words, DateOnly today)
    {
        int? year = read.Groups["year"] is { Success: true, Value: var digits }
            ? ReportPeriods.Number(digits) + (digits.Length == 2 ? 2000 : 0)
            : null;
        var number = read.Groups["number"] is { Success: true, Value: var counted }
            ? ReportPeriods.Number(counted)
            : Ordinals.IndexOf(read.Groups["ordinal"].Value) + 1;
        var unit = char.ToLowerInvariant(read.Groups["unit"].Value[0]);
        if (unit is 'q' or 'h')
        {
            var months = unit == 'q' ? 3 : 6;
            var begins = ((number - 1) * months) + 1;
            return number < 1 || begins > MonthsOfYear
                ? null
                : ReportPeriods.Months(
                    new DateOnly(year ?? ReportPeriods.LastYearOf(begins, today), begins, 1),
                    months,
                    words
                );
        }

        return OfWeek(number, year, words, today);
    }

    /// <summary>By ISO 8601, as calendars number them; without a year the last one that has begun.</summary>
    private static ReportPeriod? OfWeek(int number, int? year, int words, DateOnly today)
    {
        var now = ISOWeek.GetYear(today.ToDateTime(TimeOnly.MinValue));
        foreach (var of in (int[])(year is { } said ? [said] : [now, now - 1]))
        {
            if (
                number >= 1
                && number <= ISOWeek.GetWeeksInYear(of)
                && DateOnly.FromDateTime(ISOWeek.ToDateTime(of, number, DayOfWeek.Monday))
                    is var monday
                && (year is not null || monday <= today)
            )
            {
                return new ReportPeriod(monday, monday.AddDays(6), words);
            }
        }

        return null;
    }

    [GeneratedRegex(@"^(ytd|qtd|mtd|wtd|(year|quarter|month|week)[- ]to[- ]date)$", Options, 1000)]
    private static partial Regex ToDate();

    // Behind or in front of its year: q1, 1q, quarter 1, first quarter, 1st half, week 12, kw12.
    [GeneratedRegex(
        @"^(the )?((?<year>2[01]\d\d)[-/ ]?)?((?<unit>q|h|w|kw|cw|quarter|half|week)[-_ ]?(?<number>\d{1,2})|(?<number>\d)(?<unit>q|h)(?=[-/'’ ]*\d)|((?<number>\d)(st|nd|rd|th)|(?<ordinal>first|second|third|fourth)) (?<unit>q|quarter|half))((?<!2[01]\d\d.*)(([-/ ]| of | in )?(?<year>2[01]\d\d)|([-/'’ ]+|(?<=\d[qh]))(?<year>\d\d)))?$",
        Options,
        1000
    )]
    private static partial Regex Numbered();

    private const RegexOptions Options =
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase;
}
