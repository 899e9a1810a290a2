using System.Collections.Immutable;
using Sidecar.Mattermost;
using Sidecar.Text;

namespace Sidecar.Setup;

/// <summary>
/// What set-up agreed with Mattermost, and all that a running sidecar must know to serve. Kept by
/// <see cref="SecretsFile"/>; printing it shows no secret.
/// </summary>
/// <param name="MattermostUrl">The server's address as the sidecar reaches it.</param>
/// <param name="PublicUrl">The sidecar's address as Mattermost reaches it.</param>
/// <param name="Bot">The bot's account.</param>
/// <param name="Teams">The teams in which the product works.</param>
internal sealed record Secrets(
    Uri MattermostUrl,
    Uri PublicUrl,
    BotSecrets Bot,
    ImmutableArray<TeamSecrets> Teams
)
{
    /// <summary>The id of the administrator who ran set-up first, whom the bot tells what is left to do (SET-1); null when nobody knows.</summary>
    public string? InstalledBy { get; init; }

    /// <summary>The tokens of the slash commands, one per command and team.</summary>
    public IEnumerable<Secret> CommandTokens =>
        Teams.SelectMany(t => t.Commands).Select(c => c.Token);

    /// <summary>The tokens of the outgoing webhooks, one per webhook and team.</summary>
    public IEnumerable<Secret> TriggerTokens =>
        Teams.SelectMany(t => t.Webhooks).Select(w => w.Token);

    /// <summary>With a team's entry put in the place of its old one, or added.</summary>
    public Secrets With(TeamSecrets team)
    {
        var at = Teams.ToList().FindIndex(t => t.Id == team.Id);
        return this with { Teams = at < 0 ? Teams.Add(team) : Teams.SetItem(at, team) };
    }

    /// <summary>The team's entry, or an empty one.</summary>
    public TeamSecrets Team(string id, string name) =>
        Teams.FirstOrDefault(t => t.Id == id) is { } known
            ? known with
            {
                Name = name,
            }
            : new TeamSecrets(id, name, [], []);

    /// <summary>The first thing that keeps a sidecar from serving with these, as "key: what is wrong"; null when all is there.</summary>
    public string? FirstGap()
    {
        if (Bot.UserId.Length == 0)
        {
            return "bot.user_id: it is missing";
        }

        if (TokenGap("bot.token", Bot.Token) is { } bot)
        {
            return bot;
        }

        if (Teams.IsEmpty)
        {
            return "teams: there is none";
        }

        return Teams.Select(TeamGap).FirstOrDefault(gap => gap is not null);
    }

    private static string? TeamGap(TeamSecrets team) =>
        team.Commands.IsEmpty ? $"teams[{team.Name}].commands: there is none"
        : team.Webhooks.IsEmpty ? $"teams[{team.Name}].webhooks: there is none"
        : team
            .Commands.Select(c => TokenGap($"teams[{team.Name}].commands[{c.Name}].token", c.Token))
            .Concat(
                team.Webhooks.Select(w =>
                    TokenGap($"teams[{team.Name}].webhooks[{w.Name}].token", w.Token)
                )
            )
            .FirstOrDefault(gap => gap is not null);

    private static string? TokenGap(string key, Secret token) =>
        token.IsMissing ? $"{key}: it is missing"
        : token.Length < RequestVerifier.ShortestToken
            ? $"{key}: it has {token.Length} characters, Mattermost's have 26"
        : null;
}

/// <summary>The bot: who posts, and with what token.</summary>
/// <param name="UserId">Its Mattermost user id; empty before it was made.</param>
/// <param name="Username">Its name after the at sign.</param>
/// <param name="TokenId">Names the token without being it: for revoking.</param>
/// <param name="Token">Its access token.</param>
internal sealed record BotSecrets(string UserId, string Username, string TokenId, Secret Token);

/// <summary>What was made in one team.</summary>
/// <param name="Id">Mattermost's team id.</param>
/// <param name="Name">The name in the team's address.</param>
/// <param name="Commands">Its slash commands, by trigger.</param>
/// <param name="Webhooks">Its outgoing webhooks, by display name.</param>
internal sealed record TeamSecrets(
    string Id,
    string Name,
    ImmutableArray<IntegrationSecret> Commands,
    ImmutableArray<IntegrationSecret> Webhooks
);

/// <summary>A slash command or outgoing webhook of ours.</summary>
/// <param name="Name">As <c>plugin.json</c> declares it.</param>
/// <param name="Id">Mattermost's id.</param>
/// <param name="Token">What Mattermost sends along to prove itself.</param>
internal sealed record IntegrationSecret(string Name, string Id, Secret Token);
