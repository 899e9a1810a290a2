using System.Text.Json;
using Sidecar.Mattermost.Plugin;
using Sidecar.Setup.Settings;
using Sidecar.Storage.Files;

namespace Sidecar.Hosting.Plugin;

/// <summary>
/// What the System Console says about us. Mattermost writes the names in small letters, and fills in the default of what
/// nobody has touched.
/// </summary>
/// <param name="Given">All of it, in one order: two that are equal say the same.</param>
internal sealed record PluginSettings(string Given)
{
    public const string FileName = "console-settings.json";
    private const string StoreKey = "store";
    private const string TextKey = "settings";

    /// <summary>Where the data is: <c>automatic</c>, <c>file</c> or <c>database</c>.</summary>
    public string? Store => TextOf(StoreKey);

    public static PluginSettings Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var root = json.IsEmpty ? JsonElement.Parse("{}") : JsonElement.Parse(json);
            using var ordered = new MemoryStream();
            using (var writer = new Utf8JsonWriter(ordered))
            {
                writer.WriteStartObject();
                if (root.ValueKind == JsonValueKind.Object)
                {
                    foreach (
                        var (name, value) in root.EnumerateObject()
                            .Select(p => (p.Name.ToLowerInvariant(), p.Value))
                            .OrderBy(p => p.Item1, StringComparer.Ordinal)
                            .DistinctBy(p => p.Item1)
                    )
                    {
                        writer.WritePropertyName(name);
                        value.WriteTo(writer);
                    }
                }

                writer.WriteEndObject();
            }

            return new PluginSettings(System.Text.Encoding.UTF8.GetString(ordered.ToArray()));
        }
        catch (JsonException)
        {
            throw new PluginRefusal(
                "Escalate's settings in the System Console are not understood. Open System Console > Plugins > Escalate and save them again."
            );
        }
    }

    /// <summary>As the settings file would say it.</summary>
    /// <param name="folder">The data directory.</param>
    public ComposedSettings Compose(string folder) =>
        ComposedSettings.Of(
            JsonElement
                .Parse(Given)
                .EnumerateObject()
                .Where(p => p.Name is not (StoreKey or TextKey))
                .ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal),
            TextOf(TextKey),
            folder
        );

    /// <summary>The settings as a file that the product reads; null when the console says nothing.</summary>
    public static string? Write(ComposedSettings composed, string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (composed.Json is not { } json)
        {
            File.Delete(file);
            return null;
        }

        // For the owner only, and whole or not at all.
        var fresh = file + ".new";
        File.Delete(fresh);
        StoreFiles.CreateEmpty(fresh);
        File.WriteAllText(fresh, json);
        File.Move(fresh, file, overwrite: true);
        return file;
    }

    private string? TextOf(string key) =>
        JsonElement.Parse(Given).TryGetProperty(key, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
