using System.Globalization;
using System.Text;

namespace Sidecar.Mattermost;

/// <summary>
/// Names of channels in links as Mattermost takes them: small Latin letters, digits, hyphens and underscores, the first
/// and the last a letter or digit, 2 to 64 of them.
/// </summary>
internal static class ChannelNames
{
    private const int Longest = 64;
    private const int Shortest = 2;
    private const string Nameless = "channel";

    /// <summary>What is nearest to a wanted name; from the second on with its number behind it.</summary>
    public static string Fit(string wanted, int number)
    {
        var suffix = number > 1 ? string.Create(CultureInfo.InvariantCulture, $"-{number}") : "";
        var name = Plain(wanted);
        name = name.Length < Shortest ? Nameless : name;
        return name[..Math.Min(name.Length, Longest - suffix.Length)].TrimEnd('-', '_') + suffix;
    }

    /// <summary>It can be one.</summary>
    public static bool IsName(string name) =>
        name.Length is >= 1 and <= Longest
        && name.All(c =>
            char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.'
        );

    private static string Plain(string wanted)
    {
        var name = new StringBuilder(wanted.Length);
        // Decomposed, an é is an e with a mark of its own, and the mark can go.
        foreach (var c in wanted.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            {
                name.Append(c);
            }
            // Two underscores between ids are the name of a direct channel, and refused for others.
            else if (
                CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark
                && name.Length > 0
                && name[^1] is not ('-' or '_')
            )
            {
                name.Append(c == '_' ? '_' : '-');
            }
        }

        return name.ToString().TrimEnd('-', '_');
    }
}
