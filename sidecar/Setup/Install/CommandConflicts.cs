using Sidecar.Mattermost;
using Sidecar.Mattermost.Admin;
using Sidecar.Settings;

namespace Sidecar.Setup.Install;

/// <summary>
/// Refuses, before anything is changed, to take what another installation or another product made: two sidecars that
/// fight over one command would each answer half of an outage.
/// </summary>
internal sealed class CommandConflicts(SetupSession session)
{
    public async Task Check(TeamState state, CancellationToken cancel)
    {
        var recorded = session.Secrets.Team(state.Team.Id, state.Team.Name);
        foreach (var declared in Declaration.Current.Props.Commands)
        {
            if (
                state.Find(declared, recorded) is { } command
                && recorded.Commands.All(r => r.Id != command.Id)
                && command.Url != session.Address(Inbound.CommandPath)
            )
            {
                await Refuse(state.Team, command, cancel);
            }
        }

        foreach (var declared in Declaration.Current.Props.OutgoingWebhooks)
        {
            if (
                state.Find(declared, recorded) is { } webhook
                && recorded.Webhooks.All(r => r.Id != webhook.Id)
                && !webhook.CallbackUrls.Contains(session.Address(Inbound.TriggerPath))
            )
            {
                await Refuse(state.Team, webhook, cancel);
            }
        }
    }

    private async Task Refuse(TeamInfo team, ServerCommand command, CancellationToken cancel)
    {
        if (session.Request.TakeOver)
        {
            return;
        }

        var owner =
            command.PluginId.Length > 0
                ? $"plugin {command.PluginId}"
                : await session.Admin.NameOf(command.CreatorId, cancel);
        throw new SetupException(
            $"/{command.Trigger} is taken in team {team.Name}: \"{command.DisplayName}\" by {owner} sends it to {command.Url}.",
            "If that is an earlier installation of yours, run again with --take-over. Otherwise delete or rename it in Integrations > Slash Commands of that team."
        );
    }

    private async Task Refuse(TeamInfo team, ServerWebhook webhook, CancellationToken cancel)
    {
        if (session.Request.TakeOver)
        {
            return;
        }

        var owner = await session.Admin.NameOf(webhook.CreatorId, cancel);
        throw new SetupException(
            $"\"{string.Join(' ', webhook.TriggerWords)}\" in team {team.Name} goes to another sidecar: \"{webhook.DisplayName}\" by {owner} sends it to {string.Join(' ', webhook.CallbackUrls)}. With both, every such post would raise two escalations.",
            "If that is an earlier installation of yours, run again with --take-over. Otherwise delete it in Integrations > Outgoing Webhooks of that team."
        );
    }
}
