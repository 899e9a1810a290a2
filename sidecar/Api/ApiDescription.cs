using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Features.Tokens;

namespace Sidecar.Api;

/// <summary>
/// The OpenAPI 3.1 description of the API, made of the same declarations by which requests are checked and answers are
/// written (API-1).
/// </summary>
internal static class ApiDescription
{
    public const string Path = ApiDoor.Root + "/openapi.json";

    private const string Problem = "Problem";

    private static readonly Dictionary<int, string> Always = new()
    {
        [400] = "The request is malformed; see errors for where.",
        [401] = "There is no valid token.",
        [403] = "The token's scopes or its owner's rights do not allow it.",
        [429] = "Too many requests; Retry-After says when to go on.",
        [500] = "It did not work, and it is our fault.",
        [503] = "It is not possible right now; try again later.",
    };

    private static readonly Dictionary<int, string> Sometimes = new()
    {
        [404] = "There is no such thing.",
        [409] = "It can't be done as things stand; detail is the sentence that the chat would say.",
        [412] = "It is not as it was when it was read.",
        [413] = "The body is too large.",
        [415] = "The body is not JSON.",
        [422] = "A value can't be taken, or the Idempotency-Key belongs to another request.",
        [428] = "If-Match is missing.",
    };

    /// <summary>Serves it, and a page that shows it.</summary>
    public static void Map(
        WebApplication app,
        ImmutableArray<ApiOperation> operations,
        string guide
    )
    {
        var document = new Lazy<byte[]>(() =>
            JsonSerializer.SerializeToUtf8Bytes(Of(operations, guide), NodeJson.Default.JsonObject)
        );
        app.MapGet(
            Path,
            async http =>
            {
                http.Response.ContentType = "application/json";
                await http.Response.Body.WriteAsync(document.Value, http.RequestAborted);
            }
        );
    }

