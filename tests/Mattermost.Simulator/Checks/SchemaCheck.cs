using System.Text.Json;
using Microsoft.OpenApi;

namespace Mattermost.Simulator;

/// <summary>
/// Whether a JSON value fits a schema, as far as types and required properties go. Unknown properties pass: the
/// server sends more than its description says. Null passes for what is not required: Go writes empty lists so.
/// </summary>
internal static class SchemaCheck
{
    public static string? Misfit(
        JsonElement value,
        IOpenApiSchema? schema,
        string where = "body",
        int depth = 0
    )
    {
        if (schema is null || depth > 12)
        {
            return null;
        }

        if (schema.Type is { } type && !HasType(value, type))
        {
            return $"{where} is {value.ValueKind}, described as {type}";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => InObject(value, schema, where, depth),
            JsonValueKind.Array => InArray(value, schema, where, depth),
            _ => null,
        };
    }

    private static bool HasType(JsonElement value, JsonSchemaType type) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => type.HasFlag(JsonSchemaType.Object),
            JsonValueKind.Array => type.HasFlag(JsonSchemaType.Array),
            JsonValueKind.String => type.HasFlag(JsonSchemaType.String),
            JsonValueKind.True or JsonValueKind.False => type.HasFlag(JsonSchemaType.Boolean),
            JsonValueKind.Number => type.HasFlag(JsonSchemaType.Number)
                || (type.HasFlag(JsonSchemaType.Integer) && value.TryGetInt64(out _)),
            _ => true,
        };

    private static string? InObject(
        JsonElement value,
        IOpenApiSchema schema,
        string where,
        int depth
    )
    {
        foreach (var name in schema.Required ?? Enumerable.Empty<string>())
        {
            if (value.Get(name) is null)
            {
                return $"{where}.{name} is missing";
            }
        }

        foreach (var property in value.EnumerateObject())
        {
            var described = schema.Properties?.TryGetValue(property.Name, out var own) is true
                ? own
                : schema.AdditionalProperties;
            if (
                Misfit(property.Value, described, $"{where}.{property.Name}", depth + 1) is
                { } misfit
            )
            {
                return misfit;
            }
        }

        return null;
    }

    private static string? InArray(
        JsonElement value,
        IOpenApiSchema schema,
        string where,
        int depth
    )
    {
        var (min, max) = (schema.MinItems ?? 0, schema.MaxItems ?? int.MaxValue);
        var length = value.GetArrayLength();
        if (length < min || length > max)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{where} has {length} items, described are {min} to {max}"
            );
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{where}[{index++}]");
            if (Misfit(item, schema.Items, at, depth + 1) is { } misfit)
            {
                return misfit;
            }
        }

        return null;
    }
}
