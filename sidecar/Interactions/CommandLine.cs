using System.Collections.Immutable;
using System.Text;

namespace Sidecar.Interactions;

/// <summary>What follows <c>/escalate</c>, cut into words. Quotes hold words together, also the curly ones of phones.</summary>
/// <param name="Text">As typed.</param>
/// <param name="Words">In order.</param>
public sealed record CommandLine(string Text, ImmutableArray<CommandWord> Words)
{
    private const string Opening = "\"“”„‟«»″＂";
    private const string Closing = "\"“”‟«»″＂";

    /// <summary>Cuts a text. Never fails: a quote that is never closed is an ordinary character.</summary>
    public static CommandLine Read(string text)
    {
        // Zero-width characters come along when people paste from web pages: nobody sees them, so they mean nothing.
        // What is no character at all can't be compared, either.
        text = string.Concat(
            text.Where(c =>
                c is not ('\0' or '\u200B' or '\uFEFF' or '\u2060' or '\uFFFE' or '\uFFFF')
            )
        );
        var words = ImmutableArray.CreateBuilder<CommandWord>();
        for (var at = SkipSpace(text, 0); at < text.Length; at = SkipSpace(text, at))
        {
            var word = Quoted(text, at) ?? Bare(text, at);
            words.Add(word);
            at = word.End;
        }

        return new CommandLine(text, words.ToImmutable());
    }

    /// <summary>
    /// The text from a word to the end, as typed, spaces and line breaks included. When nothing but one quoted word is
    /// left, the quotes go.
    /// </summary>
    public string From(int word)
    {
        if (word >= Words.Length)
        {
            return "";
        }

        return word == Words.Length - 1 && Words[word].IsQuoted
            ? Words[word].Value
            : Text[Words[word].Start..].TrimEnd();
    }

    private static CommandWord? Quoted(string text, int start)
    {
        if (!Opening.Contains(text[start], StringComparison.Ordinal))
        {
            return null;
        }

        var value = new StringBuilder();
        for (var at = start + 1; at < text.Length; at++)
        {
            if (
                text[at] == '\\'
                && at + 1 < text.Length
                && Closing.Contains(text[at + 1], StringComparison.Ordinal)
            )
            {
                value.Append(text[++at]);
            }
            else if (Closing.Contains(text[at], StringComparison.Ordinal))
            {
                return new CommandWord(value.ToString(), start, at + 1, IsQuoted: true);
            }
            else
            {
                value.Append(text[at]);
            }
        }

        return null;
    }

    private static CommandWord Bare(string text, int start)
    {
        var end = start;
        while (end < text.Length && !IsSpace(text[end]))
        {
            end++;
        }

        return new CommandWord(text[start..end], start, end, IsQuoted: false);
    }

    private static int SkipSpace(string text, int at)
    {
        while (at < text.Length && IsSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsSpace(char c) => char.IsWhiteSpace(c);
}

/// <summary>One word of a command.</summary>
/// <param name="Value">Without its quotes.</param>
/// <param name="Start">Where it starts in the text, quotes included.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="IsQuoted">It was quoted: it is what it says, never a keyword.</param>
public sealed record CommandWord(string Value, int Start, int End, bool IsQuoted);