    /// <summary>The whole description.</summary>
    /// <param name="operations">All that can be asked for.</param>
    /// <param name="guide">What else whoever reads it first should know, in Markdown.</param>
    public static JsonObject Of(ImmutableArray<ApiOperation> operations, string guide)
    {
        var schemas = new JsonObject();
        Describe(ApiProblemJson.Default.ApiProblem, schemas);
        var paths = new JsonObject();
        foreach (var operation in operations)
        {
            paths.TryAdd(ApiDoor.Root + operation.Path, new JsonObject());
            paths[ApiDoor.Root + operation.Path]![operation.Method.ToLowerInvariant()] = Of(
                operation,
                schemas
            );
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Escalate",
                ["version"] = "1",
                ["description"] =
                    $"What people can read and do in the chat, by the same use cases and rights. A token is made with “/escalate token make”; it may do what its owner may, within its scopes.\n\n{guide}",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() }),
            ["tags"] = new JsonArray([
                .. operations
                    .Select(o => o.Tag)
                    .Distinct()
                    .Select(t => new JsonObject { ["name"] = t }),
            ]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["token"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["description"] =
                            $"A token from the chat. Its scopes: {string.Join("; ", TokenScope.All.Select(s => $"{s.Code} – {s.What}"))}.",
                    },
                },
                ["schemas"] = schemas,
            },
        };
    }

    private static JsonObject Of(ApiOperation operation, JsonObject schemas)
    {
        var described = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["tags"] = new JsonArray(operation.Tag),
            ["summary"] = operation.Summary,
            ["description"] = operation.Scope is { } scope
                ? $"{operation.Description} Scope: {scope.Code}.".TrimStart()
                : operation.Description,
            ["parameters"] = new JsonArray([.. Parameters(operation)]),
        };
        if (!operation.Body.IsEmpty)
        {
            described["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = Content("application/json", Body(operation)),
            };
        }

        var responses = new JsonObject { [$"{operation.Success}"] = Success(operation, schemas) };
        if (!operation.IsWrite)
        {
            responses["304"] = new JsonObject
            {
                ["description"] = "It is as the ETag in If-None-Match says.",
            };
        }

        foreach (var (status, what) in Refusals(operation))
        {
            responses[$"{status}"] = new JsonObject
            {
                ["description"] = what,
                ["content"] = Content("application/problem+json", Reference(Problem)),
            };
        }

        described["responses"] = responses;
        return described;
    }

    /// <summary>What an operation may answer besides what was asked for.</summary>
    public static IEnumerable<KeyValuePair<int, string>> Refusals(ApiOperation operation)
    {
        IEnumerable<int> also = operation.Refusals;
        also = operation.Body.IsEmpty ? also : also.Append(413).Append(415);
        also = operation.NeedsIdempotencyKey ? also.Append(409).Append(422) : also;
        also = operation.NeedsIfMatch ? also.Append(412).Append(428) : also;
        return Always
            .Concat(also.Distinct().Select(s => KeyValuePair.Create(s, Sometimes[s])))
            .OrderBy(p => p.Key);
    }

    private static IEnumerable<JsonNode> Parameters(ApiOperation operation)
    {
        foreach (var field in operation.PathFields)
        {
            yield return Parameter(field.Name, "path", isRequired: true, field.Schema());
        }

        foreach (var field in operation.Query)
        {
            yield return Parameter(field.Name, "query", isRequired: false, field.Schema());
        }

        if (operation.NeedsIdempotencyKey)
        {
            yield return Parameter(
                IdempotencyKeys.Header,
                "header",
                isRequired: true,
                Text(
                    "Names this request: sent again with the same key it is done once, and answered the same for a day.",
                    255
                )
            );
        }

        if (operation.NeedsIfMatch || operation.Refusals.Contains(412))
        {
            yield return Parameter(
                "If-Match",
                "header",
                operation.NeedsIfMatch,
                Text("The ETag of what was read; it is changed only if it still is that.", 200)
            );
        }
    }

    private static JsonObject Text(string what, int longest) =>
        new()
        {
            ["type"] = "string",
            ["maxLength"] = longest,
            ["description"] = what,
        };

    private static JsonObject Parameter(
        string name,
        string place,
        bool isRequired,
        JsonObject schema
    )
    {
        var what = schema["description"]!.GetValue<string>();
        schema.Remove("description");
        return new JsonObject
        {
            ["name"] = name,
            ["in"] = place,
            ["required"] = isRequired,
            ["description"] = what,
            ["schema"] = schema,
        };
    }

    private static JsonObject Body(ApiOperation operation)
    {
        var properties = new JsonObject();
        foreach (var field in operation.Body)
        {
            properties[field.Name] = field.Schema();
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([
                .. operation.Body.Where(f => f.IsRequired).Select(f => JsonValue.Create(f.Name)),
            ]),
            ["additionalProperties"] = false,
        };
    }

    private static JsonObject Success(ApiOperation operation, JsonObject schemas)
    {
        var name = NameOf(operation.Result.Type);
        Describe(operation.Result, schemas);
        var headers = new JsonObject
        {
            ["ETag"] = Header("The version of what is answered."),
            ["RateLimit-Policy"] = Header("How many requests are allowed, and in how long."),
            ["RateLimit"] = Header("How many are left now."),
        };
        if (operation.Success == 201)
        {
            headers["Location"] = Header("Where what was made is, when it has an address.");
        }

        if (operation.Query.Any(f => f.Name == Paging.CursorName))
        {
            headers["Link"] = Header("The next page, with rel=\"next\".");
        }

        var content = Content("application/json", Reference(name));
        if (operation.Csv is not null)
        {
            content[ApiDoor.Csv] = new JsonObject
            {
                ["schema"] = new JsonObject { ["type"] = "string" },
            };
        }

        return new JsonObject
        {
            ["description"] = "It is done, or here it is.",
            ["headers"] = headers,
            ["content"] = content,
        };
    }

    private static JsonObject Header(string what) =>
        new()
        {
            ["description"] = what,
            ["schema"] = new JsonObject { ["type"] = "string" },
        };

    private static string NameOf(Type type) =>
        type.IsGenericType ? NameOf(type.GetGenericArguments()[0]) + "Page"
        : type == typeof(ApiProblem) ? Problem
        : type
            .Name.Replace("View", "", StringComparison.Ordinal)
            .Replace("Api", "", StringComparison.Ordinal);

    private static void Describe(JsonTypeInfo type, JsonObject schemas) =>
        schemas.TryAdd(
            NameOf(type.Type),
            type.GetJsonSchemaAsNode(
                new JsonSchemaExporterOptions
                {
                    TreatNullObliviousAsNonNullable = true,
                    TransformSchemaNode = (context, schema) => Named(context, schema, schemas),
                }
            )
        );

    /// <summary>What is answered holds all of its members and no others; what is inside of it has its own name.</summary>
    private static JsonObject Named(
        JsonSchemaExporterContext context,
        JsonNode schema,
        JsonObject schemas
    )
    {
        if (schema is not JsonObject { } made)
        {
            // Anything at all: some readers know no other way to say it.
            return new JsonObject();
        }

        if (made["properties"] is not JsonObject)
        {
            return made;
        }

        made["additionalProperties"] = false;
        if (context.Path.IsEmpty)
        {
            made["type"] = "object";
            return made;
        }

        var name = NameOf(context.TypeInfo.Type);
        var canBeNull = made["type"] is JsonArray;
        made["type"] = "object";
        schemas.TryAdd(name, made);
        return canBeNull
            ? new JsonObject
            {
                ["anyOf"] = new JsonArray(Reference(name), new JsonObject { ["type"] = "null" }),
            }
            : Reference(name);
    }

    private static JsonObject Reference(string name) =>
        new() { ["$ref"] = $"#/components/schemas/{name}" };

    private static JsonObject Content(string type, JsonObject schema) =>
        new() { [type] = new JsonObject { ["schema"] = schema } };
}

[System.Text.Json.Serialization.JsonSerializable(typeof(JsonObject))]
internal sealed partial class NodeJson : System.Text.Json.Serialization.JsonSerializerContext;
