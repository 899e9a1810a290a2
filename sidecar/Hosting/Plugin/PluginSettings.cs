using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Mattermost.Plugin;
using Sidecar.Storage.Files;

namespace Sidecar.Hosting.Plugin;

/// <summary>What the System Console says about us. Mattermost writes the names in small letters.</summary>
/// <param name="Settings">What would stand in settings.json; empty for the file beside the store, if there is one.</param>
/// <param name="Store">Where the data is: <c>automatic</c>, <c>file</c> or <c>database</c>.</param>
internal sealed record PluginSettings(
    [property: JsonPropertyName("settings")] string? Settings,
    [property: JsonPropertyName("store")] string? Store
)
{
    public const string FileName = "console-settings.json";

    public static PluginSettings Read(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, PluginSettingsJson.Default.PluginSettings)
                ?? new PluginSettings(null, null);
        }
        catch (JsonException)
        {
            throw new PluginRefusal(
                "Escalate's settings in the System Console are not understood. Open System Console > Plugins > Escalate and save them again."
            );
        }
    }

    /// <summary>The settings as a file that the product reads; null when the console says nothing.</summary>
    public string? Write(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (string.IsNullOrWhiteSpace(Settings))
        {
            File.Delete(file);
            return null;
        }

        // For the owner only, and whole or not at all.
        var fresh = file + ".new";
        File.Delete(fresh);
        StoreFiles.CreateEmpty(fresh);
        File.WriteAllText(fresh, Settings);
        File.Move(fresh, file, overwrite: true);
        return file;
    }
}

[JsonSerializable(typeof(PluginSettings))]
internal sealed partial class PluginSettingsJson : JsonSerializerContext;
