using System.Collections.Immutable;
using Sidecar.Features.Escalations.Domain;

namespace Sidecar.Features.Escalations.Incidents;

/// <summary>The playbooks that an incident can follow; a feature above this one keeps and reads them.</summary>
internal interface IPlaybooks
{
    /// <summary>What is offered while a playbook is typed.</summary>
    const string Completed = "playbooks";

    /// <summary>All, by key.</summary>
    ImmutableSortedDictionary<string, Playbook> All { get; }

    /// <summary>The one that starts by itself for a severity and category, by their codes; null when none does.</summary>
    Playbook? For(string severity, string category);
}
