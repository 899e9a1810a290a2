using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>Manifests as they come back from the server.</summary>
internal static class PluginManifest
{
    private static readonly string[] Known =
    [
        "id",
        "name",
        "description",
        "homepage_url",
        "support_url",
        "release_notes_url",
        "icon_path",
        "version",
        "min_server_version",
        "server",
        "webapp",
        "settings_schema",
        "props",
    ];

    /// <summary>Keeps what the server knows, and fills in the settings schema as it does.</summary>
    public static JsonElement Complete(JsonElement manifest)
    {
        var complete = new JsonObject();
        foreach (var name in Known)
        {
            if (
                manifest.Get(name) is { } value
                && !(value.ValueKind is JsonValueKind.String && value.GetString() is "")
            )
            {
                complete[name] = JsonNode.Parse(value.GetRawText());
            }
        }

        complete["name"] ??= "";
        complete["version"] ??= "";
        if (complete["settings_schema"] is JsonObject schema)
        {
            complete["settings_schema"] = new JsonObject
            {
                ["header"] = schema["header"]?.DeepClone() ?? "",
                ["footer"] = schema["footer"]?.DeepClone() ?? "",
                ["settings"] = schema["settings"] is JsonArray settings
                    ? new JsonArray([.. settings.Select(s => Setting(s!.AsObject()))])
                    : null,
            };
        }

        return Wire.Element(complete);
    }

    private static JsonObject Setting(JsonObject given)
    {
        var setting = given.DeepClone().AsObject();
        foreach (
            var name in (ReadOnlySpan<string>)
                ["key", "display_name", "type", "help_text", "placeholder"]
        )
        {
            setting[name] ??= "";
        }

        if (!setting.ContainsKey("default"))
        {
            setting["default"] = null;
        }

        return setting;
    }

    /// <summary>What every logged-in user's web app gets: no server part, no settings, but all props.</summary>
    public static JsonObject ForClients(Plugins.Plugin plugin)
    {
        var client = JsonObject.Create(plugin.Manifest)!;
        client["name"] = "";
        client.Remove("description");
        client.Remove("server");
        client.Remove("settings_schema");
        client["webapp"] = new JsonObject { ["bundle_path"] = plugin.BundlePath };
        return client;
    }
}
