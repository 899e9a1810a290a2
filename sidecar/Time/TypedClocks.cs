using System.Globalization;

namespace Sidecar.Time;

/// <summary>Times of the day: <c>8am</c>, <c>8:30 pm</c>, <c>14.30</c>, <c>0830</c>, <c>9</c>.</summary>
internal static class TypedClocks
{
    private const int HoursOfHalf = 12;
    private const int Digits = 4;

    public static TypedTaken? Read(ReadOnlySpan<TypedWord> words, WorkingHours workday)
    {
        if (Parts(words[0].Plain) is not var (hours, minutes, seconds))
        {
            return null;
        }

        var half = words.Length > 1 ? words[1].Plain : "";
        if (half is "am" or "pm" or "a" or "p")
        {
            return hours is >= 1 and <= HoursOfHalf
                ? new TypedTaken(2, OfHalf(hours, minutes, seconds, half[0] == 'p'))
                : null;
        }

        // 12 noon, 12 midnight: the word says which.
        if (
            (hours, minutes, seconds) == (HoursOfHalf, 0, 0)
            && half is "noon" or "midday" or "midnight"
        )
        {
            return new TypedTaken(
                2,
                new TypedPiece.TimePiece(TimeSpan.FromHours(half == "midnight" ? 24 : hours))
            );
        }

        var time = new TimeSpan(hours, minutes, seconds);
        return time <= TimeSpan.FromDays(1)
            ? new TypedTaken(
                1,
                new TypedPiece.TimePiece(time, HalfIsOpen: true)
                {
                    IsPadded = words[0].Plain is ['0', _, ..],
                }
            )
            : null;
    }

    /// <summary>As clocks of hours alone are written elsewhere: <c>9h</c>, <c>9h30</c>, <c>17 Uhr</c>.</summary>
    public static TypedTaken? Hour(ReadOnlySpan<TypedWord> words, WorkingHours workday)
    {
        if (words.Length < 2 || words[1].Plain is not ("h" or "hrs" or "uhr"))
        {
            return null;
        }

        var minutes =
            words.Length > 2 && words[2].Plain is { Length: 2 } two ? Number(two, 2) : null;
        TypedWord written = minutes is null
            ? words[0]
            : words[0] with
            {
                Plain = $"{words[0].Plain}:{words[2].Plain}",
            };
        return Read([written], workday) is { } read
            ? read with
            {
                Words = minutes is null ? 2 : 3,
            }
            : null;
    }

    private static TypedPiece.TimePiece OfHalf(
        int hours,
        int minutes,
        int seconds,
        bool afternoon
    ) => new(new TimeSpan((hours % HoursOfHalf) + (afternoon ? HoursOfHalf : 0), minutes, seconds));

    private static (int Hours, int Minutes, int Seconds)? Parts(string word)
    {
        if (word.Length == Digits && Number(word, Digits) is { } both)
        {
            return both % 100 < 60 ? (both / 100, both % 100, 0) : null;
        }

        var parts = word.Split(':') is [var h, var m, var s]
            ? [h, m, s.Split('.')[0]]
            : word.Split(':', '.');
        return parts switch
        {
            [{ Length: <= 2 } hour] when Number(hour, 2) is { } hours => (hours, 0, 0),
            [{ Length: <= 2 } hour, { Length: 2 } minute]
                when Number(hour, 2) is { } hours && Sixtieths(minute) is { } minutes => (
                hours,
                minutes,
                0
            ),
            [{ Length: <= 2 } hour, { Length: 2 } minute, { Length: 2 } second]
                when Number(hour, 2) is { } hours
                    && Sixtieths(minute) is { } minutes
                    && Sixtieths(second) is { } seconds => (hours, minutes, seconds),
            _ => null,
        };
    }

    private static int? Sixtieths(string digits) => Number(digits, 2) is < 60 and var n ? n : null;

    /// <summary>Digits only, and no more of them than that.</summary>
    internal static int? Number(string digits, int most) =>
        digits.Length <= most
        && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
