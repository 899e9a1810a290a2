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
    private const string Openings = "([{<'‘*_";

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

    /// <summary>A word without the brackets in front of it: it was not quoted.</summary>
    public static CommandWord? Opened(CommandWord? word) =>
        word is { IsQuoted: false, Value: [var first, _, ..] }
        && Openings.Contains(first, StringComparison.Ordinal)
            ? word with
            {
                Value = word.Value.TrimStart([.. Openings]),
            }
        : word is { IsQuoted: false } ? word
        : null;
}
