using System.Collections.Frozen;

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
        "–",
        "—",
        "−",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> All = new[]
    {
        "no",
        "nobody",
        "nothing",
        "never",
        "off",
    }
        .Concat(InProse)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Means nothing where a time, a person, a channel or an address is asked for.</summary>
    public static bool Is(string typed) => All.Contains(typed.Trim());

    /// <summary>Means nothing where people write as they like, and “nothing” may be what they want to say.</summary>
    public static bool IsInProse(string typed) => InProse.Contains(typed.Trim());
}
