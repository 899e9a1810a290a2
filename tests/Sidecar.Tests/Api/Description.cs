using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.Tests.Harness;

namespace Sidecar.Tests.Api;

/// <summary>The OpenAPI description as a client reads it: operations, what they take, what they answer.</summary>
internal sealed class Description(JsonObject root)
{
    public JsonObject Schemas => root["components"]!["schemas"]!.AsObject();

    public IReadOnlyList<DescribedCall> Calls { get; } =
    [
        .. root["paths"]!
            .AsObject()
            .SelectMany(path =>
                path.Value!.AsObject()
                    .Select(o => new DescribedCall(
                        path.Key,
                        o.Key.ToUpperInvariant(),
                        o.Value!.AsObject()
                    ))
            ),
    ];

    public static async Task<Description> Of(ApiDesk api) =>
        new(JsonNode.Parse((await api.Get("/api/v1/openapi.json")).Body)!.AsObject());

    /// <summary>What an answer does not keep of what the description promises.</summary>
    public IReadOnlyList<string> Problems(DescribedCall call, ApiReply reply)
    {
        if (call.Responses[$"{reply.Status}"] is not JsonObject response)
        {
            return [$"status {reply.Status} is not described: {reply.Body}"];
        }

        if (response["content"] is not JsonObject content)
        {
            return reply.Body.Length == 0 ? [] : ["there is a body that is not described"];
        }

        return content[reply.Type]?["schema"] is JsonObject schema
            ? reply.Type.Contains("json", StringComparison.Ordinal)
                ? [.. Check(schema, JsonNode.Parse(reply.Body), "$")]
                : []
            : [$"media type {reply.Type} is not described"];
    }

    public JsonObject Resolved(JsonObject schema) =>
        schema["$ref"] is JsonValue reference
            ? Schemas[reference.GetValue<string>().Split('/')[^1]]!.AsObject()
            : schema;

    private List<string> Check(JsonObject given, JsonNode? value, string at)
    {
        var schema = Resolved(given);
        if (schema["anyOf"] is JsonArray any)
        {
            return any.All(s => Check(s!.AsObject(), value, at).Count > 0) ? [$"{at}: anyOf"] : [];
        }

        var problems = new List<string>();
        if (schema["type"] is { } type && !TypesOf(type).Contains(TypeOf(value)))
        {
            if (!(TypesOf(type).Contains("number") && TypeOf(value) == "integer"))
            {
                problems.Add($"{at}: is {TypeOf(value)}, not {type.ToJsonString()}");
            }
        }

        if (schema["enum"] is JsonArray choices && !choices.Any(c => JsonNode.DeepEquals(c, value)))
        {
            problems.Add($"{at}: enum");
        }

        if (value is JsonObject members && schema["properties"] is JsonObject properties)
        {
            problems.AddRange(
                (schema["required"] as JsonArray ?? [])
                    .Select(r => r!.GetValue<string>())
                    .Where(r => !members.ContainsKey(r))
                    .Select(r => $"{at}: {r} is missing")
            );
            foreach (var (name, member) in members)
            {
                if (properties[name] is JsonObject of)
                {
                    problems.AddRange(Check(of, member, $"{at}.{name}"));
                }
                else if (!properties.ContainsKey(name))
                {
                    problems.Add($"{at}: {name} is not described");
                }
            }
        }

        if (value is JsonArray items && schema["items"] is JsonObject item)
        {
            problems.AddRange(items.SelectMany((v, i) => Check(item, v, $"{at}[{i}]")));
        }

        return problems;
    }

    private static IEnumerable<string> TypesOf(JsonNode type) =>
        type is JsonArray several
            ? several.Select(t => t!.GetValue<string>())
            : [type.GetValue<string>()];

    private static string TypeOf(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            null or JsonValueKind.Null => "null",
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => decimal.Parse(
                value.ToJsonString(),
                NumberStyles.Float,
                CultureInfo.InvariantCulture
            ) % 1
            == 0
                ? "integer"
                : "number",
        };
}

