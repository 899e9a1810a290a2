using System.Collections.Immutable;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Ids;
using Sidecar.People;

namespace Sidecar.Features.Assignments.Requests;

/// <summary>Looks up who vets requests.</summary>
internal sealed class Vetters(RoleStore roles)
{
    public async ValueTask<VettersNow> Now(CancellationToken cancel)
    {
        var all = ImmutableArray.CreateBuilder<Vetter>();
        foreach (var role in RequestRights.VettingRoles)
        {
            all.Add(new Vetter(role, [.. await roles.Holders(role, cancel)]));
        }

        return new VettersNow(
            all.ToImmutable(),
            all.All(v => v.People.Length > 0)
                ? []
                : [.. await roles.Holders(Role.Administrator, cancel)]
        );
    }

    /// <summary>The CS leads.</summary>
    public async ValueTask<ImmutableArray<UserId>> Leads(CancellationToken cancel) =>
        [.. await roles.Holders(Role.CustomerSuccessLead, cancel)];
}
