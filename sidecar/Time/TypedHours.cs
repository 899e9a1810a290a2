using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sidecar.Text;

namespace Sidecar.Time;

/// <summary>
/// Working hours as people type them, whatever they type: one span of the day, the days it is of, or what stands in the
/// way of reading them. There is no other reader of hours.
/// </summary>
public abstract partial record TypedHours
{
    private TypedHours() { }

    private static readonly WorkingHours AnyHours = new();

    /// <summary>A zone that was named with the hours, as typed; empty for none.</summary>
    public string Zone { get; private init; } = "";

    /// <summary>Which one that is; null where the letters can be several.</summary>
    public TimeZoneInfo? KnownZone { get; private init; }

    /// <summary>From one time of the day to another; the end may lie before the begin.</summary>
    /// <param name="From">The begin.</param>
    /// <param name="To">The end.</param>
    /// <param name="Days">Of these days; null when none were named.</param>
    public sealed record OneSpan(TimeOfDay From, TimeOfDay To, ImmutableArray<DayOfWeek>? Days)
        : TypedHours;

    /// <summary>Days alone: <c>mo-fr</c>.</summary>
    public sealed record DaysOnly(ImmutableArray<DayOfWeek> Days) : TypedHours;

    /// <summary>More than one span: <c>9-12, 13-17</c>, <c>mon 9-17, tue 10-18</c>.</summary>
    /// <param name="Spans">All of them, as typed.</param>
    /// <param name="OfDays">Days stand between them, so that they are of several.</param>
    public sealed record Several(ImmutableArray<(TimeOfDay From, TimeOfDay To)> Spans, bool OfDays)
        : TypedHours;

    /// <summary>Something else.</summary>
    /// <param name="Word">What is no day and no time beside a span that was understood; empty when there is none.</param>
    public sealed record Unclear(string Word) : TypedHours;

    /// <summary>Reads all of it.</summary>
    public static TypedHours Read(string text)
    {
        var plain = Both().Replace(Until().Replace(text, " to "), "${from} to ");
        if (TypedWords.Of(plain) is not { Length: > 0 } words)
        {
            return new Unclear("");
        }

        var spans = ImmutableArray.CreateBuilder<(TimeOfDay From, TimeOfDay To)>();
        var (before, between, behind) = (
            new List<TypedWord>(),
            new List<TypedWord>(),
            new List<TypedWord>()
        );
        for (var at = 0; at < words.Length; )
        {
            if (Span(words.AsSpan(at)) is var (taken, from, to))
            {
                spans.Add((from, to));
                between.AddRange(behind);
                behind.Clear();
                at += taken;
                continue;
            }

            (spans.Count == 0 ? before : behind).Add(words[at++]);
        }

        var zone = Taken(before) ?? Taken(behind) ?? default;
        return Of(spans.ToImmutable(), before, between, behind) with
        {
            Zone = zone.Typed ?? "",
            KnownZone = zone.Zone,
        };
    }

    private static TypedHours Of(
        ImmutableArray<(TimeOfDay From, TimeOfDay To)> spans,
        List<TypedWord> before,
        List<TypedWord> between,
        List<TypedWord> behind
    )
    {
        // The days stand in front or behind: mon-thu 9-15, 9-15 mon to thu.
        var named = before.Count > 0 ? before : behind;
        var days = DaysIn(named);
        return spans switch
        {
            [] => days is { } only ? new DaysOnly(only) : new Unclear(""),
            [_, _, ..] => new Several(
                spans,
                between.Count > 0 || (before.Count > 0 && behind.Count > 0)
            ),
            _ when named.Count > 0 && days is null => new Unclear(Typed(named)),
            _ when before.Count > 0 && behind.Count > 0 => new Unclear(Typed(behind)),
            [var (from, to)] => new OneSpan(from, to, days),
        };
    }

    /// <summary>The longest span with which the words begin.</summary>
    private static (int Words, TimeOfDay From, TimeOfDay To)? Span(ReadOnlySpan<TypedWord> words)
    {
        for (var count = Math.Min(words.Length, LongestSpan); count > 1; count--)
        {
            if (
                TypedSpans.All(words[..count], AnyHours) is var (from, to)
                && TypedSpans.Meant(from, to) is var (begin, end)
                && Minutes(begin) is { } first
                && Minutes(end) is { } last
            )
            {
                return (count, first, last);
            }
        }

        return null;
    }

    // 9 h 30 - 17 h 30, and a word more at each end.
    private const int LongestSpan = 9;

    /// <summary>The zone in these words, which are without it then; days are never one.</summary>
    private static (string? Typed, TimeZoneInfo? Zone)? Taken(List<TypedWord> words)
    {
        for (var at = 0; at < words.Count; at++)
        {
            if (
                WeekDays.Read(words[at].Plain) is null
                && TypedZones.Read(words.Skip(at).ToArray(), AnyHours)
                    is { Words: var count, Piece: var piece }
            )
            {
                var typed = Typed(words.GetRange(at, count));
                words.RemoveRange(at, count);
                return (typed, (piece as TypedPiece.ZonePiece)?.Which);
            }
        }

        return null;
    }

    private static ImmutableArray<DayOfWeek>? DaysIn(List<TypedWord> words) =>
        words.Count == 0 ? null : WeekDays.Read(string.Join(' ', words.Select(w => w.Plain)));

    private static string Typed(IEnumerable<TypedWord> words) =>
        string.Join(' ', words.Select(w => w.Typed));

    private static TimeOfDay? Minutes(TimeSpan time) =>
        time.Seconds == 0 ? new TimeOfDay((int)time.TotalMinutes) : null;

    // Before a single time “until” says nothing, and is not kept.
    [GeneratedRegex(@"\s(until|till?)\s", Options, 1000)]
    private static partial Regex Until();

    // Between 9 and 17; the “and” of other lists says nothing.
    [GeneratedRegex(@"\bbetween\s+(?<from>\S+(\s+[ap]\.?m\.?)?)\s+(and|&)\s", Options, 1000)]
    private static partial Regex Both();

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;
}
