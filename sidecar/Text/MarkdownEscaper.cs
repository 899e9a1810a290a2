using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sidecar.Text;

/// <summary>Makes what a person typed safe to show: it neither formats nor mentions, and links stay links (ALL-6).</summary>
public static class MarkdownEscaper
{
    private const char ZeroWidthSpace = '\u200B';
    private static readonly SearchValues<char> EndsUrl = SearchValues.Create(
        " \t\r\n<>\"\uE000\uE001[]*\\"
    );

    // All characters with a case in AppendCharacter, and the colon, which every address has.
    private static readonly SearchValues<char> NeedsCare = SearchValues.Create(
        "@＠<#\\*_`~[]|!-+>=.):\r\uE000\uE001\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069"
    );

    /// <summary>The text as Markdown that shows exactly what was typed.</summary>
    public static string Escape(string text)
    {
        // Most of what people type is words.
        if (!text.AsSpan().ContainsAny(NeedsCare))
        {
            return text;
        }

        var safe = new DefaultInterpolatedStringHandler(text.Length + 16, 0);
        AppendEscaped(ref safe, text);
        return safe.ToStringAndClear();
    }

    /// <summary>Adds the text as <see cref="Escape"/> shows it.</summary>
    internal static void AppendEscaped(ref DefaultInterpolatedStringHandler safe, string text)
    {
        var hasUrl = text.Contains("://", StringComparison.Ordinal);
        for (var at = 0; at < text.Length; )
        {
            var url = hasUrl ? UrlLength(text, at) : 0;
            if (url > 0)
            {
                AppendUrl(ref safe, text.AsSpan(at, url));
                at += url;
                continue;
            }

            var plain = hasUrl ? 0 : PlainLength(text, at);
            if (plain > 0)
            {
                safe.AppendFormatted(text.AsSpan(at, plain));
                at += plain;
                continue;
            }

            AppendCharacter(ref safe, text, at);
            at++;
        }
    }

    /// <summary>The text as inline code, or as a block when it has several lines: nothing in it formats or mentions.</summary>
    public static string Code(string text)
    {
        var clean = string.Concat(
            text.Where(c => c is not (Markdown.MentionStart or Markdown.MentionEnd or '\r'))
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

    /// <summary>The text cut to a number of characters, without tearing apart what people see as one, an ellipsis showing the cut.</summary>
    public static string Shorten(string text, int atMost)
    {
        if (text.Length <= atMost)
        {
            return text;
        }

        var end = TextCut.Before(text, Math.Max(0, atMost - 1));
        return text[..end].TrimEnd() + "…";
    }

    private static int PlainLength(string text, int at)
    {
        var length = text.AsSpan(at).IndexOfAny(NeedsCare);
        return length < 0 ? text.Length - at : length;
    }

    private static void AppendCharacter(
        ref DefaultInterpolatedStringHandler safe,
        string text,
        int at
    )
    {
        var c = text[at];
        switch (c)
        {
            case Markdown.MentionStart or Markdown.MentionEnd or '\r':
                return;
            // These turn the direction of what follows, our own words included.
            case (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'):
                return;
            // After "<" stands what Slack's markup calls a mention, and some of Mattermost's doors still read it.
            case '@' or '＠' or '<':
                Append(ref safe, c, ZeroWidthSpace);
                return;
            case '#' when at == 0 || !char.IsLetterOrDigit(text[at - 1]):
                // A hashtag becomes a search link, and at the start of a line a heading.
                Append(ref safe, '\\', '#', ZeroWidthSpace);
                return;
            // A backslash escapes only punctuation; before a letter, a second one would be shown.
            case '\\' when at + 1 < text.Length && IsWord(text[at + 1]):
                Append(ref safe, c);
                return;
            case '\\' or '*' or '_' or '`' or '~' or '[' or ']' or '|' or '!':
                Append(ref safe, '\\', c);
                return;
            case '-' or '+' or '>' when AtLineStart(text, at):
                Append(ref safe, '\\', c);
                return;
            // A line of these makes a heading of the one above it, and knows no escape.
            case '=' when AtLineStart(text, at):
                Append(ref safe, ZeroWidthSpace, c);
                return;
            case '.' or ')' when EndsListNumber(text, at):
                Append(ref safe, '\\', c);
                return;
            default:
                Append(ref safe, c);
                return;
        }
    }

    private static void AppendUrl(ref DefaultInterpolatedStringHandler safe, ReadOnlySpan<char> url)
    {
        foreach (var c in url)
        {
            // Inside a link Mattermost still looks for mentions in some places; percent-encoded it is the same address.
            switch (c)
            {
                case '@':
                    safe.AppendLiteral("%40");
                    break;
                case '|':
                    safe.AppendLiteral("%7C");
                    break;
                case '`':
                    safe.AppendLiteral("%60");
                    break;
                default:
                    Append(ref safe, c);
                    break;
            }
        }
    }

    private static void Append(
        ref DefaultInterpolatedStringHandler safe,
        params ReadOnlySpan<char> characters
    ) => safe.AppendFormatted(characters);

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
