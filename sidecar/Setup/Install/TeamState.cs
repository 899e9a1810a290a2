using Sidecar.Mattermost;
using Sidecar.Mattermost.Admin;

namespace Sidecar.Setup.Install;

/// <summary>What is in a team before set-up changes anything.</summary>
internal sealed record TeamState(
    TeamInfo Team,
    IReadOnlyList<ServerCommand> Commands,
    IReadOnlyList<ServerWebhook> Webhooks
)
{
    public static async Task<TeamState> Read(
        MattermostAdmin admin,
        TeamInfo team,
        CancellationToken cancel
    ) => new(team, await admin.Commands(team.Id, cancel), await admin.Webhooks(team.Id, cancel));

    /// <summary>The command that set-up made, or that stands where ours belongs.</summary>
    public ServerCommand? Find(DeclaredCommand declared, TeamSecrets recorded) =>
        Commands.FirstOrDefault(c =>
            recorded.Commands.Any(r => r.Id == c.Id && r.Name == declared.Trigger)
        ) ?? Commands.FirstOrDefault(c => c.Trigger == declared.Trigger);

    /// <summary>The webhook that set-up made, or that an installation of this product made.</summary>
    public ServerWebhook? Find(DeclaredWebhook declared, TeamSecrets recorded) =>
        Webhooks.FirstOrDefault(w =>
            recorded.Webhooks.Any(r => r.Id == w.Id && r.Name == declared.DisplayName)
        ) ?? Webhooks.FirstOrDefault(w => SharesWord(w, declared) && CallsASidecar(w));

    /// <summary>Webhooks of others that fire on the same words.</summary>
    public IEnumerable<ServerWebhook> Neighbours(DeclaredWebhook declared, ServerWebhook? ours) =>
        Webhooks.Where(w => w.Id != ours?.Id && SharesWord(w, declared));

    private static bool SharesWord(ServerWebhook webhook, DeclaredWebhook declared) =>
        webhook.TriggerWords.Intersect(declared.TriggerWords, StringComparer.Ordinal).Any();

    private static bool CallsASidecar(ServerWebhook webhook) =>
        webhook.CallbackUrls.Any(url =>
            url.EndsWith(Inbound.TriggerPath, StringComparison.Ordinal)
        );
}
