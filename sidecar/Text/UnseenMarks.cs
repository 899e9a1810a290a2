using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sidecar.Text;

/// <summary>
/// Marks that nobody sees and that come along when people paste: where words are read they mean nothing, in prose they
/// stay. Only where the panel's own mark stands in front of its request it means something: see <see cref="OfThePanel"/>.
/// </summary>
public static class UnseenMarks
{
    // Soft hyphen, joiners of words, marks and turns of direction, invisible operators, letters and vowels that fill a
    // place and show nothing, the place of an object, choices between two pictures of a sign.
    private static readonly SearchValues<char> All = SearchValues.Create([
        .. "\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B\u180C\u180D\u180E\u180F\u200B\u200E\u200F",
        .. "\u202A\u202B\u202C\u202D\u202E\u2060\u2061\u2062\u2063\u2064\u2065\u2066\u2067\u2068\u2069\u206A\u206B\u206C\u206D",
        .. "\u206E\u206F\u2800\u3164\uFEFF\uFFA0\uFFF9\uFFFA\uFFFB\uFFFC\uFFFE\uFFFF",
        .. Range('\uFE00', '\uFE0F'),
        .. Range('\0', '\u001F').Where(c => !char.IsWhiteSpace(c)),
        .. Range('\u007F', '\u009F').Where(c => !char.IsWhiteSpace(c)),
    ]);

    /// <summary>What the panel writes before the JSON of its requests, and people do not.</summary>
    public const char OfThePanel = '\u2063';

    // In names they have a place (a family of one sign, words of Persian and Hindi); what is looked up goes without.
    private const string Joiners = "\u200C\u200D";

    /// <summary>It is one.</summary>
    public static bool Is(char c) => All.Contains(c);

    /// <summary>There is one in it.</summary>
    public static bool AreIn(string text) => text.AsSpan().ContainsAny(All);

    /// <summary>The text without them.</summary>
    public static string Without(string text) =>
        AreIn(text) ? string.Concat(text.Where(c => !All.Contains(c))) : text;

    /// <summary>
    /// The text as values are looked up: without unseen marks, with plain digits, letters, blanks and dashes for those
    /// that look like them. Nothing is thrown, whatever the text holds.
    /// </summary>
    public static string Plain(string text) => Composed(text, isDashed: true);

    /// <summary>The same with dashes as they are, for names.</summary>
    public static string Composed(string text) => Composed(text, isDashed: false);

    /// <summary>
    /// Whoever reads it sees nothing at all: it holds unseen marks, blanks, and characters that only arrange others.
    /// </summary>
    public static bool IsAll(string text) =>
        text.EnumerateRunes()
            .All(rune =>
                Rune.IsWhiteSpace(rune)
                || IsUnseen(rune)
                || Rune.GetUnicodeCategory(rune)
                    is UnicodeCategory.Format
                        or UnicodeCategory.Control
                        or UnicodeCategory.OtherNotAssigned
            );

    private static string Composed(string text, bool isDashed)
    {
        var seen = Without(text);
        if (Ascii.IsValid(seen))
        {
            return seen;
        }

        var (plain, part) = (new StringBuilder(seen.Length), new StringBuilder());
        foreach (var rune in seen.EnumerateRunes())
        {
            if (IsJoiner(rune) || IsUnseen(rune))
            {
                continue;
            }

            if (isDashed && Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherNumber)
            {
                // A raised two or a half is no digit: 1² is not 12, and 1½ is not 11/2.
                Flush();
                plain.Append(rune.ToString());
                continue;
            }

            // Half of a pair can't be normalised: it becomes the sign that stands for what is no character.
            part.Append(
                !isDashed ? rune.ToString()
                : Dash(rune) ? "-"
                : Digit(rune) ?? rune.ToString()
            );
        }

        Flush();
        return plain.ToString();

        void Flush()
        {
            plain.Append(part.ToString().Normalize(NormalizationForm.FormKC));
            part.Clear();
        }
    }

    /// <summary>A digit of any script, and the marks that Arabic numbers have between them, as a program writes them.</summary>
    private static string? Digit(Rune rune) =>
        rune.Value switch
        {
            0x066B => ".",
            0x066C => ",",
            _ when Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber => (
                (int)Rune.GetNumericValue(rune)
            ).ToString(CultureInfo.InvariantCulture),
            _ => null,
        };

    private static bool IsJoiner(Rune rune) =>
        rune.IsBmp && Joiners.Contains((char)rune.Value, StringComparison.Ordinal);

    // Signs for choices of pictures and languages lie beyond the first plane.
    private static bool IsUnseen(Rune rune) =>
        rune.IsBmp
            ? All.Contains((char)rune.Value)
            : rune.Value is (>= 0xE0000 and <= 0xE007F) or (>= 0xE0100 and <= 0xE01EF);

    private static IEnumerable<char> Range(char first, char last) =>
        Enumerable.Range(first, last - first + 1).Select(c => (char)c);

    private static bool Dash(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.DashPunctuation || rune.Value == '−';
}
