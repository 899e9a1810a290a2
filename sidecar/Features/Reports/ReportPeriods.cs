using System.Globalization;
using System.Text.RegularExpressions;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Reports;

/// <summary>Days with a name of their own, as a report can be of them.</summary>
/// <param name="First">The first day.</param>
/// <param name="Last">The last one; it may be to come.</param>
/// <param name="Words">How many words named them.</param>
internal readonly record struct ReportPeriod(DateOnly First, DateOnly Last, int Words)
{
    /// <summary>It is so many days up to today, and nothing that another day could begin or end.</summary>
    public bool IsRolling { get; init; }

    /// <summary>Its words name it so that none of them is a day: <c>first quarter</c>, <c>week 12</c>.</summary>
    public bool IsCertain { get; init; }
}

/// <summary>
/// Understands periods: <c>month</c> and <c>last 30 days</c> end today; <c>last month</c> is the one of the calendar
/// before this one, <c>this month</c> what there is of it; <c>january</c>, <c>2026-03</c>, <c>q1 2026</c> and <c>2026</c>
/// are those of the calendar, without a year the last ones that have begun.
/// </summary>
internal static partial class ReportPeriods
{
    private const int MonthsOfQuarter = 3;
    private const int MostCounted = 1000;

    /// <summary>The period with which the words begin; null when they begin with none.</summary>
    public static ReportPeriod? Read(ReadOnlySpan<string> words, DateOnly today) =>
        // Of “quarter 1” the quarter alone would be another one.
        ReportQuarters.Read(words, today)
        ?? UpToToday(words, today)
        ?? OfCalendar(words, today);

    /// <summary>What is counted from today: <c>week</c>, <c>30d</c>, <c>last two weeks</c>, <c>last month</c>.</summary>
    private static ReportPeriod? UpToToday(ReadOnlySpan<string> words, DateOnly today)
    {
        var which = words[0];
        var isNamed = which is "last" or "past" or "previous" or "this" or "current";
        var (at, count) = (isNamed ? 1 : 0, (int?)null);
        if (words.Length > at && InOne().Match(words[at]) is { Success: true } one)
        {
            return Rolling(
                Counted(one.Groups["count"].Value),
                UnitOf(one.Groups["unit"].Value),
                at + 1,
                today
            );
        }

        if (words.Length > at + 1 && Counted(words[at]) is { } number)
        {
            (at, count) = (at + 1, number);
        }

        if (words.Length <= at || UnitOf(words[at]) is not { } unit)
        {
            return null;
        }

        at++;
        return count is not null
            ? words.Length > at && words[at] == "ago"
                ? null
                : Rolling(count, unit, at, today)
            : which is "last" or "previous"
                ? Calendar(unit, today, back: 1, at)
                : which is "this" or "current"
                    ? Calendar(unit, today, back: 0, at)
                    // A letter alone means nothing, a day alone is read as a day, and “weeks” are those of something else.
                    : unit == PeriodUnit.Day || which.Length < 4 || which.EndsWith('s')
                        ? null
                        : Rolling(1, unit, at, today);
    }

    private static ReportPeriod? Rolling(int? count, PeriodUnit? unit, int words, DateOnly today) =>
        count is not (> 0 and <= MostCounted and var many) ? null
        : (
            unit switch
            {
                PeriodUnit.Day => today.AddDays(1 - many),
                PeriodUnit.Week => today.AddDays(1 - (7 * many)),
                PeriodUnit.Month => today.AddMonths(-many).AddDays(1),
                PeriodUnit.Quarter => today.AddMonths(-MonthsOfQuarter * many).AddDays(1),
                PeriodUnit.Year => today.AddYears(-many).AddDays(1),
                _ => (DateOnly?)null,
            }
        )
            is { } first
            ? new ReportPeriod(first, today, words) { IsRolling = true }
        : null;

