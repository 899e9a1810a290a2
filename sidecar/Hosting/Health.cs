using System.Text.Json.Serialization;
using Sidecar.Storage.Files;

namespace Sidecar.Hosting;

/// <summary>
/// <c>/healthz</c>: the process lives. <c>/readyz</c>: it can do its work; 503 with the reason when it can't. Trouble
/// with Mattermost does not count: commands are still taken, and what they cause is delivered later.
/// </summary>
internal static class Health
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        // As the framework's plain delegates: anything else is compiled from expressions at the start.
        routes.MapGet("/healthz", http => Results.Text("ok").ExecuteAsync(http));
        routes.MapGet(
            "/readyz",
            http =>
                Ready(http.RequestServices.GetRequiredService<IReportsHealth>().Health)
                    .ExecuteAsync(http)
        );
    }

    private static IResult Ready(StoreHealth store)
    {
        // The messages name files: they are for the log and the doctor, not for whoever can reach the port.
        var problem =
            store.Damage is not null ? "store-damaged"
            : store.WriteProblem is not null ? "store-not-writable"
            : null;
        return Results.Json(
            new Readiness(problem ?? "ready", ProductVersion.Current),
            HealthJson.Default.Readiness,
            statusCode: problem is null
                ? StatusCodes.Status200OK
                : StatusCodes.Status503ServiceUnavailable
        );
    }
}

/// <summary>What <c>/readyz</c> says.</summary>
internal sealed record Readiness(string Status, string Version);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Readiness))]
internal sealed partial class HealthJson : JsonSerializerContext;
