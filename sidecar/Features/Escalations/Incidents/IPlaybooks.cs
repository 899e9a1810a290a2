using System.Collections.Immutable;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Incidents;

/// <summary>The playbooks that an incident can follow; a feature above this one keeps and reads them.</summary>
internal interface IPlaybooks
{
    /// <summary>What is offered while a playbook is typed.</summary>
    const string Completed = "playbooks";

    /// <summary>All, by key.</summary>
    ImmutableSortedDictionary<string, Playbook> All { get; }

    /// <summary>The one that is meant by its key or its name; null when none is, or several are.</summary>
    static Playbook? Called(IEnumerable<Playbook> all, string typed)
    {
        List<Playbook> known = [.. all];
        var bare = BareWord.Of(typed);
        return known.Find(p => p.Key.Equals(bare, StringComparison.OrdinalIgnoreCase))
            ?? (
                known.Where(p => ChoiceWords.Is(bare, p.Key, p.Name)).Take(2).ToList() is [var one]
                    ? one
                    : null
            );
    }

    /// <summary>The one that starts by itself for a severity and category, by their codes; null when none does.</summary>
    Playbook? For(string severity, string category);
}
