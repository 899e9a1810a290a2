using System.Collections.Immutable;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>The places that assignments take, as they were at one moment (ASG-2).</summary>
/// <param name="Taken">The assignments that have one.</param>
/// <param name="Most">How many there are.</param>
internal sealed record AssignmentCapacity(ImmutableArray<Assignment> Taken, int Most)
{
    /// <summary>There is one left.</summary>
    public bool AreFree => Taken.Length < Most;
}
