using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sidecar.Text;

namespace Sidecar.Time;

/// <summary>Days of the week as people write them: <c>mon-thu</c>, <c>Mon,Wed,Fri</c>, <c>weekdays</c>, <c>daily</c>.</summary>
public static partial class WeekDays
{
    private static readonly ImmutableArray<DayOfWeek> Week =
    [
        DayOfWeek.Monday,
        DayOfWeek.Tuesday,
        DayOfWeek.Wednesday,
        DayOfWeek.Thursday,
        DayOfWeek.Friday,
        DayOfWeek.Saturday,
        DayOfWeek.Sunday,
    ];

    /// <summary>The days, in the order of a week that begins on Monday; null when it is none.</summary>
    public static ImmutableArray<DayOfWeek>? Read(string text)
    {
        var days = new HashSet<DayOfWeek>();
        var plain = Between()
            .Replace(
                InOne().Replace(UnseenMarks.Plain(text).ToLowerInvariant(), "${every}${days}"),
                "-"
            );
        foreach (
            var part in Blanks()
                .Split(plain)
                .Where(p => p.Length > 0 && p is not ("and" or "&" or "+"))
        )
        {
            if (Part(part) is not { } some)
            {
                return null;
            }

            days.UnionWith(some);
        }

        return days.Count == 0 ? null : [.. Week.Where(days.Contains)];
    }

    /// <summary><c>Mon-Fri</c>, <c>Mon,Wed</c>: what <see cref="Read"/> reads.</summary>
    public static string Write(IReadOnlyCollection<DayOfWeek> days)
    {
        int[] at = [.. Enumerable.Range(0, Week.Length).Where(i => days.Contains(Week[i]))];
        var isRow = at.Length > 2 && at[^1] - at[0] == at.Length - 1;
        return isRow
            ? $"{Short(Week[at[0]])}-{Short(Week[at[^1]])}"
            : string.Join(',', at.Select(i => Short(Week[i])));
    }

    private static IReadOnlyList<DayOfWeek>? Part(string part) =>
        part switch
        {
            "daily" or "everyday" => Week,
            "weekdays" or "workdays" => Week[..5],
            "weekends" or "weekend" => Week[5..],
            _ => part.Split('-') switch
            {
                [var one] when DayOf(one) is { } day => [day],
                [var first, var last] when DayOf(first) is { } from && DayOf(last) is { } to => Row(
                    Week.IndexOf(from),
                    Week.IndexOf(to)
                ),
                _ => null,
            },
        };

    /// <summary>By its name, also with the dot of what is cut short, and by two letters: <c>Mon.</c>, <c>mo</c>.</summary>
    private static DayOfWeek? DayOf(string word) =>
        word.TrimEnd('.') is { Length: 2 } two
            ? Week.Cast<DayOfWeek?>()
                .FirstOrDefault(day => $"{day}".StartsWith(two, StringComparison.OrdinalIgnoreCase))
            : TypedPhrases.DayOf(word.TrimEnd('.'));

    // Sat-Mon goes on in the next week.
    private static DayOfWeek[] Row(int from, int to) =>
        [
            .. Enumerable
                .Range(from, ((to - from + Week.Length) % Week.Length) + 1)
                .Select(i => Week[i % Week.Length]),
        ];

    // Mon - Thu, mon to thu.
    [GeneratedRegex(@"\s*-\s*|\s+to\s+", RegexOptions.None, 1000)]
    private static partial Regex Between();

    // Every day, week days.
    [GeneratedRegex(
        @"\b(?<every>every|week|work)\s+(?<days>days?)\b",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex InOne();

    [GeneratedRegex(@"[\s,;]+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();

    private static string Short(DayOfWeek day) => day.ToString()[..3];
}
