using System.Text;

namespace Sidecar.Text;

/// <summary>
/// How names are compared, in every language alike: what looks the same but for case is the same, also for the letters
/// whose case no rule of one language turns into the other: the i of Turkish with and without its dot, the sigma at the
/// end of a Greek word, the long s.
/// </summary>
internal static class NameFolding
{
    private const char DotAbove = '\u0307';

    /// <summary>Lower case and single blanks, without what nobody sees.</summary>
    public static string Plain(string name) =>
        string.Join(
            ' ',
            Lower(UnseenMarks.Composed(name))
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );

    /// <summary>Letters and digits alone, so that <c>ARR (USD)</c> is <c>arr_usd</c>.</summary>
    public static string Letters(string name) =>
        string.Concat(Lower(UnseenMarks.Composed(name)).Where(char.IsLetterOrDigit));

    /// <summary>The text in letters that all who mean the same word write.</summary>
    public static string Lower(string text)
    {
        var lower = text.ToLowerInvariant();
        if (!lower.AsSpan().ContainsAny("İıςſ\u0307"))
        {
            return lower;
        }

        var folded = new StringBuilder(lower.Length);
        foreach (var c in lower)
        {
            if (c != DotAbove || folded.Length == 0 || folded[^1] != 'i')
            {
                folded.Append(Lower(c));
            }
        }

        return folded.ToString();
    }

    private static char Lower(char c) =>
        c switch
        {
            'İ' or 'ı' => 'i',
            'ς' => 'σ',
            'ſ' => 's',
            _ => c,
        };
}
