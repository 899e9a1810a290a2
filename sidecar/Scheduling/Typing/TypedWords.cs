using System.Collections.Frozen;

namespace Sidecar.Scheduling.Typing;

/// <summary>A word of a typed time.</summary>
/// <param name="Plain">In lower case, to be looked up.</param>
/// <param name="Typed">As it was typed, to be quoted.</param>
internal readonly record struct TypedWord(string Plain, string Typed);

/// <summary>Takes typed times apart: <c>2026-01-31T09:00Z</c> is a date, a time and a zone.</summary>
internal static class TypedWords
{
    private const int Longest = 200;

    /// <summary>What people write between the words that matter.</summary>
    private static readonly FrozenSet<string> Between = new[]
    {
        "at",
        "on",
        "by",
        "the",
        "of",
        "and",
        "from",
        "this",
        "until",
        "till",
        "o'clock",
        "o’clock",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The words that matter; null when there is far more than a time.</summary>
    public static TypedWord[]? Of(string text) =>
        text.Length > Longest
            ? null
            :
            [
                .. text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)
                    .SelectMany(part => part.Split(',', StringSplitOptions.RemoveEmptyEntries))
                    .SelectMany(Apart)
                    .Select(word => new TypedWord(Plain(word), word))
                    .Where(word => word.Plain.Length > 0 && !Between.Contains(word.Plain)),
            ];

    private static string Plain(string word)
    {
        var plain = word.ToLowerInvariant().TrimEnd('!', '?');
        if (plain is "a.m." or "p.m." or "a.m" or "p.m")
        {
            return $"{plain[0]}m";
        }

        // The dot behind a number belongs to it: 31.1. is a date.
        return plain.Length > 1 && plain[^1] == '.' && !char.IsAsciiDigit(plain[^2])
            ? plain[..^1]
            : plain;
    }

    /// <summary>What begins with a digit is a number with its unit, or a date with time and zone, written in one.</summary>
    private static IEnumerable<string> Apart(string part)
    {
        if (!char.IsAsciiDigit(part[0]))
        {
            yield return part;
            yield break;
        }

        var start = 0;
        for (var i = 1; i <= part.Length; i++)
        {
            if (i < part.Length && !IsBorder(part, start, i))
            {
                continue;
            }

            var word = part[start..i];
            // It stands between date and time and says nothing.
            if (!(word is "t" or "T" && i < part.Length))
            {
                yield return word;
            }

            start = i;
        }
    }

    private static bool IsBorder(string part, int start, int at) =>
        part[at] switch
        {
            '+' => true,
            var next when char.IsLetter(part[start]) => char.IsAsciiDigit(next),
            // In 09:00-05:00 an offset begins, in 2026-01-31 the month.
            '-' => part.AsSpan(start, at - start).Contains(':'),
            var next => char.IsLetter(next),
        };
}
