using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>What the CS lead decides a hand-over by, as it was when it was asked for.</summary>
/// <param name="Leads">The CS leads.</param>
/// <param name="Candidates">Who could take it, the best first.</param>
/// <param name="Documentation">Whether the customer's documentation is current.</param>
internal sealed record HandOverOutlook(
    ImmutableArray<UserId> Leads,
    ImmutableArray<SuggestedSuccessor> Candidates,
    Markdown Documentation
)
{
    /// <summary>Besides the engineer and the CE nobody has the role: nobody has to be overloaded for it.</summary>
    public bool IsOnlyEngineer { get; init; }
}

/// <summary>Who could take an assignment over, and why.</summary>
internal sealed record SuggestedSuccessor(UserId Person, string Name, Markdown Why);
