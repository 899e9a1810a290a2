using System.Collections.Immutable;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Incidents;
using Sidecar.Features.Playbooks.Files;
using Sidecar.Settings;

namespace Sidecar.Features.Playbooks;

/// <summary>
/// The playbooks that there are (PB-2): the product's own, the team's files, which are read once at the start, and what
/// was brought in by command.
/// </summary>
internal sealed class PlaybookShelf : IDataFiles<PlaybookShelf>, IPlaybooks
{
    private readonly ImmutableArray<Playbook> _read;
    private volatile ImmutableSortedDictionary<string, Playbook> _all;

    /// <summary>The shelf with some playbooks.</summary>
    /// <param name="all">Each with a key of its own.</param>
    public PlaybookShelf(IEnumerable<Playbook> all)
    {
        _read = [.. all];
        _all = ByKey(_read);
    }

    /// <summary>All, by key.</summary>
    public ImmutableSortedDictionary<string, Playbook> All => _all;

    /// <summary>
    /// What was brought in stands there now, and nothing that was before: in place of the product's of the same key, but
    /// not in place of a file.
    /// </summary>
    public void Put(IEnumerable<Playbook> kept) =>
        _all = ByKey([
            .. _read.Where(p => p.IsShipped),
            .. kept,
            .. _read.Where(p => !p.IsShipped),
        ]);

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

    /// <summary>The same by its name as well, as lists show it; of one name alone.</summary>
    public Playbook? Called(string typed) => IPlaybooks.Called(All.Values, typed);

    /// <inheritdoc/>
    public static PlaybookShelf Read(IReadOnlyList<DataFile> files, ICollection<string> problems) =>
        new(PlaybookFiles.Read(files, problems));

    // The last one with a key stays.
    private static ImmutableSortedDictionary<string, Playbook> ByKey(IEnumerable<Playbook> all)
    {
        var byKey = ImmutableSortedDictionary.CreateBuilder<string, Playbook>(
            StringComparer.Ordinal
        );
        foreach (var playbook in all)
        {
            byKey[playbook.Key] = playbook;
        }

        return byKey.ToImmutable();
    }
}