    /// <summary>The one of the calendar in which today is, or one before it.</summary>
    internal static ReportPeriod Calendar(PeriodUnit unit, DateOnly today, int back, int words)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        var quarter = new DateOnly(today.Year, ((today.Month - 1) / 3 * 3) + 1, 1);
        return unit switch
        {
            PeriodUnit.Day => new ReportPeriod(today.AddDays(-back), today.AddDays(-back), words),
            PeriodUnit.Week
                when Weeks.Last(today, DayOfWeek.Monday).AddDays(-7 * back) is var monday =>
                new ReportPeriod(monday, monday.AddDays(6), words),
            PeriodUnit.Month => Months(month.AddMonths(-back), 1, words),
            PeriodUnit.Quarter => Months(quarter.AddMonths(-MonthsOfQuarter * back), 3, words),
            _ => Months(new DateOnly(today.Year - back, 1, 1), 12, words),
        };
    }

    private static ReportPeriod? OfCalendar(ReadOnlySpan<string> words, DateOnly today)
    {
        for (var length = Math.Min(2, words.Length); length > 0; length--)
        {
            if (Numbered(string.Join(' ', words[..length]!), length) is { } numbered)
            {
                return numbered;
            }
        }

        return OfMonth(words, today);
    }

    /// <summary><c>2026-03</c>, <c>03/2026</c>; <c>2026</c>.</summary>
    private static ReportPeriod? Numbered(string text, int words)
    {
        if (
            ((Regex[])[Month(), YearLast(), Year()])
                .Select(form => form.Match(text))
                .FirstOrDefault(match => match.Success)
            is not { } read
        )
        {
            return null;
        }

        var year = Number(read.Groups["year"].Value);
        return read.Groups["month"] is not { Success: true, Value: var month }
                ? Months(new DateOnly(year, 1, 1), 12, words)
            : Number(month) is >= 1 and <= 12 and var number
                ? Months(new DateOnly(year, number, 1), 1, words)
            : null;
    }

    /// <summary>A month by its name, with its year or the last one: <c>january</c>, <c>jan 2026</c>.</summary>
    private static ReportPeriod? OfMonth(ReadOnlySpan<string> words, DateOnly today)
    {
        if (
            !words[0].All(char.IsAsciiLetter)
            || TypedDate.ReadFull($"1 {words[0]} 2024") is not { Day: 1, Month: var month }
        )
        {
            return null;
        }

        return words.Length > 1 && TypedNumber.Whole(words[1]) is >= 2000 and <= 2200 and var year
            ? Months(new DateOnly((int)year, month, 1), 1, 2)
            : Months(new DateOnly(LastYearOf(month, today), month, 1), 1, 1);
    }

    internal static int LastYearOf(int month, DateOnly today) =>
        month <= today.Month ? today.Year : today.Year - 1;

    internal static ReportPeriod Months(DateOnly first, int count, int words) =>
        new(first, first.AddMonths(count).AddDays(-1), words);

    private static int? Counted(string word) =>
        TypedNumber.Whole(word) is { } number
            ? (int)Math.Min(number, MostCounted + 1)
            : TypedLengths.Named(word);

    internal static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    internal enum PeriodUnit
    {
        Day,
        Week,
        Month,
        Quarter,
        Year,
    }

    private static PeriodUnit? UnitOf(string word) =>
        word switch
        {
            "d" or "day" or "days" => PeriodUnit.Day,
            "w" or "wk" or "wks" or "week" or "weeks" or "weekly" => PeriodUnit.Week,
            "m" or "mo" or "month" or "months" or "monthly" => PeriodUnit.Month,
            "q" or "quarter" or "quarters" or "quarterly" => PeriodUnit.Quarter,
            "y" or "yr" or "yrs" or "year" or "years" or "yearly" => PeriodUnit.Year,
            _ => null,
        };

    // 30d, 2weeks, 30-days.
    [GeneratedRegex(@"^(?<count>\d{1,4})-?(?<unit>[a-z]+)$", Options, 1000)]
    private static partial Regex InOne();

    [GeneratedRegex(@"^(?<year>2[01]\d\d)[-/](?<month>\d{1,2})$", Options, 1000)]
    private static partial Regex Month();

    [GeneratedRegex(@"^(?<month>\d{1,2})[-/](?<year>2[01]\d\d)$", Options, 1000)]
    private static partial Regex YearLast();

    [GeneratedRegex(@"^(?<year>2[01]\d\d)$", Options, 1000)]
    private static partial Regex Year();

    private const RegexOptions Options =
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase;
}
