using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.Mattermost.Plugin.Gob;

namespace Sidecar.Mattermost.Plugin;

/// <summary>JSON as Go holds it in variables of any type.</summary>
internal static class PluginJson
{
    /// <summary>An object as the map that Go knows.</summary>
    public static GobValue.MapValue Map(JsonObject from) =>
        new([.. from.Select(p => KeyValuePair.Create(GobValue.Of(p.Key), (GobValue)Any(p.Value)))]);

    private static GobValue.InterfaceValue Any(JsonNode? node) =>
        node switch
        {
            JsonObject fields => new(PluginTypes.MapName, Map(fields))
            {
                Type = PluginTypes.AnyMap,
            },
            JsonArray items => new(
                PluginTypes.ListName,
                new GobValue.ListValue([.. items.Select(i => (GobValue)Any(i))])
            )
            {
                Type = PluginTypes.AnyList,
            },
            JsonValue value => Plain(value),
            _ => new("", null),
        };

    private static GobValue.InterfaceValue Plain(JsonValue value) =>
        value.GetValueKind() switch
        {
            JsonValueKind.True or JsonValueKind.False => new(
                "bool",
                GobValue.Of(value.GetValueKind() == JsonValueKind.True)
            )
            {
                Type = GobType.Bool,
            },
            JsonValueKind.Number => new(
                "float64",
                new GobValue.FloatValue(
                    double.Parse(
                        value.ToJsonString(),
                        System.Globalization.CultureInfo.InvariantCulture
                    )
                )
            )
            {
                Type = GobType.Float,
            },
            JsonValueKind.String => new("string", GobValue.Of(value.GetValue<string>()))
            {
                Type = GobType.Text,
            },
            _ => new("", null),
        };
}
