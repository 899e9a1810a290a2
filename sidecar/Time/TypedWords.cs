using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Sidecar.Text;

namespace Sidecar.Time;

/// <summary>A word of a typed time.</summary>
/// <param name="Plain">In lower case, to be looked up.</param>
/// <param name="Typed">As it was typed, to be quoted.</param>
internal readonly record struct TypedWord(string Plain, string Typed);

/// <summary>Takes typed times apart: <c>2026-01-31T09:00Z</c> is a date, a time and a zone.</summary>
internal static partial class TypedWords
{
    private const int Longest = 200;

    /// <summary>What may stand around a word, or make it stand out.</summary>
    private static readonly char[] Around = [.. "()[]\"“”„*_`'‘~"];

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
            : WithOffsets([
                .. WithoutEnd(UnseenMarks.Plain(text).TrimEnd())
                    .Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)
                    .SelectMany(part =>
                        part.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries)
                    )
                    .Select(part => part.TrimEnd('!', '?').Trim(Around))
                    .Where(part => part.Length > 0)
                    .SelectMany(Apart)
                    .Select(word => new TypedWord(Plain(word), word))
                    .Where(word => word.Plain.Length > 0 && !Between.Contains(word.Plain)),
            ]);

    /// <summary>A full stop that ends the sentence and is no part of a date: <c>9-17.</c>, <c>at 9.</c></summary>
    private static string WithoutEnd(string text) =>
        text is [.., >= '0' and <= '9', '.']
        && text[(text.LastIndexOfAny([' ', '\t', '\n']) + 1)..^1] is var last
        && (!last.Contains('.') || last.AsSpan().ContainsAny('-', ':'))
            ? text[..^1]
            : text;

    private static string Plain(string word)
    {
        var plain = word.ToLowerInvariant().TrimEnd('!', '?', ':').Trim(Around);
        if (plain is "a.m." or "p.m." or "a.m" or "p.m")
        {
            return $"{plain[0]}m";
        }

        // The dot behind a number belongs to it: 31.1. is a date, and 2026-01-31. one at the end of a sentence.
        return
            plain.Length > 1
            && plain[^1] == '.'
            && (!char.IsAsciiDigit(plain[^2]) || plain.AsSpan().ContainsAny('-', '/', ':'))
            ? plain[..^1]
            : plain;
    }

    /// <summary>What begins with a digit is a number with its unit, or a date with time and zone, written in one.</summary>
    private static IEnumerable<string> Apart(string part)
    {
        if (DateWithName().IsMatch(part))
        {
            // 31-Jan-26, as spreadsheets write it, has a year behind its month, and no time.
            return part.Split('-') is [var day, var month, { Length: 2 } year]
                ? [day, month, $"20{year}"]
                : part.Split('-');
        }

        // 9-5, 9-5pm, and what a blank cut off: the “am-5” of “9 am-5 pm”. What is longer begins like a date.
        foreach (var form in (Regex[])[HoursOnly(), NamedFrom()])
        {
            if (form.Match(part) is { Success: true } span)
            {
                return [span.Groups["from"].Value, .. Pieces(span.Groups["to"].Value)];
            }
        }

        return char.IsAsciiDigit(part[0]) || part is ['-', >= '0' and <= '9', ..]
            ? Pieces(part)
            : [part];
    }

    private static IEnumerable<string> Pieces(string part)
    {
        var start = 0;
        var isStamp = false;
        for (var i = 1; i <= part.Length; i++)
        {
            if (i < part.Length && !IsBorder(part, start, i))
            {
                continue;
            }

            var word = part[start..i];
            // It stands between date and time and says nothing, but that a zone may follow.
            if (word is "t" or "T" && i < part.Length)
            {
                isStamp = true;
            }
            else
            {
                yield return isStamp && word[0] == '-' ? Certain(word) : word;
            }

            start = i;
        }
    }

    private static bool IsBorder(string part, int start, int at) =>
        part[at] switch
        {
            '+' => true,
            // 9am-5pm.
            '-' when char.IsLetter(part[start]) => true,
            var next when char.IsLetter(part[start]) => char.IsAsciiDigit(next),
            // In 09:00-05:00 and 9h00-17h00 something begins, in 2026-01-31 the month.
            '-' => part.AsSpan(start, at - start).Contains(':')
                || (start > 0 && part[start - 1] is 'h' or 'H'),
            var next => char.IsLetter(next),
        };

    /// <summary>
    /// A minus behind a time can be the dash of a span. Behind a whole date, and with a time that a span could not end
    /// with, it is an offset: <c>2026-01-31 09:00-05:00</c>.
    /// </summary>
    private static TypedWord[] WithOffsets(TypedWord[] words)
    {
        for (var i = 2; i < words.Length; i++)
        {
            if (
                words[i].Plain[0] == '-'
                && WholeDate().IsMatch(words[i - 2].Plain)
                && TypedClocks.Read([words[i - 1]], new WorkingHours())
                    is { Piece: TypedPiece.TimePiece begin }
                && TypedZones.Offset(words[i].Plain) is { } offset
                && -offset.BaseUtcOffset <= begin.SinceMidnight
            )
            {
                words[i] = new TypedWord(Certain(words[i].Plain), words[i].Typed);
            }
        }

        return words;
    }

    private static string Certain(string offset) => "utc" + offset;

    [GeneratedRegex(
        @"^(\d{1,2}-[a-z]{3,9}\.?-\d{2,4}|[a-z]{3,9}\.?-\d{1,2}-\d{4})$",
        Options,
        1000
    )]
    private static partial Regex DateWithName();

    [GeneratedRegex(
        @"^(?<from>\d{1,2}([:.]\d{2})?|\d{4}(?=-\d{4}$))(?<to>-((\d{1,2}([:.]\d{2})?|\d{4})([ap]\.?m?\.?)?|noon|midday|midnight))$",
        Options,
        1000
    )]
    private static partial Regex HoursOnly();

    [GeneratedRegex(@"^(?<from>[ap]\.?m\.?|noon|midday|midnight)(?<to>-.+)$", Options, 1000)]
    private static partial Regex NamedFrom();

    [GeneratedRegex(@"^\d{4}-\d{1,2}-\d{1,2}$", Options, 1000)]
    private static partial Regex WholeDate();

    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
}
