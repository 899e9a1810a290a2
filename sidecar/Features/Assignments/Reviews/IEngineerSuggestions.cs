using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Reviews;

/// <summary>Who could be assigned to a customer; a feature above this one knows how much everybody has to do (ASG-12).</summary>
internal interface IEngineerSuggestions
{
    /// <param name="customer">For which customer.</param>
    /// <param name="customerEngineer">Their CE; null when nobody knows.</param>
    /// <param name="except">Who has it already.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The best first.</returns>
    Task<ImmutableArray<EngineerSuggestion>> Suggest(
        Customer? customer,
        UserId? customerEngineer,
        IReadOnlyCollection<UserId> except,
        CancellationToken cancel
    );
}

/// <summary>Somebody who could be assigned, and why they stand where they stand.</summary>
internal sealed record EngineerSuggestion(UserId Person, Markdown Why);
