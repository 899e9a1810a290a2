using System.Collections.Frozen;
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
        "write `week`, `month` or `quarter` up to today, `last 30 days`, `last month` or `this month` by the calendar, a month as in `2026-03`, a quarter as in `2026-q1`, or two days as in `2026-01-01 2026-03-31`";

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
        var (group, isPosted, isOpen) = (ReportGroup.Severity, false, false);
        var periods = new List<ReportPeriod>();
        string[] words =
        [
            .. Ranges()
                .Replace(UnseenMarks.Plain(typed), " to ")
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        ];
        string[] plain = [.. words.Select(word => BareWord.Of(word).ToLowerInvariant())];
        for (var at = 0; at < words.Length; at++)
        {
            if (plain[at] is "here")
            {
                isPosted = true;
            }
            else if (GroupOf(plain[at]) is { } by)
            {
                group = by;
            }
            else if (
                // Before days: “30 days” alone are those to come.
                ReportPeriods.Read(plain.AsSpan(at), today)
                    is { } rolling
                && (rolling.IsRolling || rolling.IsCertain)
            )
            {
                periods.Add(rolling);
                at += rolling.Words - 1;
            }
            else if (Day(words.AsSpan(at), today) is { } day)
            {
                // A day alone begins what ends today.
                isOpen = periods.Count == 0;
                periods.Add(day);
                at += day.Words - 1;
            }
            else if (ReportPeriods.Read(plain.AsSpan(at), today) is { } period)
            {
                periods.Add(period);
                at += period.Words - 1;
            }
            else if (plain[at] is "since")
            {
                isOpen = true;
            }
            else if (!SaysNothing.Contains(plain[at]))
            {
                // What is a date in two ways says so itself.
                CalendarDay.ReadPassed(words[at], today, out var why);
                problem =
                    why.Contains("two ways", StringComparison.Ordinal) ? why
                    : at > 0 && plain[at - 1] is "by" or "per"
                        ? $"A report is by `severity`, `customer` or `engineer`, and not by “{MarkdownEscaper.Shorten(words[at], 40)}”."
                    : $"I don’t know “{MarkdownEscaper.Shorten(words[at], 40)}”. For the days {Examples}; after them you can write `customer`, `engineer` or `severity`, and `here`.";
                return null;
            }
        }

        problem = "";
        if (periods.Count > 2 || (periods.Count > 1 && periods.Exists(p => p.IsRolling)))
        {
            problem = $"Those are more days than a first and a last one: {Examples}.";
            return null;
        }

        var span = periods switch
        {
            [] => Named("month", today, zone, out problem),
            [{ First: var first, Last: var last }] => Between(
                first,
                isOpen ? Later(today, last) : last,
                today,
                zone,
                out problem
            ),
            [var begin, var end, ..] => Between(begin.First, end.Last, today, zone, out problem),
        };
        return span is null ? null : new ReportWish(span, group, isPosted);
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    /// <summary>A day of several words is read as everywhere: the longest that is one.</summary>
    private static ReportPeriod? Day(ReadOnlySpan<string> words, DateOnly today)
    {
        for (var length = Math.Min(LongestDay, words.Length); length > 0; length--)
        {
            if (
                !words[..length].ContainsAny("to", "until", "-")
                && CalendarDay.ReadPassed(string.Join(' ', words[..length]!), today, out _)
                    is { } day
            )
            {
                return new ReportPeriod(day, day, length);
            }
        }

        return null;
    }

    private const int LongestDay = 5;

    /// <summary>What people write between the words that matter.</summary>
    private static readonly FrozenSet<string> SaysNothing =
        "to until till by per last from the this for of and in over during within - –"
            .Split(' ')
            .ToFrozenSet(StringComparer.Ordinal);

    // 2026-01-01..2026-03-31, 2026-q1…2026-q2, and days with a dash.
    [GeneratedRegex(
        @"(?<=[0-9A-Za-z])(\.{2,3}|…)(?=[0-9A-Za-z])|(?<=[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})-(?=[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Ranges();

    /// <summary>The days from one to another, as far as they have come.</summary>
    public static ReportSpan? Between(
        DateOnly first,
        DateOnly last,
        DateOnly today,
        TimeZoneInfo zone,
        out string problem
    )
    {
        problem =
            last < first
                ? $"{CalendarDay.Write(last)} is before {CalendarDay.Write(first)}: the first day comes first."
            : first > today
                ? $"{CalendarDay.Write(first)}{(last == first ? " is a day" : $" to {CalendarDay.Write(last)} are days")} to come: there is nothing to report of yet."
            : Earlier(last, today).DayNumber - first.DayNumber >= ReportSpan.MostDays
                ? "That is more than two years: take fewer days."
            : "";
        return problem.Length > 0 ? null : new ReportSpan(first, Earlier(last, today), zone);
    }

    /// <summary>The days of one period, see <see cref="ReportPeriods"/>.</summary>
    /// <returns>Null when it is none, or is to come, which is the problem then.</returns>
    public static ReportSpan? Named(
        string typed,
        DateOnly today,
        TimeZoneInfo zone,
        out string problem
    )
    {
        problem = "";
        var words = typed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
            words.Length > 0
            && ReportPeriods.Read(words, today) is { } period
            && period.Words == words.Length
            ? Between(period.First, period.Last, today, zone, out problem)
            : null;
    }

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    private static ReportGroup? GroupOf(string word) =>
        word switch
        {
            "severity" or "severities" => ReportGroup.Severity,
            "customer" or "customers" => ReportGroup.Customer,
            "engineer" or "engineers" => ReportGroup.Engineer,
            _ => null,
        };
}
