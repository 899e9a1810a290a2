using System.Globalization;
using System.Text;

namespace Sidecar.Api;

/// <summary>
/// JSON in which no half of a character is left (X8): bytes that are no UTF-8, and halves of a pair that were written as
/// <c>\ud83d</c>, become U+FFFD, as they would on a screen.
/// </summary>
internal static class WholeCharacters
{
    private const string Instead = "\\ufffd";
    private const int Length = 6;

    public static string Of(ReadOnlySpan<byte> json)
    {
        var text = Encoding.UTF8.GetString(json).TrimStart('\ufeff');
        if (!text.Contains("\\u", StringComparison.Ordinal))
        {
            return text;
        }

        var whole = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; )
        {
            var taken = text[at] == '\\' ? Escape(text, at, whole) : Plain(text, at, whole);
            at += taken;
        }

        return whole.ToString();
    }

    private static int Plain(string text, int at, StringBuilder whole)
    {
        whole.Append(text[at]);
        return 1;
    }

    /// <summary>A backslash and what belongs to it; of a pair both halves.</summary>
    private static int Escape(string text, int at, StringBuilder whole)
    {
        var taken = (Half(text, at), Half(text, at + Length)) switch
        {
            ({ } first, { } second)
                when char.IsHighSurrogate(first) && char.IsLowSurrogate(second) => 2 * Length,
            ({ } half, _) when char.IsSurrogate(half) => 0,
            _ => Math.Min(2, text.Length - at),
        };
        if (taken == 0)
        {
            whole.Append(Instead);
            return Length;
        }

        whole.Append(text, at, taken);
        return taken;
    }

    private static char? Half(string text, int at) =>
        at + Length <= text.Length
        && text[at] == '\\'
        && text[at + 1] == 'u'
        && ushort.TryParse(
            text.AsSpan(at + 2, 4),
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out var unit
        )
            ? (char)unit
            : null;
}
