using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>Configuration, version and health.</summary>
internal static class SystemRoutes
{
    public static void MapSystem(this Api api)
    {
        api.Open("GET", "/api/v4/system/ping", Ping);
        api.Open("GET", "/api/v4/config/client", ForClients);
        api.Get("/api/v4/config", Get);
        api.Put("/api/v4/config", Put);
        api.Put("/api/v4/config/patch", Patch);
    }

    private static Answer Ping(Call call)
    {
        var answer = new JsonObject
        {
            ["AndroidLatestVersion"] = "",
            ["AndroidMinVersion"] = "",
            ["IosLatestVersion"] = "",
            ["IosMinVersion"] = "",
            ["status"] = "OK",
        };
        if (call.World.Version.GivesClientConfigWithoutFormat)
        {
            answer["ActiveSearchBackend"] = "database";
        }
        else
        {
            answer["DesktopLatestVersion"] = "";
            answer["DesktopMinVersion"] = "";
        }

        if (call.Flag("get_server_status"))
        {
            answer["database_status"] = "OK";
            answer["filestore_status"] = "OK";
        }

        return Answer.Json(answer);
    }

    private static Answer ForClients(Call call)
    {
        var world = call.World;
        if (!world.Version.GivesClientConfigWithoutFormat && call.Query("format") != "old")
        {
            throw Refuse.With("api.config.client.old_format.app_error", 501);
        }

        var settings = world.Config.Current;
        var config = new JsonObject
        {
            ["Version"] = world.Version.Text,
            ["BuildNumber"] = world.Options.ServerVersion,
            ["BuildEnterpriseReady"] = "false",
            ["SiteName"] = "Mattermost",
            ["SiteURL"] = settings.SiteUrl,
            ["DefaultClientLocale"] = "en",
            ["EnableCommands"] = Text(settings.EnableCommands),
            ["EnableIncomingWebhooks"] = Text(settings.EnableIncomingWebhooks),
            ["EnableOutgoingWebhooks"] = Text(settings.EnableOutgoingWebhooks),
            ["EnablePostUsernameOverride"] = Text(settings.EnablePostUsernameOverride),
            ["EnablePostIconOverride"] = Text(settings.EnablePostIconOverride),
            ["EnableUserAccessTokens"] = Text(settings.EnableUserAccessTokens),
            ["EnableBotAccountCreation"] = Text(settings.EnableBotAccountCreation),
            ["PluginsEnabled"] = Text(settings.EnablePlugins),
            ["EnableFileAttachments"] = Text(settings.EnableFileAttachments),
            ["MaxFileSize"] = settings.MaxFileSize.ToString(CultureInfo.InvariantCulture),
            ["MaxPostSize"] = "16383",
            ["TeammateNameDisplay"] = "username",
            ["CollapsedThreads"] = settings.CollapsedThreads,
        };
        if (world.Version.DrawsFormsAsApps)
        {
            config["FeatureFlagInteractiveDialogAppsForm"] = Text(settings.DrawsFormsAsApps);
        }

        return Answer.Json(config);

        static string Text(bool value) => value ? "true" : "false";
    }

    private static Answer Get(Call call)
    {
        call.World.Demand(call.User, Permission.ReadConfig);
        return Answer.Json(call.World.Config.Document);
    }

    private static Answer Put(Call call)
    {
        call.World.Demand(call.User, Permission.ManageSystem);
        call.World.Config.Replace(call.Json("config"));
        return Changed(call);
    }

    private static Answer Patch(Call call)
    {
        call.World.Demand(call.User, Permission.ManageSystem);
        call.World.Config.Merge(call.Json("config"));
        return Changed(call);
    }

    private static Answer Changed(Call call)
    {
        call.World.Changes.Signal();
        return Answer.Json(call.World.Config.Document);
    }
}
