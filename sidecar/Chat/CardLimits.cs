using System.Text;
using Sidecar.Text;

namespace Sidecar.Chat;

/// <summary>How much a server takes in one post, in runes.</summary>
/// <param name="Message">The text above the card.</param>
/// <param name="Props">All that is beside the text, as the server writes it to its database.</param>
internal sealed record CardLimits(int Message, int Props)
{
    private const int LeastProps = 8_000;

    /// <summary>
    /// Newer servers take no more bytes than this in one request, and that is less than the props alone may have.
    /// </summary>
    public int Request { get; init; } = 300_000;

    /// <summary>Servers with a current database.</summary>
    public static CardLimits Current { get; } = new(16_383, 800_000);

    /// <summary>What a server takes that found a post too long; null when these limits are not the reason.</summary>
    /// <param name="error">The server's name of the error.</param>
    public CardLimits? After(string? error) =>
        error switch
        {
            // The second one since there is a message of its own for length.
            "model.post.is_valid.msg.app_error"
            or "model.post.is_valid.message_length.app_error" when Message > 4_000 => this with
            {
                Message = 4_000,
            },
            "model.post.is_valid.props.app_error" when Props > LeastProps => this with
            {
                Props = LeastProps,
            },
            _ => null,
        };

    /// <summary>What goes into fewer bytes: the card gives way; null when nothing is left to give.</summary>
    /// <param name="sent">How many bytes a request with these limits has.</param>
    /// <param name="most">How many it may have.</param>
    public CardLimits? Within(int sent, int most)
    {
        if (Props <= LeastProps)
        {
            return Message > 4_000 ? this with { Message = 4_000 } : null;
        }

        // What is sent has at most so many bytes for its props, and every rune of them at least one.
        var room = (int)((long)Math.Min(Props, sent) * most / sent * 9 / 10);
        return this with { Props = Math.Max(LeastProps, room) };
    }

    /// <summary>How many runes a text has.</summary>
    public static int Runes(string text)
    {
        var pairs = 0;
        foreach (var c in text)
        {
            pairs += char.IsLowSurrogate(c) ? 1 : 0;
        }

        return text.Length - pairs;
    }

    /// <summary>
    /// The text cut to a number of runes: between words where one ends near, never within what people see as one
    /// character, within an escape, a link or a mention; what was opened is closed, and a note stands in place of what is
    /// missing.
    /// </summary>
    public static string Cut(string markdown, int runes, string note = " …")
    {
        if (markdown.Length <= runes || Runes(markdown) <= runes)
        {
            return markdown;
        }

        // A fence, bold, italics and code at once.
        const int closings = 16;
        var end = TextCut.Before(
            markdown,
            IndexAfter(markdown, Math.Max(0, runes - Runes(note) - closings))
        );
        var space = markdown.AsSpan(0, end).LastIndexOfAny(' ', '\n');
        end = space > end - Math.Min(200, (end / 4) + 1) ? space : BeforeWhole(markdown, end);
        // Half a run of marks is another mark.
        while (end > 0 && markdown[end] is '`' or '*' && markdown[end - 1] == markdown[end])
        {
            end--;
        }

        while (end > 0 && markdown[end - 1] == '\\')
        {
            end--;
        }

        var (kept, closing) = MarkdownCut.At(markdown, end);
        if (Runes(closing) > closings)
        {
            // A fence may be of as many ticks as somebody typed.
            (kept, closing) = MarkdownCut.At(markdown, Math.Max(0, end - Runes(closing)));
        }

        return kept + closing + note;
    }

    /// <summary>Half an address leads elsewhere, and half a name is somebody else's: these go whole.</summary>
    private static int BeforeWhole(string markdown, int end)
    {
        if (end == 0 || char.IsWhiteSpace(markdown[end]))
        {
            return end;
        }

        var start = markdown.AsSpan(0, end).LastIndexOfAny(' ', '\n') + 1;
        var word = markdown.AsSpan(start, end - start);
        return
            start > 0
            && (
                word.Contains("://", StringComparison.Ordinal)
                || word.TrimStart("(*[").StartsWith('@')
            )
            ? start
            : end;
    }

    /// <summary>The place behind so many runes.</summary>
    public static int IndexAfter(string text, int runes)
    {
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (runes-- == 0)
            {
                break;
            }

            at += rune.Utf16SequenceLength;
        }

        return at;
    }
}
