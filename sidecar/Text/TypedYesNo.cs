using System.Collections.Frozen;

namespace Sidecar.Text;

/// <summary>Yes and no as people type them, and as spreadsheets of several languages write them.</summary>
internal static class TypedYesNo
{
    private static readonly FrozenDictionary<string, bool> Words = new[]
    {
        (
            true,
            "yes y true t 1 x on ja si sí oui wahr vrai verdadero verdadeiro vero waar prawda истина"
        ),
        (false, "no n false f 0 off nein non falsch faux falso onwaar fałsz ложь"),
    }
        .SelectMany(w => w.Item2.Split(' ').Select(word => (Word: word, IsYes: w.Item1)))
        .ToFrozenDictionary(w => w.Word, w => w.IsYes, StringComparer.OrdinalIgnoreCase);

    /// <summary>What is meant; null when it is neither.</summary>
    public static bool? Read(string typed) =>
        Words.TryGetValue(UnseenMarks.Plain(typed).Trim().TrimEnd('.', '!', ','), out var isYes)
            ? isYes
            : null;
}
