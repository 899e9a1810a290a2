using System.Globalization;
using System.Text.Json;

namespace Sidecar.Tests.Conformance;

/// <summary>What a server answered: the status, the body as JSON (a JSON string when it is none) and the headers.</summary>
internal sealed record Answered(
    int Status,
    JsonElement Body,
    IReadOnlyDictionary<string, string> Headers
)
{
    /// <summary>The id of the error, or of the thing that was made.</summary>
    public string Id => this["id"];

    /// <summary>A text in the body by its dotted path, as in <c>props.attachments.0.text</c>; empty when it is not there.</summary>
    public string this[string path] => Body.Text(path);

    /// <summary>"403 api.context.permissions.app_error", or only the status when it is no error.</summary>
    public string Verdict =>
        Status < 400 ? Status.ToString(CultureInfo.InvariantCulture) : $"{Status} {Id}";
}

/// <summary>Reads JSON by dotted paths.</summary>
internal static class JsonPaths
{
    public static JsonElement? At(this JsonElement json, string path)
    {
        foreach (var step in path.Split('.'))
        {
            if (json.ValueKind is JsonValueKind.String && json.GetString() is ['{' or '[', ..])
            {
                // Nested objects arrive as JSON strings in WebSocket events.
                json = Parse(json.GetString()!);
            }

            if (
                json.ValueKind is JsonValueKind.Array
                && int.TryParse(step, CultureInfo.InvariantCulture, out var index)
            )
            {
                if (index >= json.GetArrayLength())
                {
                    return null;
                }

                json = json[index];
            }
            else if (
                json.ValueKind is not JsonValueKind.Object
                || !json.TryGetProperty(step, out var next)
            )
            {
                return null;
            }
            else
            {
                json = next;
            }
        }

        return json;
    }

    /// <summary>The text there, or the JSON of what is there if it is no text; empty when nothing or null is there.</summary>
    public static string Text(this JsonElement json, string path) =>
        json.At(path) switch
        {
            null or { ValueKind: JsonValueKind.Null } => "",
            { ValueKind: JsonValueKind.String } text => text.GetString()!,
            var other => other.Value.GetRawText(),
        };

    public static long Number(this JsonElement json, string path) =>
        json.At(path)!.Value.GetInt64();

    public static bool Has(this JsonElement json, string path) => json.At(path) is not null;

    public static IReadOnlyList<string> Texts(this JsonElement json, string path = "")
    {
        var list = path.Length == 0 ? json : json.At(path);
        return list is { ValueKind: JsonValueKind.Array } array
            ? [.. array.EnumerateArray().Select(e => e.GetString()!)]
            : [];
    }

    /// <summary>The names of an object's members, sorted.</summary>
    public static IReadOnlyList<string> Names(this JsonElement json, string path = "") =>
        [
            .. (path.Length == 0 ? json : json.At(path)!.Value)
                .EnumerateObject()
                .Select(p => p.Name)
                .Order(StringComparer.Ordinal),
        ];

    public static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
