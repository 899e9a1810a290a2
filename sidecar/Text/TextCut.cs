using System.Globalization;

namespace Sidecar.Text;

/// <summary>Where a text may be cut: between what people see as characters, a flag or a family being one.</summary>
internal static class TextCut
{
    /// <summary>Longer than any letter with its marks; what is longer may be cut within.</summary>
    private const int LongestCluster = 64;

    /// <summary>The last border between two characters that is not behind a place.</summary>
    public static int Before(string text, int index)
    {
        if (index >= text.Length)
        {
            return text.Length;
        }

        if (index <= 0)
        {
            return 0;
        }

        var at = Known(text, index);
        while (at < index)
        {
            var next = at + StringInfo.GetNextTextElementLength(text, at);
            if (next > index)
            {
                return index - at <= LongestCluster ? at : Rune(text, index);
            }

            at = next;
        }

        return at;
    }

    // In front of a plain letter or blank there is always a border, but within CR LF.
    private static int Known(string text, int index)
    {
        for (var at = index; at > 0; at--)
        {
            if (text[at] is > ' ' and < '\u007F' || text[at] == ' ')
            {
                return at;
            }
        }

        return 0;
    }

    private static int Rune(string text, int index) =>
        char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1])
            ? index - 1
            : index;
}
