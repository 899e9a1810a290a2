using System.Collections.Frozen;
using System.Globalization;

namespace Sidecar.Time;

/// <summary>Dates: <c>2026-01-31</c>, <c>31 jan</c>, <c>Jan 31st 2027</c>, <c>31.1.</c>, <c>31/1/2026</c>.</summary>
internal static class TypedDates
{
    private const int Century = 2000;

    private static readonly FrozenDictionary<string, int> Months = Enumerable
        .Range(1, 12)
        .SelectMany(month =>
        {
            var name = Name(month).ToLowerInvariant();
            return new[] { (Name: name, Month: month), (Name: name[..3], Month: month) };
        })
        .Append(("sept", 9))
        .Distinct()
        .ToFrozenDictionary(m => m.Item1, m => m.Item2, StringComparer.Ordinal);

    private static readonly FrozenSet<string> Ordinals = new[]
    {
        "st",
        "nd",
        "rd",
        "th",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary><c>31 jan 2027</c>, <c>january 31st</c>, <c>the 31st</c>.</summary>
    public static TypedTaken? Spelled(ReadOnlySpan<TypedWord> words, WorkingHours workday)
    {
        var at = 0;
        var month = Month(words, ref at);
        var day = Day(words, ref at);
        month ??= Month(words, ref at);
        if (
            month is null
            && day is >= 1 and <= 31 and var alone
            && at == 2
            && Ordinals.Contains(words[1].Plain)
        )
        {
            return new TypedTaken(at, new TypedPiece.DayPiece(new TypedDay.OfMonth(alone)));
        }

        return month is not { } m || day is not { } d ? null
            : Dated(Year(words, ref at), m, d) is { } dated ? new TypedTaken(at, dated)
            : null;
    }

    /// <summary><c>2026-01-31</c>, <c>31.1.</c>, <c>31/1/2026</c>.</summary>
    public static TypedTaken? Written(ReadOnlySpan<TypedWord> words, WorkingHours workday)
    {
        if (Spaced(words) is { } spaced)
        {
            return spaced;
        }

        var word = words[0].Plain;
        var piece =
            word.Contains('-') ? (word.Split('-') is { Length: 3 } parts ? Slashed(parts) : null)
            : word.Contains('/') ? Slashed(word.Split('/'))
            : Dotted(word);
        return piece is null ? null : new TypedTaken(1, piece);
    }

    /// <summary><c>31. 1. 2026</c>.</summary>
    private static TypedTaken? Spaced(ReadOnlySpan<TypedWord> words) =>
        words is [{ Plain: [.. var day, '.'] }, { Plain: [.. var month, '.'] }, var year, ..]
        && YearOf(year.Plain) is { } y
        && Dated(y, Number(month), Number(day)) is { } dated
            ? new TypedTaken(3, dated)
            : null;

    private static TypedPiece.DayPiece? YearFirst(string[] parts) =>
        parts is [{ Length: 4 } year, var month, var day]
            ? Dated(Number(year), Number(month), Number(day))
            : null;

    private static TypedPiece? Slashed(string[] parts)
    {
        if (parts is [{ Length: 4 }, ..])
        {
            return YearFirst(parts);
        }

        if (parts.Length is not (2 or 3))
        {
            return null;
        }

        int? year = parts.Length == 3 ? YearOf(parts[2]) : null;
        if (parts.Length == 3 && year is null)
        {
            return null;
        }

        var dayFirst = Dated(year, Number(parts[1]), Number(parts[0]));
        var monthFirst = Dated(year, Number(parts[0]), Number(parts[1]));
        return dayFirst is null || monthFirst is null || dayFirst == monthFirst
            ? dayFirst ?? monthFirst
            : new TypedPiece.Doubtful(
                $"can be {Said(dayFirst)} or {Said(monthFirst)}; write the month by its name or the year first"
            );
    }

    private static TypedPiece? Dotted(string word) =>
        word.Split('.') switch
        {
            [{ Length: 4 }, _, _] and var parts => YearFirst(parts),
            [var day, var month, ""] => Dated(null, Number(month), Number(day)),
            [var day, var month, var year] when YearOf(year) is { } y => Dated(
                y,
                Number(month),
                Number(day)
            ),
            [var day, var month] => DayOrTime(word, Slashed([day, month])),
            _ => null,
        };

    // 10.12 is a time as well; 31.12 is none. 1.2 is a day, and it is not known of which month.
    private static TypedPiece? DayOrTime(string word, TypedPiece? day) =>
        day is not null
        && TypedClocks.Read([new TypedWord(word, word)], new WorkingHours())
            is { Piece: TypedPiece.TimePiece time }
            ? word.Split('.') is [var first, var second]
            && Dated(null, Number(second), Number(first)) is { } dayFirst
                ? new TypedPiece.DayOrTime(dayFirst, time) { Doubt = day as TypedPiece.Doubtful }
                : null
            : day;

    private static TypedPiece.DayPiece? Dated(int? year, int? month, int? day)
    {
        // Without a year any leap year tells whether there is such a day.
        var any = year ?? 2000;
        return
            month is >= 1 and <= 12
            && any is >= 1 and <= 9999
            && day >= 1
            && day <= DateTime.DaysInMonth(any, month.Value)
            ? new TypedPiece.DayPiece(new TypedDay.Dated(year, month.Value, day.Value))
            : null;
    }

    private static int? Month(ReadOnlySpan<TypedWord> words, ref int at)
    {
        if (at >= words.Length || !Months.TryGetValue(words[at].Plain, out var month))
        {
            return null;
        }

        at++;
        return month;
    }

    private static int? Day(ReadOnlySpan<TypedWord> words, ref int at)
    {
        if (at >= words.Length || Number(words[at].Plain.TrimEnd('.')) is not { } day)
        {
            return null;
        }

        at++;
        if (at < words.Length && Ordinals.Contains(words[at].Plain))
        {
            at++;
        }

        return day;
    }

    /// <summary>Four digits of this century; others are a time of the day.</summary>
    private static int? Year(ReadOnlySpan<TypedWord> words, ref int at)
    {
        if (
            at >= words.Length
            || words[at].Plain.Length != 4
            || TypedClocks.Number(words[at].Plain, 4)
                is not (>= Century and < Century + 100 and var year)
        )
        {
            return null;
        }

        at++;
        return year;
    }

    private static int? YearOf(string digits) =>
        digits.Length switch
        {
            2 => Number(digits) + Century,
            4 => Number(digits),
            _ => null,
        };

    private static int? Number(string digits) =>
        digits.Length == 0 ? null : TypedClocks.Number(digits, 4);

    private static string Said(TypedPiece.DayPiece day)
    {
        var dated = (TypedDay.Dated)day.Which;
        return dated.Year is { } year
            ? $"{dated.Day} {Name(dated.Month)} {year}"
            : $"{dated.Day} {Name(dated.Month)}";
    }

    /// <summary>A month by its name.</summary>
    public static bool IsMonth(string word) => Months.ContainsKey(word);

    internal static string Name(int month) =>
        CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month);
}
