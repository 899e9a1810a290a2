using System.Collections.Frozen;
using System.Globalization;

namespace Sidecar.Time;

/// <summary>How long from now: <c>in 2h</c>, <c>1h 30m</c>, <c>in 3 days</c>, <c>in an hour</c>.</summary>
internal static class TypedLengths
{
    private const int MostDigits = 6;

    private static readonly FrozenDictionary<string, TypedPiece.LengthPiece> Units = Spelt(
        (new(0, TimeSpan.FromMinutes(1)), ["m", "min", "mins", "minute", "minutes"]),
        (new(0, TimeSpan.FromHours(1)), ["h", "hr", "hrs", "hour", "hours"]),
        (new(1, TimeSpan.Zero), ["d", "day", "days"]),
        (new(7, TimeSpan.Zero), ["w", "wk", "wks", "week", "weeks"])
    );

    private static readonly FrozenDictionary<string, int> Counts = new Dictionary<string, int>
    {
        ["a"] = 1,
        ["an"] = 1,
        ["one"] = 1,
        ["two"] = 2,
        ["three"] = 3,
        ["four"] = 4,
        ["five"] = 5,
        ["six"] = 6,
        ["seven"] = 7,
        ["eight"] = 8,
        ["nine"] = 9,
        ["ten"] = 10,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A number in letters; null when it is none.</summary>
    public static int? Named(string word) => Counts.TryGetValue(word, out var count) ? count : null;

    public static TypedTaken? Read(ReadOnlySpan<TypedWord> words, WorkingHours workday)
    {
        var begin = words[0].Plain == "in" ? 1 : 0;
        var at = begin;
        var sum = new TypedPiece.LengthPiece(0, TimeSpan.Zero);
        while (One(words[at..]) is var (taken, length))
        {
            sum = new TypedPiece.LengthPiece(sum.Days + length.Days, sum.Span + length.Span);
            at += taken;
        }

        return at > begin ? new TypedTaken(at, sum) : null;
    }

    private static (int Words, TypedPiece.LengthPiece Length)? One(ReadOnlySpan<TypedWord> words)
    {
        if (words is [{ Plain: "half" }, { Plain: "an" }, { Plain: "hour" }, ..])
        {
            return (3, new TypedPiece.LengthPiece(0, TimeSpan.FromMinutes(30)));
        }

        if (words.Length < 2 || !Units.TryGetValue(words[1].Plain, out var unit))
        {
            return null;
        }

        // Half a day is nothing that a calendar counts.
        return Count(words[0].Plain) is { } count && (unit.Days == 0 || count % 1 == 0)
            ? (2, new TypedPiece.LengthPiece((int)count * unit.Days, unit.Span * (double)count))
            : null;
    }

    private static decimal? Count(string word) =>
        Counts.TryGetValue(word, out var named) ? named
        : word.Length <= MostDigits
        && decimal.TryParse(
            word,
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var count
        )
            ? count
        : null;

    private static FrozenDictionary<string, TypedPiece.LengthPiece> Spelt(
        params (TypedPiece.LengthPiece Length, string[] Names)[] units
    ) =>
        units
            .SelectMany(unit => unit.Names.Select(name => (name, unit.Length)))
            .ToFrozenDictionary(u => u.name, u => u.Length, StringComparer.Ordinal);
}
