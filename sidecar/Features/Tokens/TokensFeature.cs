using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.Tokens;

/// <summary>Tokens of the REST API: made, listed and withdrawn in chat (API-2).</summary>
internal sealed class TokensFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Settings<TokenSettings>()
            .Keeps(ApiToken.Kind)
            .Shares<TokenStore>()
            .Due<ForgetAnswer>()
            .Command<MakeApiToken>()
            .Command<ListTokens>()
            .Command<WithdrawToken>()
            .Adds<ICompletion, CompleteTokens>();
}

/// <summary>Who may do what with tokens (ALL-3).</summary>
internal static class TokenRights
{
    /// <summary>A token may what its owner may: everybody can have one.</summary>
    public static Permission Make { get; } = Permission.Everybody("make a token").AskedNow();

    public static Permission See { get; } = Permission.Everybody("see their own tokens");

    public static Permission Withdraw { get; } = Permission.Everybody("withdraw a token");

    /// <summary>Tokens of integrations, and those of other people.</summary>
    public static Permission Administer { get; } =
        new("make tokens for integrations", Role.Administrator) { IsAskedNow = true };
}
