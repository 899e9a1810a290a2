using System.Diagnostics.CodeAnalysis;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>
/// Names at the end of a sentence or in brackets. Names may end with marks themselves (<c>lee.</c> is one), so marks are
/// taken off one by one until a name fits.
/// </summary>
internal static class SentenceMarks
{
    private const int MostMarks = 20;
    private const int LongestName = 300;
    private const string Breaks = ",;:-‐‑–—−|：，、；";
    private const string Openings = "([{<'‘“\"„«*_`";

    /// <summary>
    /// The name behind its sigil, as in <c>@lee</c>, <c>(＠lee.</c>, <c>**~Off-Topic**</c>: without what stands in front of
    /// it and what nobody sees; the marks behind it may be its own.
    /// </summary>
    /// <returns>Null when there is no such sigil.</returns>
    public static string? Name(string typed, char sigil) =>
        typed.Length <= LongestName
        && UnseenMarks.Plain(typed).Trim().TrimStart([.. Openings]) is [var first, _, ..] text
        && first == sigil
        && text.TrimStart(sigil) is { Length: > 0 } name
            ? name
            : null;

    /// <summary>The same of a word; what is quoted is a name when it is nothing else.</summary>
    public static string? Name(CommandWord? word, char sigil) =>
        word is not null && !(word.IsQuoted && word.Value.Any(char.IsWhiteSpace))
            ? Name(word.Value, sigil)
            : null;

    /// <summary>A name without what parts it from what is said behind it: <c>Acme, Inc.,</c>, <c>Acme:</c>, <c>Acme -</c>.</summary>
    public static string BeforeBreak(string name) =>
        name.TrimEnd([.. Breaks, ' ']) is { Length: > 0 } bare ? bare : name;

    /// <summary>It is nothing but what parts a name from what is said behind it.</summary>
    public static bool IsBreak(CommandWord word) =>
        !word.IsQuoted
        && word.Value.Length > 0
        && word.Value.All(c => Breaks.Contains(c, StringComparison.Ordinal));

    /// <summary>The name, with or without its sigil.</summary>
    public static string Bare(string typed, char sigil) =>
        Name(typed, sigil)
        ?? (
            typed.Length <= LongestName
                ? UnseenMarks.Plain(typed).Trim().TrimStart([.. Openings, sigil])
                : typed
        );

    /// <summary>What the name may be, with fewer marks behind it each time.</summary>
    public static IEnumerable<string> Spellings(string name) =>
        Less(name).Prepend(name).Select(n => n.ToLowerInvariant());

    /// <summary>The longest beginning of what was typed that is a name.</summary>
    /// <param name="typed">Behind its sigil.</param>
    /// <param name="known">The names, in lower case.</param>
    /// <param name="found">Who or what is called so.</param>
    /// <param name="name">How it is called.</param>
    public static bool Fits<T>(
        string typed,
        IReadOnlyDictionary<string, T> known,
        [MaybeNullWhen(false)] out T found,
        out string name
    )
    {
        name = typed.ToLowerInvariant();
        for (var taken = 0; name.Length > 0 && taken <= MostMarks; taken++)
        {
            if (known.TryGetValue(name, out found))
            {
                return true;
            }

            if (char.IsLetterOrDigit(name[^1]))
            {
                break;
            }

            name = name[..^1];
        }

        found = default;
        return false;
    }

    /// <summary>What was typed with one mark less at its end, and one more, as long as there are any.</summary>
    public static IEnumerable<string> Less(string typed)
    {
        var text = typed.AsMemory().TrimEnd();
        for (
            var taken = 0;
            taken < MostMarks && text.Length > 1 && !char.IsLetterOrDigit(text.Span[^1]);
            taken++
        )
        {
            text = text[..^1].TrimEnd();
            yield return text.ToString();
        }
    }
}
