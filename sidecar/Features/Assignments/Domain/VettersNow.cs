using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.People;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>A role that vets requests, and who has it.</summary>
internal sealed record Vetter(Role As, ImmutableArray<UserId> People);

/// <summary>Who vets requests at a moment (ASG-1).</summary>
/// <param name="All">Each role once.</param>
/// <param name="Administrators">Who can grant a role that nobody has.</param>
internal sealed record VettersNow(ImmutableArray<Vetter> All, ImmutableArray<UserId> Administrators)
{
    public ImmutableArray<UserId> Of(Role role) =>
        All.FirstOrDefault(v => v.As == role)?.People ?? [];

    /// <summary>The CS leads, who name engineers and hear of every end.</summary>
    public ImmutableArray<UserId> Leads => Of(Role.CustomerSuccessLead);

    /// <summary>Those who have not approved yet.</summary>
    public ImmutableArray<Vetter> Without(IEnumerable<Approval> approvals)
    {
        var given = approvals.Select(a => a.As).ToHashSet();
        return [.. All.Where(v => !given.Contains(v.As))];
    }
}
