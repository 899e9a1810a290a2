using System.Collections.Frozen;

namespace Sidecar.Time;

/// <summary>Zones as people write them: <c>ET</c>, <c>CET</c>, <c>UTC</c>, <c>Europe/Berlin</c>, <c>+02:00</c>.</summary>
internal static class TypedZones
{
    private const int MostHours = 14;

    /// <summary>Who writes EST in July means the clocks of New York, which show EDT then.</summary>
    private static readonly FrozenDictionary<string, string> Regions = Named(
        ("America/New_York", ["et", "est", "edt"]),
        ("America/Chicago", ["ct", "cst", "cdt"]),
        ("America/Denver", ["mt", "mst", "mdt"]),
        ("America/Los_Angeles", ["pt", "pst", "pdt"]),
        ("America/Anchorage", ["akst", "akdt"]),
        ("America/Sao_Paulo", ["brt"]),
        ("Pacific/Honolulu", ["hst"]),
        ("Europe/London", ["bst"]),
        ("Europe/Lisbon", ["wet", "west"]),
        ("Europe/Berlin", ["cet", "cest", "mez", "mesz"]),
        ("Europe/Helsinki", ["eet", "eest"]),
        ("Asia/Singapore", ["sgt"]),
        ("Asia/Hong_Kong", ["hkt"]),
        ("Asia/Tokyo", ["jst"]),
        ("Australia/Sydney", ["aet", "aest", "aedt"]),
        ("Pacific/Auckland", ["nzst", "nzdt"]),
        ("UTC", ["utc", "gmt", "z", "etc/utc"])
    );

    private static readonly FrozenDictionary<string, string> Doubtful = new Dictionary<
        string,
        string
    >
    {
        ["ist"] =
            "can be Asia/Kolkata, Europe/Dublin or Asia/Jerusalem; write the one that is meant",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static TypedTaken? Read(ReadOnlySpan<TypedWord> words, WorkingHours workday)
    {
        var word = words[0].Plain;
        if (word is "utc" or "gmt" && words.Length > 1 && Offset(words[1].Plain) is { } after)
        {
            return new TypedTaken(2, new TypedPiece.ZonePiece(after));
        }

        return Piece(words[0]) is { } piece ? new TypedTaken(1, piece) : null;
    }

    private static TypedPiece? Piece(TypedWord typed)
    {
        var word = typed.Plain;
        if (Doubtful.TryGetValue(word, out var why))
        {
            return new TypedPiece.Doubtful(why);
        }

        // A minus alone may as well be the dash of a span: TypedWords marks the offsets that can be nothing else.
        var offset =
            word.StartsWith("utc", StringComparison.Ordinal)
            || word.StartsWith("gmt", StringComparison.Ordinal)
                ? word[3..]
            : word.StartsWith('-') ? ""
            : word;
        return (Offset(offset) ?? Region(word)) is { } zone ? new TypedPiece.ZonePiece(zone) : null;
    }

    /// <summary>A region by the letters for its time, or any zone by its name.</summary>
    public static TimeZoneInfo? Region(string word) =>
        Zones.Find(Regions.GetValueOrDefault(word, word));

    /// <summary>Why it is not known which zone is meant by these letters; null when that is no question.</summary>
    public static string? WhyDoubtful(string word) => Doubtful.GetValueOrDefault(word);

    /// <summary><c>+02:00</c>, <c>-0530</c>, <c>+2</c>.</summary>
    public static TimeZoneInfo? Offset(string word)
    {
        if (word.Length < 2 || word[0] is not ('+' or '-'))
        {
            return null;
        }

        var digits = word[1..].Replace(":", "", StringComparison.Ordinal);
        var (hours, minutes) =
            digits.Length <= 2
                ? (TypedClocks.Number(digits, 2), 0)
                : (TypedClocks.Number(digits[..^2], 2), TypedClocks.Number(digits[^2..], 2));
        return hours is { } h && minutes is < 60 and var m && (h * 60) + m <= MostHours * 60
            ? Zones.AtOffset(new TimeSpan(h, m, 0) * (word[0] == '+' ? 1 : -1))
            : null;
    }

    private static FrozenDictionary<string, string> Named(
        params (string Id, string[] Names)[] regions
    ) =>
        regions
            .SelectMany(region => region.Names.Select(name => (name, region.Id)))
            .ToFrozenDictionary(r => r.name, r => r.Id, StringComparer.Ordinal);
}
