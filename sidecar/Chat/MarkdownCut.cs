namespace Sidecar.Chat;

/// <summary>
/// What a beginning of Markdown has opened and not closed. It knows what we write ourselves: fences, code, bold, italics
/// and links. What users typed is escaped and opens nothing.
/// </summary>
internal sealed class MarkdownCut
{
    private const int ShortestFence = 3;

    private readonly List<string> _open = [];
    private string? _fence;
    private int _link = -1;

    private MarkdownCut() { }

    /// <summary>
    /// The beginning of a text up to a place, without a link that would end in its middle, and what closes the rest.
    /// </summary>
    public static (string Kept, string Closing) At(string markdown, int end)
    {
        var read = new MarkdownCut();
        read.Read(markdown, end);
        if (read._link >= 0)
        {
            (read, end) = (new MarkdownCut(), read._link);
            read.Read(markdown, end);
        }

        var kept = markdown[..end].TrimEnd();
        // What was opened at the very end holds nothing, and goes.
        while (
            read._fence is null
            && read._open is [.., var last]
            && kept.EndsWith(last, StringComparison.Ordinal)
        )
        {
            kept = kept[..^last.Length].TrimEnd();
            read._open.RemoveAt(read._open.Count - 1);
        }

        var closing = string.Concat(read._open.AsEnumerable().Reverse());
        if (closing is ['`', ..] && kept.EndsWith('`'))
        {
            // Ticks that touch are one run, which closes nothing.
            closing = " " + closing;
        }

        return (kept, closing + (read._fence is null ? "" : "\n" + read._fence));
    }

    private void Read(string markdown, int end)
    {
        for (var at = 0; at < end; )
        {
            at += markdown[at] switch
            {
                '`' => Ticks(markdown, at, end),
                '\n' when _fence is null && EndsBlock(markdown, at) => EndBlock(),
                _ when _fence is not null || Code is not null => 1,
                '\\' => 2,
                '*' => Stars(markdown, at, end),
                '[' when _link < 0 && EndOfLink(markdown, at) > end => Link(at),
                _ => 1,
            };
        }
    }

    private string? Code => _open is [.., ['`', ..] and var ticks] ? ticks : null;

    private int Ticks(string markdown, int at, int end)
    {
        var length = Run(markdown, at, '`');
        var ticks = new string('`', Math.Min(length, end - at));
        if (_fence is not null)
        {
            _fence = length >= _fence.Length && BeginsLine(markdown, at) ? null : _fence;
        }
        else if (length >= ShortestFence && BeginsLine(markdown, at))
        {
            _open.Clear();
            _fence = ticks;
        }
        else if (Code is { } code)
        {
            if (code.Length == length)
            {
                _open.RemoveAt(_open.Count - 1);
            }
        }
        else if (Closes(markdown, at + length, length))
        {
            _open.Add(ticks);
        }

        return Math.Max(1, Math.Min(length, end - at));
    }

    private int Stars(string markdown, int at, int end)
    {
        var isBold = at + 1 < markdown.Length && markdown[at + 1] == '*';
        var mark = isBold ? "**" : "*";
        if (_open is [.., var last] && last == mark)
        {
            _open.RemoveAt(_open.Count - 1);
        }
        else if (
            at + mark.Length < markdown.Length
            && !char.IsWhiteSpace(markdown[at + mark.Length])
            && at + mark.Length <= end
        )
        {
            _open.Add(mark);
        }

        return mark.Length;
    }

    /// <summary>Nothing but fences goes on in the next paragraph.</summary>
    private int EndBlock()
    {
        _open.Clear();
        return 1;
    }

    private static bool EndsBlock(string markdown, int at) =>
        at + 1 < markdown.Length && markdown[at + 1] == '\n';

    private int Link(int at)
    {
        _link = at;
        return 1;
    }

    /// <summary>Behind the closing bracket of a link; zero when this begins none.</summary>
    private static int EndOfLink(string markdown, int at)
    {
        for (var i = at + 1; i < markdown.Length && markdown[i] != '\n'; i++)
        {
            if (markdown[i] == '\\')
            {
                i++;
            }
            else if (markdown[i] == ']')
            {
                var close =
                    i + 1 < markdown.Length && markdown[i + 1] == '('
                        ? markdown.IndexOf(')', i + 2)
                        : -1;
                return close < 0 ? 0 : close + 1;
            }
        }

        return 0;
    }

    /// <summary>Whether a run of that many ticks follows: else the ticks are ordinary characters.</summary>
    private static bool Closes(string markdown, int from, int length)
    {
        foreach (var border in (string[])["\n\n", "\n```"])
        {
            var block = markdown.IndexOf(border, from, StringComparison.Ordinal);
            markdown = block < 0 ? markdown : markdown[..block];
        }

        for (var at = markdown.IndexOf('`', from); at >= 0; at = markdown.IndexOf('`', at))
        {
            var run = Run(markdown, at, '`');
            if (run == length)
            {
                return true;
            }

            at += run;
            if (at >= markdown.Length)
            {
                return false;
            }
        }

        return false;
    }

    private static int Run(string text, int at, char of)
    {
        var end = at;
        while (end < text.Length && text[end] == of)
        {
            end++;
        }

        return end - at;
    }

    private static bool BeginsLine(string text, int at) => at == 0 || text[at - 1] == '\n';
}
