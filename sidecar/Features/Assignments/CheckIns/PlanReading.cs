using System.Collections.Immutable;
using Sidecar.People;
using Sidecar.Scheduling;
using Sidecar.Scheduling.Typing;

namespace Sidecar.Features.Assignments;

/// <summary>A weekly time as people write it: <c>tue 14:00</c>, <c>every Tuesday at 2pm</c>, <c>thu 9am ET</c>.</summary>
internal static class PlanReading
{
    public const string Examples =
        "Write it as in `tue 14:00`, `thursdays at 9am` or `wed 9am ET`.";
    private const int MaxLength = 100;

    private static readonly ImmutableArray<string> Fillers = ["every", "each", "on", "weekly"];

    /// <summary>Reads a weekday and a time, in the person’s zone unless one is written; null with what is wrong.</summary>
    public static CheckInPlan? Read(
        string text,
        PersonTime person,
        DateTimeOffset now,
        out string problem
    )
    {
        problem = "";
        if (text.Length > MaxLength)
        {
            problem = $"That is no weekday and time. {Examples}";
            return null;
        }

        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SkipWhile(w => Fillers.Contains(w, StringComparer.OrdinalIgnoreCase))
            .ToArray();
        if (words.Length < 2 || DayOf(words[0]) is not { } day)
        {
            problem = $"“{text}” is no weekday and time. {Examples}";
            return null;
        }

        switch (
            TypedTime.Read(
                $"{day.ToString()[..3]} {string.Join(' ', words[1..])}",
                now,
                person.Zone,
                person.Hours
            )
        )
        {
            case TypedTime.Understood { Moment: var at, Zone: var zone }
                when LocalTime.Of(at, zone) is var local && local.DayOfWeek == day:
                return new CheckInPlan(
                    day,
                    new TimeOfDay((local.Hour * 60) + local.Minute),
                    zone.Id
                );
            case TypedTime.Unclear unclear:
                problem = unclear.Problem;
                return null;
            default:
                problem = $"“{text}” is no weekday and time. {Examples}";
                return null;
        }
    }

    private static DayOfWeek? DayOf(string word)
    {
        var plain = word.Trim(',', '.');
        return TypedPhrases.DayOf(plain)
            ?? (
                plain.EndsWith('s') || plain.EndsWith('S') ? TypedPhrases.DayOf(plain[..^1]) : null
            );
    }
}
