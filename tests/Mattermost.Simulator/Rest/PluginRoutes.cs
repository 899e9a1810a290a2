using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>Plugins: uploading, running, and what the web app loads.</summary>
internal static class PluginRoutes
{
    public static void MapPlugins(this Api api)
    {
        api.Post("/api/v4/plugins", Upload);
        api.Get("/api/v4/plugins", List);
        api.Delete("/api/v4/plugins/{plugin_id}", Remove);
        api.Post("/api/v4/plugins/{plugin_id}/enable", c => Enable(c, on: true));
        api.Post("/api/v4/plugins/{plugin_id}/disable", c => Enable(c, on: false));
        api.Open("GET", "/api/v4/plugins/webapp", ForWebApp);
        api.Get("/api/v4/plugins/statuses", Statuses);
        api.Open("GET", "/static/{plugin_id}/{file}", Bundle);
    }

    private static async Task<Answer> Upload(Call call)
    {
        var settings = call.World.Config.Current;
        if (!settings.EnablePlugins || !settings.EnablePluginUploads)
        {
            throw Refuse.With("app.plugin.upload_disabled.app_error", 501);
        }

        call.World.Demand(call.User, Permission.WritePlugins);
        var form = await call.Http.Request.ReadFormAsync();
        var file =
            form.Files.GetFile("plugin")
            ?? throw Refuse.With("api.plugin.upload.no_file.app_error", 400);
        await using var content = file.OpenReadStream();
        return Answer.Created(call.World.Plugins.Install(content, form["force"] == "true"));
    }

    private static void DemandEnabled(Call call)
    {
        if (!call.World.Config.Current.EnablePlugins)
        {
            throw Refuse.With("app.plugin.disabled.app_error", 501);
        }
    }

    private static Answer List(Call call)
    {
        DemandEnabled(call);
        call.World.Demand(call.User, Permission.ReadPlugins);
        var (active, inactive) = call.World.Plugins.All();
        return Answer.Json(
            new JsonObject { ["active"] = Manifests(active), ["inactive"] = Manifests(inactive) }
        );

        static JsonArray Manifests(IReadOnlyList<Plugins.Plugin> plugins) =>
            [.. plugins.Select(p => JsonNode.Parse(p.Manifest.GetRawText()))];
    }

    private static Answer Enable(Call call, bool on)
    {
        DemandEnabled(call);
        call.World.Demand(call.User, Permission.WritePlugins);
        call.World.Plugins.Enable(call.Route("plugin_id"), on);
        return Answer.Ok();
    }

    private static Answer Remove(Call call)
    {
        DemandEnabled(call);
        call.World.Demand(call.User, Permission.WritePlugins);
        call.World.Plugins.Remove(call.Route("plugin_id"));
        return Answer.Ok();
    }

    private static Answer ForWebApp(Call call)
    {
        DemandEnabled(call);
        var running = call.World.Plugins.All().Active.Where(p => p.Bundle is not null);
        return Answer.Json(
            new JsonArray([.. running.Select(p => (JsonNode)PluginManifest.ForClients(p))])
        );
    }

    private static Answer Statuses(Call call)
    {
        DemandEnabled(call);
        call.World.Demand(call.User, Permission.ReadPlugins);
        return Answer.Json(call.World.Plugins.Statuses());
    }

    private static Answer Bundle(Call call)
    {
        var plugin = call.World.Plugins.Find(call.Route("plugin_id"));
        return
            plugin?.Bundle is { } bundle
            && plugin.BundlePath.EndsWith("/" + call.Route("file"), StringComparison.Ordinal)
            ? new Answer(200, bundle, "application/javascript")
            : throw Refuse.With("api.context.404.app_error", 404);
    }
}
