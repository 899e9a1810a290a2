using System.Collections.Immutable;
using System.Text;

namespace Sidecar.Text;

/// <summary>What follows <c>/escalate</c>, cut into words. Quotes hold words together, also the curly ones of phones.</summary>
/// <param name="Text">As typed.</param>
/// <param name="Words">In order.</param>
public sealed record CommandLine(string Text, ImmutableArray<CommandWord> Words)
{
    private const string Panel = "panel";
    private const string Opening = "\"“”„‟«»″＂";
    private const string Closing = "\"“”‟«»″＂";

    /// <summary>
    /// As much as a message of Mattermost holds: of 16,383 characters some take two places. More is not read.
    /// </summary>
    public const int MostCharacters = 2 * 16_383;

    /// <summary>
    /// Cuts a text. Never fails: a quote that is never closed is an ordinary character. Marks that nobody sees are no part
    /// of a word; the text keeps them, since in prose they have their place.
    /// </summary>
    public static CommandLine Read(string text)
    {
        // What is no character at all can't be kept.
        text = string.Concat(text.Where(c => c is not ('\0' or '\uFFFE' or '\uFFFF')));
        var words = ImmutableArray.CreateBuilder<CommandWord>();
        var mayClose = true;
        for (var at = SkipSpace(text, 0); at < text.Length; at = SkipSpace(text, at))
        {
            var isOpened = Opening.Contains(text[at], StringComparison.Ordinal);
            var quoted = isOpened && mayClose ? Quoted(text, at) : null;
            // No later quote is closed, either: the text is not searched once more for each.
            mayClose &= !isOpened || quoted is not null;
            var word = quoted ?? Bare(text, at);
            words.Add(
                IsPanelAt(text, at) ? word : word with { Value = UnseenMarks.Without(word.Value) }
            );
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
            ? Quoted(Text, Words[word].Start)!.Value
            : Text[Words[word].Start..].TrimEnd();
    }

    /// <summary>The same line with some of its words as one.</summary>
    public CommandLine Joined(int at, int count)
    {
        var (first, last) = (Words[at], Words[at + count - 1]);
        return this with
        {
            Words =
            [
                .. Words[..at],
                new CommandWord(
                    UnseenMarks.Without(Text[first.Start..last.End]),
                    first.Start,
                    last.End,
                    IsQuoted: false
                ),
                .. Words[(at + count)..],
            ],
        };
    }

    private static CommandWord? Quoted(string text, int start)
    {
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
        while (end < text.Length && !IsSpace(text[end]) && !IsBetweenNames(text, start, end))
        {
            end++;
        }

        return new CommandWord(text[start..end], start, end, IsQuoted: false);
    }

    /// <summary>The panel asks there: its mark behind its word is none that came along by pasting.</summary>
    private static bool IsPanelAt(string text, int at) =>
        text[at] == UnseenMarks.OfThePanel
        && text.AsSpan(0, at).Trim().Equals(Panel, StringComparison.OrdinalIgnoreCase);

    /// <summary>Of <c>@ann,@bob</c> each is a word.</summary>
    private static bool IsBetweenNames(string text, int start, int at) =>
        at > start + 1
        && text[start] is ('@' or '＠')
        && text[at] is ('@' or '＠')
        && text[at - 1] is (',' or ';' or '/' or '+' or '&');

    private static int SkipSpace(string text, int at)
    {
        while (
            at < text.Length
            && (IsSpace(text[at]) || (UnseenMarks.Is(text[at]) && !IsPanelAt(text, at)))
        )
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
public sealed record CommandWord(string Value, int Start, int End, bool IsQuoted)
{
    /// <summary>It is a word of ours, as <see cref="BareWord"/> reads it; quoted it is not.</summary>
    public bool Says(string word) => !IsQuoted && BareWord.Is(Value, word);
}
