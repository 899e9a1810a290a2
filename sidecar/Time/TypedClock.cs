using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Sidecar.Time;

/// <summary>
/// Times of the day without a day, as people type them, by the same words as <see cref="TypedTime"/>: <c>8:30 am</c>,
/// <c>noon</c>, <c>17</c>, and from one to another: <c>9 am-5 pm</c>, <c>mon-thu 9 to 3</c>.
/// </summary>
public static partial class TypedClock
{
    private static readonly WorkingHours AnyHours = new();

    /// <summary>A time of the day, to the minute; null when it is none.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="workday">What “end of day” means.</param>
    public static TimeOfDay? Read(string text, WorkingHours? workday = null)
    {
        if (TypedWords.Of(text) is not { Length: > 0 } words)
        {
            return null;
        }

        var hours = workday ?? AnyHours;
        return
            (TypedClocks.Read(words, hours) ?? TypedPhrases.Read(words, hours))
                is { Piece: TypedPiece.TimePiece time, Words: var taken }
            && taken == words.Length
            ? Minutes(time.SinceMidnight)
            : null;
    }

    /// <summary>A weekday and a time that come every week; null when it is something else.</summary>
    /// <returns>The zone is null when none was typed.</returns>
    public static (DayOfWeek Day, TimeOfDay Time, TimeZoneInfo? Zone)? Weekly(
        string text,
        WorkingHours workday,
        out string problem
    )
    {
        problem = "";
        TypedWord[] words =
        [
            .. (TypedWords.Of(text) ?? []).Where(w =>
                w.Plain is not ("every" or "each" or "weekly")
            ),
        ];
        if (words.Length == 0)
        {
            return null;
        }

        var (meaning, why) = TypedMeaning.Of(words, workday);
        problem = why is { IsDoubt: true } ? why.Problem : "";
        return
            meaning?.Weekly is var (day, time, zone) && Minutes(time) is { Minutes: < 24 * 60 } at
            ? (day, at, zone)
            : null;
    }

    /// <summary>The hours of a working day, and the days they are of when some are named in front of them.</summary>
    /// <returns>Null when it is something else; the end may lie before the begin.</returns>
    public static (TimeOfDay From, TimeOfDay To, ImmutableArray<DayOfWeek>? Days)? Hours(
        string text
    )
    {
        // Before a single time “until” says nothing, and is not kept.
        if (TypedWords.Of(Until().Replace(text, " to ")) is not { } words)
        {
            return null;
        }

        for (var at = 0; at < words.Length; at++)
        {
            for (var behind = words.Length; behind > at; behind--)
            {
                if (
                    TypedSpans.All(words.AsSpan(at, behind - at), AnyHours) is var (from, to)
                    && TypedSpans.Meant(from, to) is var (begin, end)
                    && Minutes(begin) is { } first
                    && Minutes(end) is { } last
                )
                {
                    // The days stand in front or behind: mon-thu 9-15, 9-15 mon to thu.
                    TypedWord[] named = [.. words[..at], .. words[behind..]];
                    var days = WeekDays.Read(string.Join(' ', named.Select(w => w.Plain)));
                    return named.Length > 0 && (days is null || (at > 0 && behind < words.Length))
                        ? null
                        : (first, last, days);
                }
            }
        }

        return null;
    }

    /// <summary>The zone that was typed behind hours, which are none with it; null when there is none.</summary>
    public static string? ZoneOfHours(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        for (var behind = 1; behind <= 2 && behind < words.Length; behind++)
        {
            var zone = string.Join(' ', words[^behind..]);
            if (
                TypedWords.Of(zone) is { Length: > 0 } read
                && TypedZones.Read(read, AnyHours) is { Words: var taken }
                && taken == read.Length
                && Hours(string.Join(' ', words[..^behind])) is not null
            )
            {
                return zone;
            }
        }

        return null;
    }

    [GeneratedRegex(
        @"\s(until|till?)\s",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Until();

    private static TimeOfDay? Minutes(TimeSpan time) =>
        time.Seconds == 0 ? new TimeOfDay((int)time.TotalMinutes) : null;
}
