using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>
/// A severity as people type it: <c>sev1</c>, <c>Sev 1</c>, <c>S1</c>, and by the words of other tools <c>p1</c>,
/// <c>severity 1</c>, <c>priority 1</c>.
/// </summary>
internal abstract record TypedSeverity
{
    private const int Longest = 20;

    private TypedSeverity() { }

    /// <summary>It is one.</summary>
    public sealed record KnownSeverity(Severity Which) : TypedSeverity;

    /// <summary>It is meant as one, and there is none of that number.</summary>
    public sealed record NoSuchSeverity(string Problem) : TypedSeverity;

    /// <summary>Reads a word, and the number behind it when the word needs one.</summary>
    /// <returns>Null when the word is something else; how many words it took.</returns>
    public static (TypedSeverity? Read, int Words) Read(string word, string? next)
    {
        var (name, number) = Parts(word);
        if (name is null)
        {
            return (null, 0);
        }

        if (number.Length > 0)
        {
            return Of(word, name, number) is { } alone ? (alone, 1) : (null, 0);
        }

        // “sev 1”, “priority 2”: alone these are words of a sentence.
        return
            name is not ("s" or "p")
            && next is { Length: <= Longest }
            && Parts(name + next) is { Name: { } same, Number: { Length: > 0 } behind }
            && same == name
            && Of($"{word} {next}", name, behind) is { } read
            ? (read, 2)
            : (null, 0);
    }

    /// <summary>A text that is a severity and nothing else: <c>Sev 2</c>, <c>p2</c>; null for anything else.</summary>
    public static Severity? Whole(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return
            words.Length is 1 or 2
            && Read(BareWord.Of(words[0]), words.ElementAtOrDefault(1))
                is (KnownSeverity { Which: var severity }, var taken)
            && taken == words.Length
            ? severity
            : null;
    }

    // “P0 5” and “S3 bucket” are written, too: who writes the letter alone means a severity only where there is one.
    private static TypedSeverity? Of(string typed, string name, string number) =>
        number switch
        {
            "1" => new KnownSeverity(Severity.Sev1),
            "2" => new KnownSeverity(Severity.Sev2),
            "3" => new KnownSeverity(Severity.Sev3),
            "4" => new KnownSeverity(Severity.Sev4),
            _ when name == "s" => null,
            _ => new NoSuchSeverity(
                $"“{MarkdownEscaper.Shorten(typed, Longest)}” is not a severity: there are `sev1` (the worst) to `sev4`."
            ),
        };

    private static (string? Name, string Number) Parts(string word)
    {
        if (word.Length > Longest)
        {
            return (null, "");
        }

        var text = BareWord.Of(word).ToLowerInvariant();
        foreach (var name in (string[])["severity", "priority", "prio", "sev", "s", "p"])
        {
            if (
                text.StartsWith(name, StringComparison.Ordinal)
                && text[name.Length..].TrimStart('-', '_', '#', ':') is var number
                && number.Length <= 2
                && number.All(char.IsAsciiDigit)
            )
            {
                return (name, number);
            }
        }

        return (null, "");
    }
}
