using System.Globalization;

namespace Sidecar.Time;

/// <summary>
/// From one time of the day to another: <c>8:30-9:00</c>, <c>9 am to noon</c>. Where one time is needed it is asked
/// which, since the dash may also have been meant as the minus of an offset.
/// </summary>
internal static class TypedSpans
{
    private static readonly TimeSpan HalfDay = TimeSpan.FromHours(12);

    /// <summary>Where a single time is read: asks which one is meant.</summary>
    public static TypedTaken? Read(ReadOnlySpan<TypedWord> words, WorkingHours workday)
    {
        if (Both(words, workday) is not var (taken, first, last))
        {
            return null;
        }

        // What the end says of morning and evening holds for the beginning, as it does for hours.
        var (begin, end) = Meant(first, last);
        var (from, to) = (Shown(begin), Shown(end));
        var offset = Offset(words[..taken]);
        return new TypedTaken(
            taken,
            new TypedPiece.Doubtful(
                offset is not null
                    ? $"can be the time from {from} to {to}, or {from} at an offset: write {from}, {to} or {from} UTC{offset}"
                    : $"is the time from {from} to {to}, and one time is needed: write {from} or {to}"
            )
            {
                SaysHow = true,
            }
        );
    }

    /// <summary>What could be an offset as well: 9:00-10:00 may be ten hours behind UTC, 9am-10am may not.</summary>
    private static string? Offset(ReadOnlySpan<TypedWord> words)
    {
        for (var i = 1; i < words.Length; i++)
        {
            var word = words[i].Plain;
            if (
                word is ['-', _, ..]
                && (words.Length == 2 || word.Contains(':'))
                && TypedZones.Offset(word) is not null
            )
            {
                return word;
            }
        }

        return null;
    }

    /// <summary>Reads all words as a span; null when they are none.</summary>
    public static (TypedPiece.TimePiece From, TypedPiece.TimePiece To)? All(
        ReadOnlySpan<TypedWord> words,
        WorkingHours workday
    ) =>
        Both(words, workday, takesHours: true) is var (taken, from, to) && taken == words.Length
            ? (from, to)
            : null;

    /// <summary>
    /// A span within a day as people mean it: <c>1-5pm</c> is in the afternoon altogether, <c>9-5</c> ends there.
    /// </summary>
    public static (TimeSpan From, TimeSpan To) Meant(
        TypedPiece.TimePiece from,
        TypedPiece.TimePiece to
    )
    {
        var (begin, end) = (from.SinceMidnight, to.SinceMidnight);
        // 17-9 and 9:00-05:00 are written by the clock of 24 hours: nothing is meant but what stands there.
        if (
            end <= begin
            && to is { HalfIsOpen: true, IsPadded: false }
            && end > TimeSpan.Zero
            && begin < end + HalfDay
            && begin < HalfDay + TimeSpan.FromHours(1)
        )
        {
            return (begin, end < HalfDay ? end + HalfDay : end);
        }

        return
            from is { HalfIsOpen: true, IsPadded: false }
            && !to.HalfIsOpen
            && end > HalfDay
            && begin + HalfDay < end
            ? (begin + HalfDay, end)
            : (begin, end);
    }

    private static (int Words, TypedPiece.TimePiece From, TypedPiece.TimePiece To)? Both(
        ReadOnlySpan<TypedWord> words,
        WorkingHours workday,
        bool takesHours = false
    )
    {
        if (Time(words, workday, takesHours) is not var (first, from) || first >= words.Length)
        {
            return null;
        }

        TypedWord[] rest = words[first..].ToArray();
        var isApart = rest[0].Plain is "-" or "to";
        if (!isApart && rest[0].Plain is not ['-', _, ..])
        {
            return null;
        }

        TypedWord[] end = isApart
            ? rest[1..]
            : [new TypedWord(rest[0].Plain[1..], rest[0].Typed), .. rest[1..]];
        return end.Length > 0 && Time(end, workday, takesHours) is var (second, to)
            ? (first + second + (isApart ? 1 : 0), from, to)
            : null;
    }

    // Where a length may be meant as well, 2h is one.
    private static (int Words, TypedPiece.TimePiece Time)? Time(
        ReadOnlySpan<TypedWord> words,
        WorkingHours workday,
        bool takesHours
    ) =>
        (
            (takesHours ? TypedClocks.Hour(words, workday) : null)
            ?? TypedClocks.Read(words, workday)
            ?? TypedPhrases.Read(words, workday)
        )
            is { Piece: TypedPiece.TimePiece time, Words: var taken }
            ? (taken, time)
            : null;

    private static string Shown(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");
}
