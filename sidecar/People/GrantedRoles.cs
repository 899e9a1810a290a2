using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.People;

using Decision = Decision<GrantedRoles, RoleFact>;

/// <summary>What somebody was made by grants. Who was never granted anything has none.</summary>
/// <param name="User">Who.</param>
/// <param name="Roles">What they are, in the order of <see cref="Sidecar.People.Roles.All"/>.</param>
internal sealed record GrantedRoles(UserId User, ImmutableArray<Role> Roles)
{
    public static DocumentIndex<GrantedRoles> ByRole { get; } =
        new("by-role", g => g.Roles.Select(role => IndexKey.Empty.Then(role.Code())));

    public static DocumentKind<GrantedRoles> Kind { get; } =
        new("roles", RolesJson.Default.GrantedRoles) { Indexes = [ByRole] };

    /// <summary>Adds roles; those that they have already stay as they are.</summary>
    public Decision Grant(ImmutableArray<Role> roles, UserId by)
    {
        ImmutableArray<Role> added = [.. InOrder(roles.Except(Roles))];
        return added.IsEmpty
            ? new HasThemAlready(User, roles)
            : new Decision.Accepted(
                this with
                {
                    Roles = [.. InOrder(Roles.Concat(added))],
                },
                new RoleFact.Granted(by, User, added)
            );
    }

    /// <summary>Takes roles away, as far as they have them.</summary>
    public Decision Revoke(ImmutableArray<Role> roles, UserId by)
    {
        ImmutableArray<Role> taken = [.. InOrder(roles.Intersect(Roles))];
        return taken.IsEmpty
            ? new HasThemNot(User, roles, Roles)
            : new Decision.Accepted(
                this with
                {
                    Roles = [.. Roles.Except(taken)],
                },
                new RoleFact.RolesRevoked(by, User, taken)
            );
    }

    private static IEnumerable<Role> InOrder(IEnumerable<Role> roles)
    {
        var these = roles.ToHashSet();
        return Sidecar.People.Roles.All.Select(r => r.Role).Where(these.Contains);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(GrantedRoles))]
[JsonSerializable(typeof(RoleFact))]
internal sealed partial class RolesJson : JsonSerializerContext;
