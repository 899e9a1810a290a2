using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sidecar.Tests.Features.Playbooks;

/// <summary>As much of JSON Schema as the playbooks' schema uses; an unknown word in it is an error of ours.</summary>
internal sealed class SchemaSubset(JsonObject root)
{
    private static readonly HashSet<string> Silent = ["$schema", "$defs", "title", "description"];

    public IReadOnlyList<string> Problems(JsonNode value) => [.. Check(root, value, "$")];

    private IEnumerable<string> Check(JsonObject schema, JsonNode? value, string at) =>
        schema
            .Where(rule => !Silent.Contains(rule.Key))
            .SelectMany(rule => Check(schema, rule.Key, rule.Value!, value, at));

    private IEnumerable<string> Check(
        JsonObject schema,
        string rule,
        JsonNode wanted,
        JsonNode? value,
        string at
    )
    {
        var (fields, items, text) = (
            value as JsonObject,
            value as JsonArray,
            value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null
        );
        return rule switch
        {
            "$ref" => Check(
                root["$defs"]![wanted.GetValue<string>()["#/$defs/".Length..]]!.AsObject(),
                value,
                at
            ),
            "type" => Say(TypeOf(value) != wanted.GetValue<string>()),
            "enum" => Say(!wanted.AsArray().Any(w => JsonNode.DeepEquals(w, value))),
            "anyOf" => Say(wanted.AsArray().All(s => Check(s!.AsObject(), value, at).Any())),
            "required" => wanted
                .AsArray()
                .SelectMany(name => Say(fields?.ContainsKey(name!.GetValue<string>()) == false)),
            "additionalProperties" => Say(
                fields?.Any(f => !schema["properties"]!.AsObject().ContainsKey(f.Key)) == true
            ),
            "properties" => wanted
                .AsObject()
                .Where(p => fields?.ContainsKey(p.Key) == true)
                .SelectMany(p => Check(p.Value!.AsObject(), fields![p.Key], $"{at}.{p.Key}")),
            "items" => (items ?? []).SelectMany(
                (item, i) => Check(wanted.AsObject(), item, $"{at}[{i}]")
            ),
            "minItems" => Say(items?.Count < wanted.GetValue<int>()),
            "maxItems" => Say(items?.Count > wanted.GetValue<int>()),
            "uniqueItems" => Say(
                items is not null
                    && items.Select(i => i!.ToJsonString()).Distinct().Count() < items.Count
            ),
            "minLength" => Say(text?.Length < wanted.GetValue<int>()),
            "maxLength" => Say(text?.Length > wanted.GetValue<int>()),
            _ => throw new InvalidOperationException($"Nobody checks “{rule}”."),
        };

        IEnumerable<string> Say(bool isWrong) => isWrong ? [$"{at}: {rule}"] : [];
    }

    private static string TypeOf(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => "other",
        };
}
