using System.Collections.Immutable;
using Sidecar.Features.Playbooks.Files;
using Sidecar.Settings;

namespace Sidecar.Features.Playbooks;

/// <summary>The playbooks that there are, the product's own and the team's; read once, at the start (PB-2).</summary>
internal sealed class PlaybookShelf : IDataFiles<PlaybookShelf>
{
    /// <summary>The shelf with some playbooks.</summary>
    /// <param name="all">Each with a key of its own.</param>
    public PlaybookShelf(IEnumerable<Playbook> all) =>
        All = all.ToImmutableSortedDictionary(p => p.Key, p => p, StringComparer.Ordinal);

    /// <summary>All, by key.</summary>
    public ImmutableSortedDictionary<string, Playbook> All { get; }

    /// <summary>
    /// The one that starts by itself for a severity and category, by their codes; null when none does. The team's own
    /// come before the product's, those that name the category before those for all.
    /// </summary>
    public Playbook? For(string severity, string category) =>
        All
            .Values.Where(p => p.StartsFor(severity, category))
            .OrderBy(p => p.IsShipped)
            .ThenBy(p => p.Categories.IsEmpty)
            .FirstOrDefault();

    /// <summary>The one with a key, however it is capitalised; null when there is none.</summary>
    public Playbook? Find(string key) => All.GetValueOrDefault(key.Trim().ToLowerInvariant());

    /// <inheritdoc/>
    public static PlaybookShelf Read(IReadOnlyList<DataFile> files, ICollection<string> problems) =>
        new(PlaybookFiles.Read(files, problems));
}
