using Sidecar.Features.Assignments.Domain;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Records;

/// <summary>What somebody wrote behind <c>engineer meeting</c> and <c>engineer doc</c>, as far as it could be understood.</summary>
internal static class RecordedText
{
    public const int MaxTitleLength = 150;
    public const int MaxAboutLength = 1000;
    private const string Updated = "updated";

    /// <summary>What can be typed where only what is over makes sense.</summary>
    public const string PassedDays = "2026-01-31, 31 Jan 2026, yesterday, today or fri";

    public const string MeetingToCome =
        "That day is to come: a meeting is noted once it was. When was it?";

    /// <summary>Quotes around the whole are how people write a title, and no part of it.</summary>
    public static string Unquoted(string text) =>
        CommandLine.Read(text).Words is [{ IsQuoted: true } only] ? only.Value.Trim() : text;

    /// <summary><c>2026-03-02 Quarterly review</c>; null, with a problem, when it can't be understood.</summary>
    public static (DateOnly On, string About)? Meeting(
        string typed,
        PersonTime person,
        DateTimeOffset now,
        out string problem
    )
    {
        problem = "";
        if (
            TypedDate.AtFront(typed, LocalTime.DayOf(now, person.Zone), hasPassed: true)
            is not { } read
        )
        {
            problem =
                $"When was it? Write the day in front of what it was about, as in {PassedDays}.";
            return null;
        }

        problem =
            read.Day > LocalTime.DayOf(now, person.Zone) ? MeetingToCome
            : read.Behind.Length == 0 ? "What was it about? Write it after the day."
            : !TextLength.Fits(read.Behind, MaxAboutLength)
                ? $"This takes {MaxAboutLength} characters; yours has {TextLength.Told(read.Behind, MaxAboutLength)}."
            : "";
        return problem.Length == 0 ? (read.Day, Unquoted(read.Behind)) : null;
    }

    /// <summary>
    /// <c>https://… Network plan updated 2026-03-01</c>: without a day it is today. A title may have “updated” in it as
    /// long as no day follows.
    /// </summary>
    public static (string Link, string Title, DateOnly On)? Document(
        string typed,
        PersonTime person,
        DateTimeOffset now,
        DateOnly today,
        out string problem
    )
    {
        (typed, var words) = CommandLine.Read(typed);
        var link = AssignmentLink.Read(words.IsEmpty ? "" : words[0].Value, out problem);
        if (link is null)
        {
            return null;
        }

        var title = typed[words[0].End..].Trim();
        DateOnly? on = today;
        var at = title.LastIndexOf(Updated, StringComparison.OrdinalIgnoreCase);
        if (at >= 0 && (at == 0 || char.IsWhiteSpace(title[at - 1])))
        {
            var day = title[(at + Updated.Length)..].Trim();
            on = day.Length == 0 ? today : TypedDate.Read(day, today, hasPassed: true, out problem);
            if (on is not null)
            {
                title = title[..at].Trim();
            }
            else if (day.Any(char.IsDigit) || TypedDate.IsOfDays(day))
            {
                return null;
            }
            else
            {
                (on, problem) = (today, "");
            }
        }

        title = Unquoted(title);
        problem = Title(title);
        return problem.Length == 0 ? (link, title, on.Value) : null;
    }

    /// <summary>What is wrong with a document's title; empty when nothing is.</summary>
    public static string Title(string title) =>
        !TextLength.Fits(title, MaxTitleLength)
            ? $"A title takes {MaxTitleLength} characters; yours has {TextLength.Told(title, MaxTitleLength)}."
            : "";
}

/// <summary>Addresses that an assignment keeps.</summary>
internal static class AssignmentLink
{
    /// <summary>Reads an address; null, with a problem, when it is none.</summary>
    public static string? Read(string typed, out string problem)
    {
        var link = Sidecar.Text.WebLink.Read(typed, out problem);
        if (link is { Length: > Assignment.MaxLinkLength })
        {
            problem =
                $"An address takes {Assignment.MaxLinkLength} characters; this one has {TextLength.Told(link, Assignment.MaxLinkLength)}.";
            return null;
        }

        return link;
    }
}
