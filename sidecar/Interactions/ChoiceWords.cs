using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>
/// One of a few, typed as menus show it or by its code: <c>Sev 2</c>, <c>Product Engineering</c>, <c>very-high</c>. Case,
/// blanks and marks do not matter.
/// </summary>
internal static class ChoiceWords
{
    private const int MostWords = 12;

    /// <summary>A text is one of the names.</summary>
    public static bool Is(string typed, params IEnumerable<string> names) =>
        typed.Length <= Longest
        && NameFolding.Letters(typed) is { Length: > 0 } plain
        && names.Any(name => plain == NameFolding.Letters(name));

    /// <summary>The choice that the next words name, of several the one with the longest name; null when they name none.</summary>
    public static (T Choice, int Taken)? Next<T>(
        ArgumentSource source,
        IReadOnlyCollection<T> choices,
        Func<T, IEnumerable<string>> names
    )
    {
        var words = source.Line.Words;
        for (var count = Math.Min(MostWords, words.Length - source.At); count > 0; count--)
        {
            var typed = string.Join(' ', words.Skip(source.At).Take(count).Select(w => w.Value));
            foreach (var choice in choices)
            {
                if (Is(typed, names(choice)))
                {
                    return (choice, count);
                }
            }
        }

        return null;
    }

    // Longer than any label with what it means.
    private const int Longest = 200;
}
