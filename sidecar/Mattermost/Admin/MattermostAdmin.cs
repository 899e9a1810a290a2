using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Text;

namespace Sidecar.Mattermost.Admin;

/// <summary>
/// The part of Mattermost's REST API that set-up and the doctor use: accounts, teams, settings. Integrations and
/// plugins are in the other half.
/// </summary>
/// <param name="http">With the server's address, ending in a slash, as base.</param>
/// <param name="token">An administrator's token, or the bot's where that is enough.</param>
internal sealed partial class MattermostAdmin(HttpClient http, Secret token)
{
    private const int PageSize = 200;

    private static readonly AdminJson Json = AdminJson.Default;

    private readonly MattermostHttp _server = new(http, token.Reveal());

    public Task<ServerAccount> Me(CancellationToken cancel) =>
        Get("api/v4/users/me", Json.ServerAccount, cancel);

    public Task<JsonElement> Config(CancellationToken cancel) =>
        Get("api/v4/config", Json.JsonElement, cancel);

    /// <summary>Null when there is no such team, or it is archived.</summary>
    public async Task<TeamInfo?> FindTeam(string name, CancellationToken cancel)
    {
        var path = $"api/v4/teams/name/{Uri.EscapeDataString(name)}";
        return await Find(path, Json.TeamInfo, cancel) is { DeleteAt: 0 } team ? team : null;
    }

    /// <summary>Null when it is gone or archived.</summary>
    public async Task<TeamInfo?> TeamById(string id, CancellationToken cancel) =>
        await Find($"api/v4/teams/{id}", Json.TeamInfo, cancel) is { DeleteAt: 0 } team
            ? team
            : null;

    public Task<IReadOnlyList<TeamInfo>> Teams(CancellationToken cancel) =>
        Pages("api/v4/teams?", Json.IReadOnlyListTeamInfo, cancel);

    /// <summary>The teams in which whoever asks is.</summary>
    public Task<IReadOnlyList<TeamInfo>> OwnTeams(CancellationToken cancel) =>
        Get("api/v4/users/me/teams", Json.IReadOnlyListTeamInfo, cancel);

    public Task<ServerAccount?> FindAccount(string username, CancellationToken cancel) =>
        Find($"api/v4/users/username/{Uri.EscapeDataString(username)}", Json.ServerAccount, cancel);

    /// <summary>Who an id is, for a message: "@name", or the id when nobody knows.</summary>
    public async Task<string> NameOf(string userId, CancellationToken cancel) =>
        userId.Length > 0
        && await Find($"api/v4/users/{userId}", Json.ServerAccount, cancel) is { } user
            ? "@" + user.Username
            : userId;

    /// <summary>The bot, deactivated or not; null when the id is no bot's.</summary>
    public Task<BotAccount?> FindBot(string userId, CancellationToken cancel) =>
        Find($"api/v4/bots/{userId}?include_deleted=true", Json.BotAccount, cancel);

    /// <summary>All bots that are active.</summary>
    public Task<IReadOnlyList<BotAccount>> Bots(CancellationToken cancel) =>
        Pages("api/v4/bots?", Json.IReadOnlyListBotAccount, cancel);

    /// <summary>What clients are told of the configuration, all of it as text; any account may ask.</summary>
    public Task<JsonElement> ClientConfig(CancellationToken cancel) =>
        Get("api/v4/config/client?format=old", Json.JsonElement, cancel);

    /// <summary>How many accounts there may be; null where the server has no such limit.</summary>
    public async Task<ServerLimits?> Limits(CancellationToken cancel)
    {
        try
        {
            return await Get("api/v4/limits/server", Json.ServerLimits, cancel);
        }
        catch (MattermostException unknown)
            when (unknown.ErrorId is not null || unknown.IsOtherShape)
        {
            return null;
        }
    }

    public Task<BotAccount> CreateBot(BotProfile profile, CancellationToken cancel) =>
        Post("api/v4/bots", MattermostHttp.Json(profile, Json.BotProfile), Json.BotAccount, cancel);

    public Task ActivateBot(string userId, CancellationToken cancel) =>
        _server.Send(HttpMethod.Post, $"api/v4/bots/{userId}/enable", null, cancel);

    public Task DeactivateBot(string userId, CancellationToken cancel) =>
        _server.Send(HttpMethod.Post, $"api/v4/bots/{userId}/disable", null, cancel);

    public Task<IReadOnlyList<AccessToken>> Tokens(string userId, CancellationToken cancel) =>
        Pages($"api/v4/users/{userId}/tokens?", Json.IReadOnlyListAccessToken, cancel);

    public Task<AccessToken> CreateToken(
        string userId,
        string description,
        CancellationToken cancel
    ) =>
        Post(
            $"api/v4/users/{userId}/tokens",
            MattermostHttp.Json(new NewToken(description), Json.NewToken),
            Json.AccessToken,
            cancel
        );

    public Task RevokeToken(string tokenId, CancellationToken cancel) =>
        _server.Send(
            HttpMethod.Post,
            "api/v4/users/tokens/revoke",
            MattermostHttp.Json(new TokenName(tokenId), Json.TokenName),
            cancel
        );

    public async Task<bool> IsMember(string teamId, string userId, CancellationToken cancel) =>
        await Find($"api/v4/teams/{teamId}/members/{userId}", Json.TeamMembership, cancel)
            is { DeleteAt: 0 };

    public Task AddMember(string teamId, string userId, CancellationToken cancel) =>
        _server.Send(
            HttpMethod.Post,
            $"api/v4/teams/{teamId}/members",
            MattermostHttp.Json(new NewMember(teamId, userId), Json.NewMember),
            cancel
        );

    private Task<T> Get<T>(string path, JsonTypeInfo<T> answer, CancellationToken cancel) =>
        _server.Send(HttpMethod.Get, path, null, answer, cancel);

    private Task<T> Post<T>(
        string path,
        HttpContent? body,
        JsonTypeInfo<T> answer,
        CancellationToken cancel
    ) => _server.Send(HttpMethod.Post, path, body, answer, cancel);

    private async Task<T?> Find<T>(string path, JsonTypeInfo<T> answer, CancellationToken cancel)
        where T : class
    {
        try
        {
            return await Get(path, answer, cancel);
        }
        catch (MattermostException absent) when (absent.Is(HttpStatusCode.NotFound))
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<T>> Pages<T>(
        string path,
        JsonTypeInfo<IReadOnlyList<T>> answer,
        CancellationToken cancel
    )
    {
        List<T> all = [];
        for (var page = 0; ; page++)
        {
            var part = await Get($"{path}page={page}&per_page={PageSize}", answer, cancel);
            all.AddRange(part);
            if (part.Count < PageSize)
            {
                return all;
            }
        }
    }
}
