using System.Net;
using System.Text.Json;
using Sidecar.Mattermost.Admin;
using Sidecar.Settings;

namespace Sidecar.Setup.Install;

/// <summary>Looks at everything that could make a set-up fail half-way, before it changes anything.</summary>
internal static class Preflight
{
    /// <exception cref="SetupException">The token is no administrator's.</exception>
    public static async Task<ServerAccount> VerifyAdministrator(
        MattermostAdmin admin,
        CancellationToken cancel
    )
    {
        var me = await admin.Me(cancel);
        if (!me.IsAdministrator)
        {
            throw new SetupException(
                $"The token is that of @{me.Username}, who is not a system administrator; only those may make bots, commands and webhooks.",
                "Use the token of an account with the role System Admin: Profile > Security > Personal Access Tokens."
            );
        }

        return me;
    }

    /// <summary>Settings without which the server refuses what set-up makes; all of them at once.</summary>
    /// <exception cref="SetupException">At least one is off.</exception>
    public static void VerifySettings(JsonElement config, bool botExists)
    {
        ServerSetting[] needed = botExists
            ? [ServerSetting.Commands, ServerSetting.Webhooks]
            : [ServerSetting.Bots, ServerSetting.Commands, ServerSetting.Webhooks];
        var off = needed.Where(setting => setting.IsOff(config)).ToList();
        if (off.Count > 0)
        {
            throw new SetupException(
                "Mattermost has switched off what the product needs: "
                    + string.Join("; ", off.Select(s => $"{s.Key} (with it off, {s.Means})"))
                    + ". Nothing was changed.",
                string.Join("\n  ", off.Select(s => s.HowTo("true")))
            );
        }
    }

    /// <summary>Two that serve one bot would do everything twice.</summary>
    /// <exception cref="SetupException">Mattermost runs the product itself.</exception>
    public static async Task VerifyRunsOnce(MattermostAdmin admin, CancellationToken cancel)
    {
        var plugins = await admin.Plugins(cancel);
        var own = plugins.Active?.FirstOrDefault(p =>
            p.Id == Declaration.Current.Id && p.HasProgram
        );
        if (own is not null)
        {
            throw new SetupException(
                $"Mattermost runs Escalate {own.Version} itself, as a plugin with a server part; a sidecar beside it would do everything twice. Nothing was changed.",
                "To go on that way, there is nothing to install. To move to a sidecar: disable the plugin in System Console > Plugins, copy the folder escalate below Mattermost's data folder to --data, then run set-up again."
            );
        }
    }

    /// <summary>What does not stop a set-up and yet keeps the product from working.</summary>
    public static async Task Warn(
        JsonElement config,
        Uri mattermost,
        Uri publicUrl,
        ServerGreeting server,
        Ledger ledger,
        CancellationToken cancel
    )
    {
        if (!server.IsSupported)
        {
            ledger.Warn(
                $"Mattermost is {server.Version}; the product is made for {ServerGreeting.OldestSupported} and later",
                "Most works on older releases. Update Mattermost when you can."
            );
        }

        if (ServerSetting.SiteUrl.TextIn(config).Length == 0)
        {
            ledger.Warn(
                $"{ServerSetting.SiteUrl.Key} is empty: {ServerSetting.SiteUrl.Means}",
                ServerSetting.SiteUrl.HowTo("https://<mattermost>")
            );
        }

        if (PlainAddress.Is(publicUrl))
        {
            ledger.Warn($"{publicUrl}: {PlainAddress.PublicMeans}", PlainAddress.PublicRemedy);
        }

        if (PlainAddress.Is(mattermost))
        {
            ledger.Warn(
                $"{mattermost}: {PlainAddress.MattermostMeans}",
                PlainAddress.MattermostRemedy
            );
        }

        var allowed = ServerSetting.AllowedConnections.TextIn(config);
        var why = await InternalAddress.Refused(
            publicUrl.Host,
            allowed,
            Dns.GetHostAddressesAsync,
            cancel
        );
        if (why is not null)
        {
            ledger.Warn(
                $"{why}, and {ServerSetting.AllowedConnections.Key} does not list it: {ServerSetting.AllowedConnections.Means}",
                ServerSetting.AllowedConnections.HowTo($"{allowed} {publicUrl.Host}".Trim())
            );
        }
    }
}