/// <summary>An operation of the description.</summary>
internal sealed record DescribedCall(string Path, string Method, JsonObject Of)
{
    public string Id => Of["operationId"]!.GetValue<string>();

    public JsonObject Responses => Of["responses"]!.AsObject();

    public IEnumerable<JsonObject> Parameters =>
        (Of["parameters"] as JsonArray ?? []).Select(p => p!.AsObject());

    public JsonObject? Body =>
        Of["requestBody"]?["content"]?["application/json"]?["schema"]?.AsObject();

    public IEnumerable<JsonObject> In(string place) =>
        Parameters.Where(p => p["in"]!.GetValue<string>() == place);
}

/// <summary>Requests made of the description: as it says, and as nobody should send them.</summary>
/// <param name="chance">Chance that repeats itself.</param>
/// <param name="known">Values by the names of parameters and members, which mean something here.</param>
internal sealed class MadeRequests(Seeded chance, IReadOnlyDictionary<string, string[]> known)
{
    private static readonly string[] Odd =
    [
        "",
        " ",
        "null",
        "none",
        "-",
        "0",
        "-1",
        "99999999999999999999",
        "1e309",
        "ESC-0",
        "ESC-99999999999",
        "../../me",
        "%00",
        "\u0000",
        "\u202E\u2063",
        "👨‍👩‍👧🇩🇪",
        "'; drop table x; --",
        "<script>alert(1)</script>",
        "@all @channel",
        "$(reboot)",
        "9999-99-99",
        "2026-02-30",
        "2026-03-02T09:00:00",
        "0001-01-01T00:00:00Z",
        "true",
        "[]",
        "{}",
    ];

    /// <summary>A request; every third one is as the description says.</summary>
    public (string Path, string? Body, List<(string, string)> Headers) Make(DescribedCall call)
    {
        var isGood = chance.Below(3) == 0;
        var path = call.Path;
        foreach (var parameter in call.In("path"))
        {
            var name = parameter["name"]!.GetValue<string>();
            var value =
                chance.Below(8) == 0 ? Pick(Odd) : Text(name, parameter["schema"]!.AsObject());
            path = path.Replace(
                "{" + name + "}",
                // A path with a zero in it is none: the server itself sends that away.
                Uri.EscapeDataString("x" + value.Trim('\0'))[
                    (value.Trim('\0').Length > 0 ? 1 : 0)..
                ],
                StringComparison.Ordinal
            );
        }

        var query = new List<string>();
        foreach (var parameter in call.In("query").Where(_ => chance.Below(4) == 0))
        {
            var name = parameter["name"]!.GetValue<string>();
            var value =
                !isGood && chance.Below(3) == 0
                    ? Pick(Odd)
                    : Text(name, parameter["schema"]!.AsObject());
            query.Add($"{name}={Uri.EscapeDataString(value)}");
        }

        if (!isGood && chance.Below(10) == 0)
        {
            query.Add("surprise=1");
        }

        var headers = new List<(string, string)>();
        foreach (var parameter in call.In("header").Where(_ => isGood || chance.Below(8) > 0))
        {
            headers.Add(
                parameter["name"]!.GetValue<string>() switch
                {
                    "If-Match" => ("If-Match", chance.Below(3) > 0 ? "*" : "\"other\""),
                    var name => (
                        name,
                        !isGood && chance.Below(8) == 0
                            ? Pick(["", "with space", new string('k', 300)])
                            : $"key-{chance.Below(isGood ? int.MaxValue : 50)}"
                    ),
                }
            );
        }

        if (
            call.Responses["200"]?["content"]?[Sidecar.Api.ApiDoor.Csv] is not null
            && chance.Below(2) == 0
        )
        {
            headers.Add(
                (
                    "Accept",
                    Pick([
                        "text/csv",
                        "text/csv;q=0.4, application/json",
                        "*/*",
                        isGood ? "text/csv" : "text/csv;q=x,;;",
                    ])
                )
            );
        }

        return (
            query.Count == 0 ? path : $"{path}?{string.Join('&', query)}",
            call.Body is { } schema ? Body(schema, isGood) : null,
            headers
        );
    }

