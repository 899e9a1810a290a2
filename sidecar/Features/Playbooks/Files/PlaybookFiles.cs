using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Settings;

namespace Sidecar.Features.Playbooks.Files;

/// <summary>All playbooks: the team's files, and those of the product that no file of the team's replaces (PB-2).</summary>
internal static partial class PlaybookFiles
{
    private const string Ending = ".json";
    private const string SchemaEnding = ".schema.json";
    private const string Resources = "playbooks/";

    /// <summary>Endings that people give to files like these.</summary>
    private static readonly ImmutableArray<string> Misnamed =
    [
        ".jsonc",
        ".json5",
        ".yaml",
        ".yml",
        ".txt",
    ];

    /// <summary>Everything that there is; with problems, what could be read.</summary>
    public static IReadOnlyList<Playbook> Read(
        IReadOnlyList<DataFile> files,
        ICollection<string> problems
    )
    {
        List<Claim> own = [];
        foreach (var file in files.Where(f => !IsLeftAlone(f.Name)))
        {
            if (Read(file, problems) is not { } read)
            {
                continue;
            }

            if (own.Find(o => o.Playbook.Key == read.Playbook.Key) is { } twice)
            {
                problems.Add(
                    $"{file.Path}: {twice.File} has the same key, {read.Playbook.Key}; rename one of them."
                );
            }
            else
            {
                own.Add(read);
            }
        }

        foreach (var problem in Contested(own))
        {
            problems.Add(problem);
        }

        var keys = own.Select(o => o.Playbook.Key).ToHashSet(StringComparer.Ordinal);
        return [.. own.Select(o => o.Playbook), .. Shipped().Where(p => !keys.Contains(p.Key))];
    }

    /// <summary>The product's own.</summary>
    public static IEnumerable<Playbook> Shipped()
    {
        var product = typeof(PlaybookFiles).Assembly;
        foreach (
            var resource in product
                .GetManifestResourceNames()
                .Where(n => n.StartsWith(Resources, StringComparison.Ordinal))
        )
        {
            using var stream = product.GetManifestResourceStream(resource)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            List<string> problems = [];
            var (playbook, _) =
                new PlaybookReader(new FileProblems(resource, problems)).Read(
                    resource[Resources.Length..^Ending.Length],
                    bytes.ToArray()
                ) ?? throw new InvalidOperationException(string.Join('\n', problems));
            yield return playbook with
            {
                IsShipped = true,
            };
        }
    }

    private static Claim? Read(DataFile file, ICollection<string> problems)
    {
        var ending = Path.GetExtension(file.Name);
        if (!ending.Equals(Ending, StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(
                $"{file.Path}: a playbook’s file ends with {Ending}; rename it, or move it away."
            );
            return null;
        }

        var key = file.Name[..^ending.Length];
        if (!Key().IsMatch(key))
        {
            problems.Add(
                $"{file.Path}: “{key}” is not a playbook key; name the file with up to 30 small letters, digits and hyphens, such as our-outage.json."
            );
        }

        if (file.Problem is { } unreadable)
        {
            problems.Add($"{file.Path}: {unreadable}");
            return null;
        }

        return
            new PlaybookReader(new FileProblems(file.Path, problems)).Read(key, file.Content.Span)
                is var (playbook, line)
            ? new Claim(file.Path, line, playbook)
            : null;
    }

    /// <summary>Two that would both start: nobody could say which one does.</summary>
    private static IEnumerable<string> Contested(IReadOnlyList<Claim> own)
    {
        foreach (var (place, later) in own.Index())
        {
            foreach (var earlier in own.Take(place))
            {
                var both = later.Playbook.Severities.Intersect(earlier.Playbook.Severities);
                if (
                    both.FirstOrDefault() is { } severity
                    && SharedCategory(later, earlier) is { } category
                )
                {
                    yield return $"{later.File}, line {later.Line}: {earlier.File} starts for {severity} and {category} as well; leave {severity} out of one of them, or name other categories.";
                }
            }
        }
    }

    private static string? SharedCategory(Claim one, Claim other) =>
        (one.Playbook.Categories, other.Playbook.Categories) switch
        {
            ({ IsEmpty: true }, { IsEmpty: true }) => "all categories",
            // Who names the category comes first.
            ({ IsEmpty: true }, _) or (_, { IsEmpty: true }) => null,
            var (ours, theirs) => ours.Intersect(theirs).FirstOrDefault() is { } category
                ? $"the category {category}"
                : null,
        };

    /// <summary>What is in the folder but is no playbook: a copy of the schema, notes, what an editor leaves.</summary>
    private static bool IsLeftAlone(string name) =>
        name.StartsWith('.')
        || name.EndsWith(SchemaEnding, StringComparison.OrdinalIgnoreCase)
        || (
            !name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase)
            && !Misnamed.Contains(Path.GetExtension(name).ToLowerInvariant())
        );

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,29}$", RegexOptions.None, 1000)]
    private static partial Regex Key();

    private sealed record Claim(string File, int Line, Playbook Playbook);
}
