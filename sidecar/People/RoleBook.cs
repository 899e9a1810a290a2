using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.People;

/// <summary>Who has which role (ALL-3).</summary>
internal sealed class RoleBook(Store store)
{
    /// <summary>Somebody as they are now.</summary>
    public async ValueTask<Actor> Of(UserId user, CancellationToken cancel) =>
        new(
            user,
            await store.Find(GrantedRoles.Kind, user.Value, cancel) is { Value.Roles: var roles }
                ? roles
                : []
        );

    /// <summary>Who has a role, in a fixed order, as many as can be named in a sentence and more.</summary>
    public async ValueTask<IReadOnlyList<UserId>> Holders(Role role, CancellationToken cancel) =>
        [
            .. (
                await store.List(
                    GrantedRoles.Kind,
                    GrantedRoles.ByRole,
                    IndexKey.Empty.Then(role.Code()),
                    null,
                    50,
                    cancel
                )
            ).Items.Select(g => g.Value.User),
        ];
}

/// <summary>What somebody was made by grants.</summary>
/// <param name="User">Who.</param>
/// <param name="Roles">What they are.</param>
internal sealed record GrantedRoles(UserId User, ImmutableArray<Role> Roles)
{
    public static DocumentIndex<GrantedRoles> ByRole { get; } =
        new("by-role", g => g.Roles.Select(role => IndexKey.Empty.Then(role.Code())));

    public static DocumentKind<GrantedRoles> Kind { get; } =
        new("roles", RolesJson.Default.GrantedRoles) { Indexes = [ByRole] };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(GrantedRoles))]
internal sealed partial class RolesJson : JsonSerializerContext;
