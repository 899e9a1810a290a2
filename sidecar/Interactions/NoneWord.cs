using System.Collections.Frozen;
using Sidecar.Text;

namespace Sidecar.Interactions;

/// <summary>
/// The words by which people say that there shall be nothing, in commands and in forms: one reader for all places. Clients
/// put back what was emptied in a form after an error, so a word is the only way that always works.
/// </summary>
public static class NoneWord
{
    /// <summary>The one that sentences name.</summary>
    public const string Text = "none";

    private static readonly FrozenSet<string> InProse = new[]
    {
        Text,
        "-",
        "--",
        "---",
        "n/a",
        "n.a",
        "keine",
        "keiner",
        "keins",
        "kein",
        "aucun",
        "aucune",
        "ninguno",
        "ninguna",
        "nessuno",
        "nenhum",
        "geen",
        "nil",
        "null",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> All = new[]
    {
        "no",
        "nobody",
        "nothing",
        "never",
        "off",
        "nichts",
        "niemand",
        "nie",
        "rien",
        "personne",
        "nada",
        "empty",
        "leer",
    }
        .Concat(InProse)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Means nothing where a time, a person, a channel or an address is asked for.</summary>
    public static bool Is(string typed) => IsIn(All, typed);

    /// <summary>Means nothing where people write as they like, and “nothing” may be what they want to say.</summary>
    public static bool IsInProse(string typed) => IsIn(InProse, typed);

    private static bool IsIn(FrozenSet<string> words, string typed) =>
        typed.Length <= Longest && words.Contains(BareWord.Of(typed));

    // With marks around it, and those that nobody sees.
    private const int Longest = 40;
}
