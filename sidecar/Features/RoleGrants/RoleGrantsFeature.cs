using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.RoleGrants;

/// <summary>Who is what: list, grant, revoke (ALL-3).</summary>
internal sealed class RoleGrantsFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Command<ListRoles>()
            .Command<GrantRole>()
            .Command<RevokeRole>()
            .Command<AskSomebody>()
            .Action<AskSomebody, AskRef>()
            .Action<DoWhatWasAsked, AskedRef>()
            .Adds<IRefusalHelp, AskSomebody>();
}

/// <summary>Who may do what with roles.</summary>
internal static class RoleRights
{
    public static Permission Ask { get; } = Permission.Everybody("ask somebody to do something");

    public static Permission Read { get; } = Permission.Everybody("see who has which role");

    public static Permission Grant { get; } =
        new("grant roles", Role.Administrator) { IsAskedNow = true };

    public static Permission Revoke { get; } =
        new("take roles away", Role.Administrator) { IsAskedNow = true };
}
