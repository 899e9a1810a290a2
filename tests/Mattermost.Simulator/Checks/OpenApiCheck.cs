using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Mattermost.Simulator;

/// <summary>The description of Mattermost's REST API, against which requests and our own answers are held.</summary>
internal sealed class OpenApiCheck(World world)
{
    private static readonly Lazy<OpenApiDocument> Description = new(Load);

    /// <summary>Real endpoints that the description leaves out.</summary>
    private static readonly FrozenSet<string> NotDescribed = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            "/hooks/commands/{id}",
            "/hooks/{id}",
            "/static/{plugin_id}/{file}",
            "/api/v4/custom_profile_attributes/fields",
            "/api/v4/groups",
            "/api/v4/limits/server",
        ]
    );

    /// <summary>Where the description is known to be wrong about what a real server takes.</summary>
    private static readonly FrozenSet<string> WrongRequests = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            // Demands two ids; one alone means oneself, and old servers have an error of their own for it.
            "POST /api/v4/channels/direct",
            // Says that props are a string; servers take an object.
            "PUT /api/v4/posts/{post_id}/patch",
            "PUT /api/v4/posts/{post_id}",
            // Demands every section of the configuration; a patch is partial, and so is the stand-in's document.
            "PUT /api/v4/config",
            "PUT /api/v4/config/patch",
        ]
    );

    /// <summary>Where the description is known to be wrong about what a real server answers.</summary>
    private static readonly FrozenSet<string> WrongAnswers = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            // Names an enumeration of words; servers send its numbers.
            "GET /api/v4/plugins/statuses",
            "GET /api/v4/config",
            "PUT /api/v4/config",
            "PUT /api/v4/config/patch",
        ]
    );

    public DescribedOperation? Operation(string method, string path)
    {
        if (NotDescribed.Contains(path))
        {
            return null;
        }

        var operation =
            Description.Value.Paths.TryGetValue(path, out var item)
            && item.Operations?.TryGetValue(HttpMethod.Parse(method), out var found) is true
                ? found
                : throw new InvalidOperationException(
                    $"{method} {path} is not in the description of the REST API."
                );
        var name = $"{method} {path}";
        return new DescribedOperation(
            world,
            name,
            WrongRequests.Contains(name) ? null : JsonSchema(operation.RequestBody?.Content),
            WrongAnswers.Contains(name) ? null : AnswerSchema(operation)
        );
    }

    // Servers answer 200 at times where the description says 201, and the other way round: the shape is the same.
    private static IOpenApiSchema? AnswerSchema(OpenApiOperation operation) =>
        operation
            .Responses?.Where(r => r.Key.StartsWith('2'))
            .Select(r => JsonSchema(r.Value.Content))
            .FirstOrDefault();

    private static IOpenApiSchema? JsonSchema(IDictionary<string, IOpenApiMediaType>? content) =>
        content?.TryGetValue("application/json", out var json) is true ? json.Schema : null;

    private static OpenApiDocument Load()
    {
        using var stream = typeof(OpenApiCheck).Assembly.GetManifestResourceStream("openapi.json")!;
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        buffer.Position = 0;
        var read = OpenApiDocument.Load(buffer, "json", new OpenApiReaderSettings());
        return read.Document
            ?? throw new InvalidOperationException(
                "The description of the REST API cannot be read."
            );
    }
}

/// <summary>What one endpoint takes and gives by its description.</summary>
internal sealed class DescribedOperation(
    World world,
    string name,
    IOpenApiSchema? request,
    IOpenApiSchema? answer
)
{
    /// <summary>Refuses a request that does not fit, whatever a real server might let pass.</summary>
    public void CheckRequest(Call call)
    {
        if (request is null)
        {
            return;
        }

        if (call.RawBody.Length > 0 && call.JsonOrNothing() is null)
        {
            // The server has an answer of its own to what is no JSON at all.
            Report("request", "body is no JSON");
            return;
        }

        var misfit = call.JsonOrNothing() is { } body
            ? SchemaCheck.Misfit(body, request)
            : "body is missing";
        if (misfit is not null)
        {
            Report("request", misfit);
            throw new RefusedException(
                new AppError("stand_in.openapi.request", $"{name}: {misfit}", 400)
            );
        }
    }

    public void CheckAnswer(Call call, Answer given)
    {
        if (
            answer is null
            || given.Status is < 200 or > 299
            || given.ContentType != "application/json"
        )
        {
            return;
        }

        using var json = JsonDocument.Parse(given.Body);
        if (SchemaCheck.Misfit(json.RootElement, answer) is { } misfit)
        {
            Report("answer " + call.RequestId, misfit);
        }
    }

    private void Report(string part, string misfit) =>
        world.Violations.Add($"{name} {part}: {misfit}");
}
