using System.Collections.Immutable;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.RoleGrants;

/// <summary>
/// Roles as people write them: codes (<c>de-lead</c>), labels (<c>DE lead</c>, <c>deployment engineer</c>), in any case,
/// several with or without commas.
/// </summary>
/// <param name="Known">What was understood, each once.</param>
/// <param name="Unknown">What was not, as typed.</param>
internal sealed record RoleReading(ImmutableArray<Role> Known, ImmutableArray<string> Unknown)
{
    private const int LongestName = 3;
    private const int Offered = 3;
    private static readonly char[] BetweenRoles =
    [
        ' ',
        '\t',
        '\n',
        '\r',
        '\u00A0',
        ',',
        ';',
        '，',
        '、',
    ];
    private static readonly string[] Joining = ["and", "&", "+"];

    private static readonly Dictionary<string, Role> Spellings = Roles
        .All.SelectMany(r => Spelled(r).Select(Plain).Distinct().Select(name => (name, r.Role)))
        .ToDictionary(s => s.name, s => s.Role, StringComparer.Ordinal);

    /// <summary>What was typed before the roles, and then each role by its code, or the unknown word.</summary>
    private ImmutableArray<(string Typed, Role? Role)> Parts { get; init; } = [];

    private string Before { get; init; } = "";

    private string Line { get; init; } = "";

    /// <summary>All words as codes and what they stand for.</summary>
    public static string Legend { get; } =
        string.Join(", ", Roles.All.Select(r => $"`{r.Code}` {r.Label}"));

    /// <summary>Reads everything from a word to the end.</summary>
    public static RoleReading Read(CommandLine line, int at)
    {
        string[] words =
        [
            .. line
                .Words.Skip(at)
                .SelectMany(w =>
                    w.Value.Split(BetweenRoles, StringSplitOptions.RemoveEmptyEntries)
                ),
        ];
        var parts = ImmutableArray.CreateBuilder<(string Typed, Role? Role)>();
        for (var i = 0; i < words.Length; )
        {
            var (length, role) = Next(words.AsSpan(i));
            if (role is not null || !Joining.Contains(words[i], StringComparer.OrdinalIgnoreCase))
            {
                parts.Add((string.Join(' ', words[i..(i + length)]), role));
            }

            i += length;
        }

        return new RoleReading(
            [.. parts.Where(p => p.Role is not null).Select(p => p.Role!.Value).Distinct()],
            [.. parts.Where(p => p.Role is null).Select(p => p.Typed)]
        )
        {
            Parts = parts.ToImmutable(),
            Before = line.Text[..line.Words[at].Start].Trim(),
            Line = line.Text.Trim(),
        };
    }

    /// <summary>What is wrong with it, with the line to send instead; null when all of it was understood.</summary>
    public Markdown? Problem()
    {
        if (Unknown.IsEmpty)
        {
            return null;
        }

        var unknown = Markdown.Listed([.. Unknown.Select(u => Markdown.Of($"“{u}”"))], "and");
        var corrected = Corrected();
        return Markdown.Lines([
            Markdown.Of($"I know no role {unknown}, so nothing was changed."),
            corrected.Count == 0
                ? Markdown.Of($"You typed: {Markdown.Code($"/{SlashCommand.Trigger} {Line}")}")
                : Markdown.Of(
                    $"Did you mean this?\n{Markdown.Lines(corrected.Select(Markdown.Code))}"
                ),
            Markdown.Of($"The roles: {Markdown.Sentence(Legend)}."),
        ]);
    }

    /// <summary>The lines that would have been right: one for each nearest role when a single word is wrong.</summary>
    private List<string> Corrected()
    {
        var nearest = Unknown.Select(Nearest).ToList();
        if (nearest.Exists(n => n.Count == 0))
        {
            return [];
        }

        var lines = nearest.Count == 1 ? nearest[0].Count : 1;
        return [.. Enumerable.Range(0, lines).Select(Corrected)];

        string Corrected(int choice)
        {
            var unknown = 0;
            var codes = Parts.Select(p =>
                (p.Role ?? (lines == 1 ? nearest[unknown++][0] : nearest[0][choice])).Code()
            );
            return $"/{SlashCommand.Trigger} {Before} {string.Join(' ', codes)}";
        }
    }

    private static List<Role> Nearest(string typed)
    {
        var plain = Plain(typed);
        return
        [
            .. Spellings
                .Select(s =>
                    (
                        s.Value,
                        Distance: Spelling.Within(plain, s.Key, Math.Max(1, s.Key.Length / 3)),
                        s.Key
                    )
                )
                .Where(s =>
                    s.Distance is not null
                    || (plain.Length >= 2 && s.Key.StartsWith(plain, StringComparison.Ordinal))
                )
                .OrderBy(s => s.Distance ?? s.Key.Length - plain.Length)
                .Select(s => s.Value)
                .Distinct()
                .Take(Offered),
        ];
    }

    /// <summary>The role that the next words name, or how many of them were meant to name one.</summary>
    private static (int Length, Role? Role) Next(ReadOnlySpan<string> words)
    {
        for (var length = Math.Min(LongestName, words.Length); length > 1; length--)
        {
            if (Exact(words[..length]) is { } role)
            {
                return (length, role);
            }
        }

        for (var length = Math.Min(LongestName, words.Length); length > 1; length--)
        {
            if (IsNearly(words[..length]))
            {
                return (length, null);
            }
        }

        return (1, Exact(words[..1]));
    }

    private static Role? Exact(ReadOnlySpan<string> words) =>
        Spellings.TryGetValue(Plain(string.Join(' ', words!)), out var role) ? role : null;

    /// <summary>Several words that are hardly anything but one role with a slip in it.</summary>
    private static bool IsNearly(ReadOnlySpan<string> words)
    {
        var name = Plain(string.Join(' ', words!));
        return !words.ToArray().All(word => Exact([word]) is not null)
            && Spellings.Keys.Any(known =>
                known.Contains(' ', StringComparison.Ordinal)
                && Spelling.Within(name, known, known.Length / 5) is not null
            );
    }

    /// <summary>Every way to write a role: its code, its label, one and several, and its whole name.</summary>
    private static IEnumerable<string> Spelled(RoleName role)
    {
        var whole = string.Concat(
            role.Role.ToString().Select(c => char.IsUpper(c) ? $" {c}" : $"{c}")
        );
        return [role.Code, role.Label, role.Label + "s", whole];
    }

    private static string Plain(string name) =>
        name.ToLowerInvariant()
            .Replace('-', ' ')
            .Replace('_', ' ')
            .Replace('‑', ' ')
            .Trim(' ', '.', ':', '!', '?', '"');
}
