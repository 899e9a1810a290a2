using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Sidecar.Tests.Api.Client;

/// <summary>Writes a typed client out of the description, as somebody would who has only that.</summary>
internal sealed class ClientWriter(Description description)
{
    private readonly StringBuilder _text = new();

    public string Write()
    {
        _text.Append(
            """
            // Written by ClientWriter out of the API's description. With GOLDEN=write its test writes it anew.
            #nullable enable
            namespace Sidecar.Tests.Api.Client;


            """
        );
        foreach (var (name, schema) in description.Schemas)
        {
            Record(name, schema!.AsObject());
        }

        foreach (var call in description.Calls.Where(c => c.Body is not null))
        {
            Record(Pascal(call.Id) + "Request", call.Body!, isRequest: true);
        }

        _text.Append("internal sealed partial class EscalateClient\n{\n");
        foreach (var call in description.Calls)
        {
            Call(call);
        }

        return _text.Append("}\n").ToString();
    }

    private void Record(string name, JsonObject schema, bool isRequest = false)
    {
        _text.Append("internal sealed record ").Append(name).Append("\n{\n");
        var required = (schema["required"] as JsonArray ?? [])
            .Select(r => r!.GetValue<string>())
            .ToHashSet();
        foreach (var (member, of) in schema["properties"]!.AsObject())
        {
            var isNeeded = required.Contains(member);
            var type = TypeOf(of!, isNeeded && !isRequest);
            var isSure = isNeeded && !CanBeNull(of!);
            _text
                .Append("    public ")
                .Append(isNeeded ? "required " : "")
                .Append(isSure || type.EndsWith('?') ? type : type + "?")
                .Append(' ')
                .Append(Pascal(member))
                .Append(" { get; init; }\n");
        }

        _text.Append("}\n\n");
    }

    private void Call(DescribedCall call)
    {
        var arguments = new List<string>();
        foreach (var parameter in call.In("path"))
        {
            arguments.Add($"string {parameter["name"]}");
        }

        if (call.Body is not null)
        {
            arguments.Add($"{Pascal(call.Id)}Request body");
        }

        foreach (var parameter in call.In("query"))
        {
            arguments.Add($"{TypeOf(parameter["schema"]!, false)}? {parameter["name"]} = null");
        }

        foreach (var parameter in call.In("header").OrderBy(p => !p["required"]!.GetValue<bool>()))
        {
            arguments.Add(
                parameter["required"]!.GetValue<bool>()
                    ? $"string {Argument(parameter)}"
                    : $"string? {Argument(parameter)} = null"
            );
        }

        // What must be given stands before what may be left out.
        var ordered = arguments
            .OrderBy(a => a.EndsWith("= null", StringComparison.Ordinal))
            .ToList();
        var success = call.Responses.First(r => r.Key[0] == '2');
        var answer = success.Value!["content"]!["application/json"]!["schema"]!;
        var path = call
            .Path.Replace("{", "{Uri.EscapeDataString(", StringComparison.Ordinal)
            .Replace("}", ")}", StringComparison.Ordinal);
        var query = string.Join(
            ", ",
            call.In("query").Select(p => $"(\"{p["name"]}\", {p["name"]})")
        );
        var headers = string.Join(
            ", ",
            call.In("header").Select(p => $"(\"{p["name"]}\", {Argument(p)})")
        );
        _text.Append(
            CultureInfo.InvariantCulture,
            $"""
                /// <summary>{call.Of["summary"]}.</summary>
                public Task<Answered<{TypeOf(answer, true)}>> {Pascal(call.Id)}({string.Join(
                ", ",
                ordered
            )}) =>
                    Send<{TypeOf(
                answer,
                true
            )}>("{call.Method}", $"{path}", [{query}], [{headers}], {(
                call.Body is null ? "null" : "body"
            )});


            """
        );
    }

    private static string Argument(JsonObject parameter) =>
        parameter["name"]!.GetValue<string>() switch
        {
            "If-Match" => "ifMatch",
            _ => "idempotencyKey",
        };

    private static bool CanBeNull(JsonNode schema) =>
        schema is JsonObject of
        && (
            of["type"] is JsonArray types && types.Any(t => t!.GetValue<string>() == "null")
            || of["anyOf"] is JsonArray any
                && any.Any(a => a!["type"]?.GetValue<string>() == "null")
        );

    private static string TypeOf(JsonNode node, bool isAnswer)
    {
        if (node is not JsonObject schema)
        {
            return "System.Text.Json.JsonElement";
        }

        if (schema["$ref"] is { } reference)
        {
            return reference.GetValue<string>().Split('/')[^1];
        }

        if (schema["anyOf"] is JsonArray any)
        {
            return TypeOf(any[0]!, isAnswer) + "?";
        }

        if (schema["type"] is null)
        {
            return "System.Text.Json.JsonElement";
        }

        var type = schema["type"] is JsonArray several
            ? several.Select(t => t!.GetValue<string>()).First(t => t != "null")
            : schema["type"]!.GetValue<string>();
        var name = (type, schema["format"]?.GetValue<string>()) switch
        {
            ("string", "date-time") => "DateTimeOffset",
            ("string", "date") => "DateOnly",
            ("string", _) => "string",
            ("boolean", _) => "bool",
            ("integer", _) => "long",
            ("number", _) => "decimal",
            ("array", _) => $"IReadOnlyList<{TypeOf(schema["items"]!, isAnswer)}>",
            _ => throw new InvalidOperationException($"Nobody writes “{schema.ToJsonString()}”."),
        };
        return CanBeNull(schema) && isAnswer ? name + "?" : name;
    }

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