    private string Body(JsonObject schema, bool isGood)
    {
        var required = schema["required"]!.AsArray().Select(r => r!.GetValue<string>()).ToHashSet();
        var body = new JsonObject();
        foreach (var (name, of) in schema["properties"]!.AsObject())
        {
            if (required.Contains(name) ? isGood || chance.Below(10) > 0 : chance.Below(3) == 0)
            {
                body[name] =
                    !isGood && chance.Below(6) == 0 ? Wrong() : Right(name, of!.AsObject());
            }
        }

        if (isGood)
        {
            return body.ToJsonString();
        }

        if (chance.Below(12) == 0)
        {
            body["surprise"] = Wrong();
        }

        var text = body.ToJsonString();
        return chance.Below(20) switch
        {
            0 => text[..chance.Below(text.Length)],
            1 => new string('[', 1 + chance.Below(5000)),
            2 => text.Replace("\"summary\"", "\"\\ud800\"", StringComparison.Ordinal),
            3 => text.Replace(":\"", ":\"\\udc00", StringComparison.Ordinal),
            4 => "",
            5 => "null",
            6 => Pick(["0", "\"x\"", "[1,2]", "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}"]),
            7 => text[..^1] + "," + text[1..],
            8 => $"{{\"summary\":\"{new string('x', 60_000 + chance.Below(20_000))}\"}}",
            _ => text,
        };
    }

    private JsonNode? Right(string name, JsonObject schema)
    {
        var type = schema["type"] is JsonArray several
            ? several[0]!.GetValue<string>()
            : schema["type"]!.GetValue<string>();
        return type switch
        {
            "boolean" => chance.Below(2) == 0,
            "integer" or "number" => schema["maximum"]?.GetValue<decimal>() is <= 1000m and var most
                ? 1 + chance.Below((int)most)
                : chance.Below(1_000_000),
            "array" => new JsonArray("https://docs.example.com/" + chance.Below(9)),
            _ => Text(name, schema),
        };
    }

    private JsonNode? Wrong() =>
        chance.Below(9) switch
        {
            0 => null,
            1 => chance.Below(10) - 5,
            2 => 1e300,
            3 => true,
            4 => new JsonArray(1, "x", null),
            5 => new JsonObject { ["x"] = 1 },
            6 => new string((char)('a' + chance.Below(26)), chance.Below(4000)),
            _ => Pick(Odd),
        };

    private string Text(string name, JsonObject schema)
    {
        if (schema["enum"] is JsonArray choices)
        {
            return choices[chance.Below(choices.Count)]?.GetValue<string>() ?? "";
        }

        if (known.TryGetValue(name, out var values) && chance.Below(6) > 0)
        {
            return Pick(values);
        }

        if (schema["type"]!.ToJsonString().Contains("integer", StringComparison.Ordinal))
        {
            return $"{1 + chance.Below(50)}";
        }

        if (schema["type"]!.ToJsonString().Contains("boolean", StringComparison.Ordinal))
        {
            return chance.Below(2) == 0 ? "true" : "false";
        }

        return schema["format"]?.GetValue<string>() switch
        {
            "date" => $"2026-{1 + chance.Below(12):00}-{1 + chance.Below(28):00}",
            "date-time" => $"2026-03-{1 + chance.Below(28):00}T{chance.Below(24):00}:30:00Z",
            _ => $"Some words {chance.Below(1000)}",
        };
    }

    private string Pick(string[] some) => some[chance.Below(some.Length)];
}
