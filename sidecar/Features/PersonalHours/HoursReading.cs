using System.Collections.Immutable;
using Sidecar.Scheduling;
using Sidecar.Scheduling.Typing;

namespace Sidecar.Features.PersonalHours;

/// <summary>Working hours as people write them: <c>07:00-15:00</c>, <c>mon-thu 9-15</c>, <c>9am-5pm</c>, <c>default</c>.</summary>
/// <param name="Hours">Null for the team's.</param>
/// <param name="Days">Null for the team's.</param>
internal sealed record HoursReading(WorkingHours? Hours, ImmutableArray<DayOfWeek>? Days)
{
    /// <summary>What can be written, for messages.</summary>
    public const string Examples =
        "Write them as in `hours 07:00-15:00`, `hours mon-thu 09:00-15:00` or, for the team’s, `hours default`.";

    /// <summary>Reads what was typed.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="problem">What is wrong with it, as a sentence; empty when it was understood.</param>
    public static HoursReading? Read(string text, out string problem)
    {
        problem = "";
        var plain = Plain(text);
        if (plain == "default")
        {
            return new HoursReading(null, null);
        }

        var at = plain.LastIndexOf(' ');
        var days = at < 0 ? null : WeekDays.Read(plain[..at]);
        if ((at >= 0 && days is null) || plain[(at + 1)..].Split('-') is not [var first, var last])
        {
            problem = $"I do not understand “{text}” as working hours.";
            return null;
        }

        if (Time(first) is not { } from || Time(last) is not { } to)
        {
            problem =
                $"“{(Time(first) is null ? first : last)}” is no time of day, from 00:00 to 24:00.";
            return null;
        }

        if (from.Minutes >= to.Minutes)
        {
            problem =
                $"Work that begins at {from} can’t end at {to}: the end has to be later on the same day, up to 24:00.";
            return null;
        }

        return new HoursReading(new WorkingHours { From = from, To = to }, days);
    }

    /// <summary>One kind of dash, with no blanks around it, and one kind of blank.</summary>
    private static string Plain(string text)
    {
        var dashes = text.Trim()
            .ToLowerInvariant()
            .Replace('–', '-')
            .Replace('—', '-')
            .Replace(" to ", "-", StringComparison.Ordinal);
        return string.Join(
            '-',
            dashes
                .Split('-')
                .Select(part =>
                    string.Join(
                        ' ',
                        part.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)
                    )
                )
        );
    }

    private static TimeOfDay? Time(string text) =>
        TypedWords.Of(text) is { Length: > 0 } words
        && TypedClocks.Read(words, new WorkingHours())
            is { Piece: TypedPiece.Time { SinceMidnight: var time }, Words: var taken }
        && taken == words.Length
        && time.Seconds == 0
            ? new TimeOfDay((int)time.TotalMinutes)
            : null;
}
