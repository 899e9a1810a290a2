using System.Globalization;
using System.Text.RegularExpressions;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Reports.Domain;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Reports;

/// <summary>What a report is wanted of.</summary>
/// <param name="Span">Which days.</param>
/// <param name="Group">By what.</param>
/// <param name="IsPosted">It is posted where it was asked for, too.</param>
internal sealed record ReportWish(ReportSpan Span, ReportGroup Group, bool IsPosted);

/// <summary>Understands which days are meant and by what.</summary>
internal static partial class ReportReading
{
    public const string Examples =
        "write `week`, `month`, `quarter`, a month as in `2026-03`, a quarter as in `2026-q1`, or two days as in `2026-01-01 2026-03-31`";

    /// <summary>Reads what was typed behind <c>report</c>.</summary>
    /// <param name="typed">The words.</param>
    /// <param name="now">UTC.</param>
    /// <param name="zone">The team's.</param>
    /// <param name="problem">What is wrong, as a sentence; empty when something is returned.</param>
    public static ReportWish? Read(
        string typed,
        DateTimeOffset now,
        TimeZoneInfo zone,
        out string problem
    )
    {
        var today = CalendarDay.At(now, zone);
        var (group, isPosted) = (ReportGroup.Severity, false);
        ReportSpan? span = null;
        var days = new List<DateOnly>();
        string[] words =
        [
            .. Ranges()
                .Replace(UnseenMarks.Plain(typed), "${first} to ${last}")
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        ];
        for (var at = 0; at < words.Length; at++)
        {
            var plain = BareWord.Of(words[at]).ToLowerInvariant();
            if (plain is "here")
            {
                isPosted = true;
            }
            else if (GroupOf(plain) is { } by)
            {
                group = by;
            }
            else if (Day(words.AsSpan(at), today) is var (day, taken))
            {
                days.Add(day);
                at += taken - 1;
            }
            else if (Month(words.AsSpan(at), today, zone) is var (month, count))
            {
                span = month;
                at += count - 1;
            }
            else if (Named(plain, today, zone) is { } named)
            {
                span = named;
            }
            else if (
                plain
                is not (
                    "to"
                    or "until"
                    or "till"
                    or "by"
                    or "per"
                    or "last"
                    or "from"
                    or "the"
                    or "this"
                    or "since"
                    or "for"
                    or "of"
                    or "and"
                    or "-"
                )
            )
            {
                // What is a date in two ways says so itself.
                CalendarDay.ReadPassed(words[at], today, out var why);
                problem = why.Contains("two ways", StringComparison.Ordinal)
                    ? why
                    : $"I don’t know “{MarkdownEscaper.Shorten(words[at], 40)}”. For the days {Examples}; after them you can write `customer`, `engineer` or `severity`, and `here`.";
                return null;
            }
        }

        problem = "";
        if (days.Count > 2 || (days.Count > 0 && span is not null))
        {
            problem = $"Those are more days than a first and a last one: {Examples}.";
            return null;
        }

        if (days.Count > 0)
        {
            span = Between(days[0], days.Count == 2 ? days[1] : today, zone, out problem);
        }

        return problem.Length > 0
            ? null
            : new ReportWish(span ?? Named("month", today, zone)!, group, isPosted);
    }

    /// <summary>A day of several words is read as everywhere: the longest that is one.</summary>
    private static (DateOnly Day, int Words)? Day(ReadOnlySpan<string> words, DateOnly today)
    {
        for (var length = Math.Min(LongestDay, words.Length); length > 0; length--)
        {
            if (
                !words[..length].ContainsAny("to", "until", "-")
                && CalendarDay.ReadPassed(string.Join(' ', words[..length]!), today, out _)
                    is { } day
            )
            {
                return (day, length);
            }
        }

        return null;
    }

    /// <summary>A month by its name, with its year or the last one: <c>january</c>, <c>jan 2026</c>.</summary>
    private static (ReportSpan Span, int Words)? Month(
        ReadOnlySpan<string> words,
        DateOnly today,
        TimeZoneInfo zone
    )
    {
        var name = BareWord.Of(words[0]);
        if (
            !name.All(char.IsAsciiLetter)
            || TypedDate.ReadFull($"1 {name} 2024") is not { Day: 1, Month: var month }
        )
        {
            return null;
        }

        var isNamed = words.Length > 1 && TypedNumber.Whole(words[1]) is >= 2000 and <= 2200;
        var year =
            isNamed ? (int)TypedNumber.Whole(words[1])!.Value
            : month <= today.Month ? today.Year
            : today.Year - 1;
        var first = new DateOnly(year, month, 1);
        return (new ReportSpan(first, first.AddMonths(1).AddDays(-1), zone), isNamed ? 2 : 1);
    }

    private const int LongestDay = 5;

    // 2026-01-01..2026-03-31, and with a dash.
    [GeneratedRegex(
        @"(?<first>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(\.{2,3}|…|-)(?<last>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Ranges();

    /// <summary>The days from one to another.</summary>
    public static ReportSpan? Between(
        DateOnly first,
        DateOnly last,
        TimeZoneInfo zone,
        out string problem
    )
    {
        problem =
            last < first
                ? $"{CalendarDay.Write(last)} is before {CalendarDay.Write(first)}: the first day comes first."
            : last.DayNumber - first.DayNumber >= ReportSpan.MostDays
                ? "That is more than two years: take fewer days."
            : "";
        return problem.Length > 0 ? null : new ReportSpan(first, last, zone);
    }

    /// <summary>A week, month or quarter up to today, or one by its name; null when it is none.</summary>
    public static ReportSpan? Named(string word, DateOnly today, TimeZoneInfo zone)
    {
        var first = word switch
        {
            "week" or "weekly" => today.AddDays(-6),
            "month" or "monthly" => today.AddMonths(-1).AddDays(1),
            "quarter" or "quarterly" => today.AddMonths(-3).AddDays(1),
            "year" or "yearly" => today.AddYears(-1).AddDays(1),
            _ => (DateOnly?)null,
        };
        if (first is { } from)
        {
            return new ReportSpan(from, today, zone);
        }

        if (
            word.Length != 7
            || word[4] != '-'
            || !int.TryParse(
                word[..4],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var year
            )
            || year is < 2000 or > 2200
        )
        {
            return null;
        }

        var (month, length) =
            word[5] == 'q' && word[6] is >= '1' and <= '4' ? (((word[6] - '1') * 3) + 1, 3)
            : int.TryParse(
                word[5..],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var number
            ) && number is >= 1 and <= 12
                ? (number, 1)
            : (0, 0);
        if (length == 0)
        {
            return null;
        }

        var begin = new DateOnly(year, month, 1);
        return new ReportSpan(begin, begin.AddMonths(length).AddDays(-1), zone);
    }

    private static ReportGroup? GroupOf(string word) =>
        word switch
        {
            "severity" or "severities" => ReportGroup.Severity,
            "customer" or "customers" => ReportGroup.Customer,
            "engineer" or "engineers" => ReportGroup.Engineer,
            _ => null,
        };
}
