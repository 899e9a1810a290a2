using System.Collections.Frozen;

namespace Sidecar.Time;

/// <summary>Words that mean something by themselves: <c>tomorrow</c>, <c>noon</c>, <c>end of day</c>, <c>next friday</c>.</summary>
internal static class TypedPhrases
{
    private static readonly TimeSpan Noon = TimeSpan.FromHours(12);
    private static readonly TimeSpan Midnight = TimeSpan.FromHours(24);

    private static readonly FrozenDictionary<string, TypedPiece> Fixed = new Dictionary<
        string,
        TypedPiece
    >
    {
        ["now"] = new TypedPiece.LengthPiece(0, TimeSpan.Zero),
        ["yesterday"] = new TypedPiece.DayPiece(new TypedDay.InDays(-1)),
        ["today"] = new TypedPiece.DayPiece(new TypedDay.InDays(0)),
        ["tonight"] = new TypedPiece.DayPiece(new TypedDay.Tonight()),
        ["tomorrow"] = new TypedPiece.DayPiece(new TypedDay.InDays(1)),
        ["tmrw"] = new TypedPiece.DayPiece(new TypedDay.InDays(1)),
        ["day after tomorrow"] = new TypedPiece.DayPiece(new TypedDay.InDays(2)),
        ["next week"] = new TypedPiece.DayPiece(new TypedDay.NextWeek()),
        ["noon"] = new TypedPiece.TimePiece(Noon),
        ["midday"] = new TypedPiece.TimePiece(Noon),
        ["midnight"] = new TypedPiece.TimePiece(Midnight),
        ["ago"] = new TypedPiece.Ago(),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Func<WorkingHours, TimeOfDay>> OfTheWorkday =
        new Dictionary<string, Func<WorkingHours, TimeOfDay>>
        {
            ["morning"] = day => day.From,
            ["eod"] = day => day.To,
            ["cob"] = day => day.To,
            // Of and the are not looked at.
            ["end day"] = day => day.To,
            ["close business"] = day => day.To,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, DayOfWeek> Days = Enum.GetValues<DayOfWeek>()
        .SelectMany(day =>
        {
            var name = day.ToString().ToLowerInvariant();
            return new[] { (Name: name, Day: day), (Name: name[..3], Day: day) };
        })
        .Concat([
            ("tues", DayOfWeek.Tuesday),
            ("weds", DayOfWeek.Wednesday),
            ("thur", DayOfWeek.Thursday),
            ("thurs", DayOfWeek.Thursday),
        ])
        .ToFrozenDictionary(d => d.Item1, d => d.Item2, StringComparer.Ordinal);

    /// <summary>A weekday by its name: <c>mon</c>, <c>Tuesday</c>, <c>tuesdays</c>.</summary>
    public static DayOfWeek? DayOf(string word)
    {
        var name = word.ToLowerInvariant();
        return Days.TryGetValue(name, out var day) || Days.TryGetValue(name.TrimEnd('s'), out day)
            ? day
            : null;
    }

    public static TypedTaken? Read(ReadOnlySpan<TypedWord> words, WorkingHours workday)
    {
        for (var length = Math.Min(3, words.Length); length > 0; length--)
        {
            if (Meaning(Joined(words[..length]), workday) is { } piece)
            {
                return new TypedTaken(length, piece);
            }
        }

        return null;
    }

    /// <summary><c>fri</c>, <c>next friday</c>.</summary>
    public static TypedTaken? Weekday(ReadOnlySpan<TypedWord> words, WorkingHours workday) =>
        words switch
        {
            [{ Plain: "next" }, var next, ..] when DayOf(next.Plain) is { } day => new TypedTaken(
                2,
                new TypedPiece.Weekday(day, IsNextWeeks: true)
            ),
            [{ Plain: "last" }, var last, ..] when DayOf(last.Plain) is { } day => new TypedTaken(
                2,
                new TypedPiece.Weekday(day, IsLast: true)
            ),
            [var word, ..] when DayOf(word.Plain) is { } day => new TypedTaken(
                1,
                new TypedPiece.Weekday(day)
            ),
            _ => null,
        };

    private static TypedPiece? Meaning(string phrase, WorkingHours workday) =>
        Fixed.TryGetValue(phrase, out var piece) ? piece
        : OfTheWorkday.TryGetValue(phrase, out var time)
            ? new TypedPiece.TimePiece(TimeSpan.FromMinutes(time(workday).Minutes))
        : null;

    private static string Joined(ReadOnlySpan<TypedWord> words)
    {
        var plain = new List<string>();
        foreach (var word in words)
        {
            plain.Add(word.Plain);
        }

        return string.Join(' ', plain);
    }
}
