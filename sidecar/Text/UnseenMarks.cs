using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sidecar.Text;

/// <summary>
/// Marks that nobody sees and that come along when people paste: where words are read they mean nothing, in prose they
/// stay. The mark of the panel, U+2063, is none of them.
/// </summary>
public static class UnseenMarks
{
    // Soft hyphen, joiners of words, marks and turns of direction, invisible operators but for the panel's own.
    private static readonly SearchValues<char> All = SearchValues.Create(
        "\0\u00AD\u034F\u061C\u180E\u200B\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2061\u2062\u2064"
            + "\u2066\u2067\u2068\u2069\u206A\u206B\u206C\u206D\u206E\u206F\uFEFF\uFFF9\uFFFA\uFFFB\uFFFE\uFFFF"
    );

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

    private static string Composed(string text, bool isDashed)
    {
        var seen = Without(text);
        if (Ascii.IsValid(seen))
        {
            return seen;
        }

        var plain = new StringBuilder(seen.Length);
        foreach (var rune in seen.EnumerateRunes())
        {
            // Half of a pair can't be normalised: it becomes the sign that stands for what is no character.
            plain.Append(isDashed && Dash(rune) ? "-" : rune.ToString());
        }

        return plain.ToString().Normalize(NormalizationForm.FormKC);
    }

    private static bool Dash(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.DashPunctuation || rune.Value == '−';
}
