using System.Globalization;

namespace Sidecar.Text;

/// <summary>
/// How long a text is for people: what they see as one character is one, a flag or a family too. Mattermost's forms count
/// the places that a character takes, and hold a line of 150 or a text of 3,000 of them, so no text takes more (T7).
/// </summary>
internal static class TextLength
{
    private const int Line = 150;
    private const int Text = 3000;

    /// <summary>As people count.</summary>
    public static int Of(string text)
    {
        var count = 0;
        for (var at = 0; at < text.Length; count++)
        {
            at += StringInfo.GetNextTextElementLength(text, at);
        }

        return count;
    }

    /// <summary>Whether it has no more characters than that, as people count, and fits into a form.</summary>
    public static bool Fits(string text, int limit) =>
        text.Length <= limit || (text.Length <= Places(limit) && Of(text) <= limit);

    /// <summary>For sentences: how many characters it has, and why it does not fit when those are few enough.</summary>
    public static string Told(string text, int limit)
    {
        var seen = Of(text);
        return seen > limit
            ? seen.ToString(CultureInfo.InvariantCulture)
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{seen}, and some of them (emoji, letters with marks) take the place of several, {text.Length} together"
            );
    }

    private static int Places(int limit) =>
        limit <= Line ? Line
        : limit <= Text ? Text
        : limit;
}
