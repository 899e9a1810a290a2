using System.Buffers;
using System.Text;

namespace Sidecar.Cards;

/// <summary>Makes what a person typed safe to show: it neither formats nor mentions, and links stay links (ALL-6).</summary>
public static class UserText
{
    private const char ZeroWidthSpace = '\u200B';
    private static readonly SearchValues<char> EndsUrl = SearchValues.Create(
        " \t\r\n<>\"\uE000\uE001[]*\\"
    );

    /// <summary>The text as Markdown that shows exactly what was typed.</summary>
    public static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        for (var at = 0; at < text.Length; )
        {
            var url = UrlLength(text, at);
            if (url > 0)
            {
                AppendUrl(safe, text.AsSpan(at, url));
                at += url;
                continue;
            }

            AppendCharacter(safe, text, at);
            at++;
        }

        return safe.ToString();
    }

    /// <summary>The text as inline code, or as a block when it has several lines: nothing in it formats or mentions.</summary>
    public static string Code(string text)
    {
        var clean = string.Concat(
            text.Where(c => c is not (Words.MentionStart or Words.MentionEnd or '\r'))
        );
        var fence = new string('`', LongestRun(clean, '`') + 1);
        if (clean.Contains('\n', StringComparison.Ordinal))
        {
            fence = fence.PadLeft(3, '`');
            return $"\n{fence}\n{clean}\n{fence}\n";
        }

        return clean.StartsWith('`') || clean.EndsWith('`')
            ? $"{fence} {clean} {fence}"
            : $"{fence}{clean}{fence}";
    }

    /// <summary>Markdown of ours as plain text, for notifications that know no Markdown: escapes and bold marks go.</summary>
    public static string Plain(string markdown)
    {
        var plain = new StringBuilder(markdown.Length);
        for (var at = 0; at < markdown.Length; at++)
        {
            if (
                markdown[at] == '\\'
                && at + 1 < markdown.Length
                && (char.IsPunctuation(markdown[at + 1]) || char.IsSymbol(markdown[at + 1]))
            )
            {
                plain.Append(markdown[++at]);
            }
            else if (markdown[at] is not ('*' or '`'))
            {
                plain.Append(markdown[at]);
            }
        }

        return plain.ToString();
    }

    /// <summary>The text cut to a number of characters, without tearing a character apart, an ellipsis showing the cut.</summary>
    public static string Shorten(string text, int atMost)
    {
        if (text.Length <= atMost)
        {
            return text;
        }

        var end = atMost - 1;
        if (char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }

        return text[..end].TrimEnd() + "…";
    }

    private static void AppendCharacter(StringBuilder safe, string text, int at)
    {
        var c = text[at];
        switch (c)
        {
            case Words.MentionStart or Words.MentionEnd or '\r':
                return;
            // These turn the direction of what follows, our own words included.
            case (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'):
                return;
            // After "<" stands what Slack's markup calls a mention, and some of Mattermost's doors still read it.
            case '@' or '＠' or '<':
                safe.Append(c).Append(ZeroWidthSpace);
                return;
            case '#' when at == 0 || !char.IsLetterOrDigit(text[at - 1]):
                // A hashtag becomes a search link, and at the start of a line a heading.
                safe.Append('\\').Append('#').Append(ZeroWidthSpace);
                return;
            // A backslash escapes only punctuation; before a letter, a second one would be shown.
            case '\\' when at + 1 < text.Length && IsWord(text[at + 1]):
                safe.Append(c);
                return;
            case '\\' or '*' or '_' or '`' or '~' or '[' or ']' or '|' or '!':
                safe.Append('\\').Append(c);
                return;
            case '-' or '+' or '>' when AtLineStart(text, at):
                safe.Append('\\').Append(c);
                return;
            // A line of these makes a heading of the one above it, and knows no escape.
            case '=' when AtLineStart(text, at):
                safe.Append(ZeroWidthSpace).Append(c);
                return;
            case '.' or ')' when EndsListNumber(text, at):
                safe.Append('\\').Append(c);
                return;
            default:
                safe.Append(c);
                return;
        }
    }

    private static void AppendUrl(StringBuilder safe, ReadOnlySpan<char> url)
    {
        foreach (var c in url)
        {
            // Inside a link Mattermost still looks for mentions in some places; percent-encoded it is the same address.
            _ = c switch
            {
                '@' => safe.Append("%40"),
                '|' => safe.Append("%7C"),
                '`' => safe.Append("%60"),
                _ => safe.Append(c),
            };
        }
    }

    private static int UrlLength(string text, int at)
    {
        if (at > 0 && char.IsLetterOrDigit(text[at - 1]))
        {
            return 0;
        }

        var rest = text.AsSpan(at);
        if (
            !rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            && !rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        )
        {
            return 0;
        }

        var end = rest.IndexOfAny(EndsUrl);
        return end < 0 ? rest.Length : end;
    }

    private static int LongestRun(string text, char wanted)
    {
        var longest = 0;
        var run = 0;
        foreach (var c in text)
        {
            run = c == wanted ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c);

    private static bool AtLineStart(string text, int at)
    {
        for (var before = at - 1; before >= 0 && text[before] != '\n'; before--)
        {
            if (!char.IsWhiteSpace(text[before]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool EndsListNumber(string text, int at)
    {
        var digits = at;
        while (digits > 0 && char.IsAsciiDigit(text[digits - 1]))
        {
            digits--;
        }

        return digits < at && AtLineStart(text, digits);
    }
}
