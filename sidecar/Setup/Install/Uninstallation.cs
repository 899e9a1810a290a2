using Sidecar.Mattermost;
using Sidecar.Mattermost.Admin;
using Sidecar.Settings;

namespace Sidecar.Setup.Install;

/// <summary>
/// Takes away all that set-up made in Mattermost, and then the secrets. The store is not touched. Each step is
/// recorded, so that one that failed can be run again.
/// </summary>
internal sealed class Uninstallation(
    InstallRequest request,
    Ledger ledger,
    HttpMessageHandler? network = null
)
{
    private readonly SecretsFile _file = new(request.DataDirectory);

    /// <exception cref="SetupException">Not all of it could be taken away.</exception>
    public async Task Run(CancellationToken cancel)
    {
        if (_file.Find() is not { } recorded)
        {
            ledger.Note($"Nothing to remove: there is no {_file.Path}.");
            return;
        }

        using var server = new ServerConnection(
            request.Mattermost ?? recorded.MattermostUrl,
            network
        );
        var session = new SetupSession(request, server, _file, recorded, ledger);
        try
        {
            await Preflight.VerifyAdministrator(session.Admin, cancel);
            foreach (var team in recorded.Teams)
            {
                await Leave(session, team, cancel);
            }

            await Retire(session, cancel);
        }
        catch (MattermostException refused)
        {
            throw Refusals.Explain(refused, _file, ledger);
        }

        _file.Delete();
        ledger.Removed(_file.Path);
        ledger.Note("");
        ledger.Note(
            $"The store stays in {_file.Directory}, with the keys of cards posted so far. Delete the directory when nobody needs its history any more."
        );
        ledger.Note(
            "Channels and posts in Mattermost stay as they are. Stop the sidecar if it still runs."
        );
    }

    private static async Task Leave(
        SetupSession session,
        TeamSecrets team,
        CancellationToken cancel
    )
    {
        foreach (var command in team.Commands)
        {
            var was = await Removal.Try(() => session.Admin.DeleteCommand(command.Id, cancel));
            session.Ledger.Removed($"team {team.Name}: command /{command.Name}", Gone(was));
        }

        foreach (var webhook in team.Webhooks)
        {
            var was = await Removal.Try(() => session.Admin.DeleteWebhook(webhook.Id, cancel));
            session.Ledger.Removed($"team {team.Name}: webhook {webhook.Name}", Gone(was));
        }

        session.Record(
            session.Secrets with
            {
                Teams = session.Secrets.Teams.RemoveAll(t => t.Id == team.Id),
            }
        );
    }

    private static async Task Retire(SetupSession session, CancellationToken cancel)
    {
        var bot = session.Secrets.Bot;
        var account =
            bot.UserId.Length == 0 ? null : await session.Admin.FindBot(bot.UserId, cancel);
        if (account is null)
        {
            await RemovePlugin(session, cancel);
            return;
        }

        var label = BotStep.LabelFor(session.Secrets.PublicUrl);
        List<AccessToken> others = [];
        foreach (var token in await session.Admin.Tokens(bot.UserId, cancel))
        {
            if (token.Id != bot.TokenId && token.Description != label)
            {
                others.Add(token);
                continue;
            }

            await session.Admin.RevokeToken(token.Id, cancel);
            session.Ledger.Removed($"access token of @{bot.Username}");
        }

        if (others.Find(BotStep.IsOurs) is { } other)
        {
            session.Ledger.Warn(
                $"@{bot.Username} stays active and the plugin installed: another sidecar uses them (token \"{other.Description}\")",
                "Uninstall from that one's data directory, or revoke its token in Integrations > Bot Accounts and deactivate the bot there."
            );
            return;
        }

        await RemovePlugin(session, cancel);
        if (account.DeleteAt == 0)
        {
            await session.Admin.DeactivateBot(bot.UserId, cancel);
            session.Ledger.Removed(
                $"bot @{bot.Username}",
                "deactivated; Mattermost deletes no bots"
            );
        }
    }

    private static async Task RemovePlugin(SetupSession session, CancellationToken cancel)
    {
        if (ServerSetting.Plugins.IsOff(await session.Admin.Config(cancel)))
        {
            return;
        }

        var id = Declaration.Current.Id;
        var plugins = await session.Admin.Plugins(cancel);
        if (!(plugins.Active ?? []).Concat(plugins.Inactive ?? []).Any(p => p.Id == id))
        {
            return;
        }

        if (await OtherInstallations.Find(session, cancel) is { Count: > 0 } others)
        {
            session.Ledger.Warn(
                $"plugin {id} stays: it serves the whole server, and another installation uses it ({string.Join("; ", others)})",
                "The last one that is uninstalled takes it away. If that one is no more, remove the plugin in System Console > Plugins > Plugin Management."
            );
        }
        else
        {
            await session.Admin.RemovePlugin(id, cancel);
            session.Ledger.Removed($"plugin {id}");
        }
    }

    private static string? Gone(bool was) => was ? null : "it was gone already";
}
