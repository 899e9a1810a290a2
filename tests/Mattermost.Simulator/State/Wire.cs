using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Mattermost.Simulator;

/// <summary>JSON as Go writes and reads it.</summary>
internal static class Wire
{
    public static JsonSerializerOptions Options { get; } =
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NumberHandling = JsonNumberHandling.AllowReadingFromString,
        };

    public static readonly JsonElement EmptyObject = Parse("{}");

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    public static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    public static JsonElement Element<T>(T value) =>
        JsonSerializer.SerializeToElement(value, Options);

    public static string Text<T>(T value) => Go(JsonSerializer.Serialize(value, Options));

    /// <summary>Go escapes these three in every string; outside of strings they do not occur in JSON.</summary>
    public static string Go(string json) =>
        json.Replace("<", "\\u003c", StringComparison.Ordinal)
            .Replace(">", "\\u003e", StringComparison.Ordinal)
            .Replace("&", "\\u0026", StringComparison.Ordinal);

    /// <summary>A Go map: keys in order, numbers as 64-bit floats.</summary>
    public static JsonNode? GoMap(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => new JsonObject(
                value
                    .EnumerateObject()
                    .GroupBy(p => p.Name, StringComparer.Ordinal)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => KeyValuePair.Create(g.Key, GoMap(g.Last().Value)))
            ),
            JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(GoMap)]),
            JsonValueKind.Number => GoNumber(value),
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            _ => JsonValue.Create(value),
        };

    private static JsonValue GoNumber(JsonElement value)
    {
        const double exactlyRepresentable = 9007199254740992;
        var number = value.GetDouble();
        return double.IsInteger(number) && Math.Abs(number) <= exactlyRepresentable
            ? JsonValue.Create((long)number)
            : JsonValue.Create(number);
    }

    public static string? Str(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;

    public static bool? Flag(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => null,
            }
            : null;

    public static long? Number(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind is JsonValueKind.Number
            ? (long)value.GetDouble()
            : null;

    public static JsonElement? Get(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind is not JsonValueKind.Null
            ? value
            : null;

    public static IReadOnlyList<string> Strings(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Array } array
            ?
            [
                .. array
                    .EnumerateArray()
                    .Where(e => e.ValueKind is JsonValueKind.String)
                    .Select(e => e.GetString()!),
            ]
            : [];
}
