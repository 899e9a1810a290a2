using System.Text.Json.Serialization;
using Sidecar.Interactions;
using Sidecar.Outbox;
using Sidecar.Setup;
using Sidecar.Storage.Files;

namespace Sidecar.Hosting;

/// <summary>
/// <c>/healthz</c>: the process lives. <c>/readyz</c>: it can do its work; 503 with the reason when it can't. Trouble
/// with Mattermost does not count as that: commands are still taken, what they cause is delivered later, and starting the
/// process again would mend nothing. But it is said.
/// </summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        // As the framework's plain delegates: anything else is compiled from expressions at the start.
        routes.MapGet("/healthz", http => Results.Text("ok").ExecuteAsync(http));
        routes.MapGet(
            "/readyz",
            http =>
                Ready(
                        http.RequestServices.GetRequiredService<IReportsHealth>().Health,
                        http.RequestServices.GetRequiredService<OutboxPump>().Health,
                        http.RequestServices.GetRequiredService<ServedInstallation>().Digest
                    )
                    .ExecuteAsync(http)
        );
    }

    private static IResult Ready(StoreHealth store, OutboxHealth outbox, string? installation)
    {
        // The messages name files: they are for the log and the doctor, not for whoever can reach the port.
        var problem =
            store.Damage is not null ? "store-damaged"
            : store.WriteProblem is not null ? "store-not-writable"
            : null;
        return Results.Json(
            new Readiness(problem ?? "ready", ProductVersion.Current)
            {
                Installation = installation,
                Delivery = new DeliveryHealth(
                    outbox.State,
                    outbox.Queued,
                    outbox.Parked,
                    outbox.OldestQueuedAt,
                    outbox.HeldUntil,
                    outbox.LockedOutSince
                ),
            },
            HealthJson.Default.Readiness,
            statusCode: problem is null
                ? StatusCodes.Status200OK
                : StatusCodes.Status503ServiceUnavailable
        );
    }
}

/// <summary>What <c>/readyz</c> says.</summary>
internal sealed record Readiness(string Status, string Version)
{
    /// <summary>Which installation this process serves; see <see cref="Setup.InstallationDigest"/>.</summary>
    public string? Installation { get; init; }

    /// <summary>How what is said to Mattermost gets there.</summary>
    public DeliveryHealth? Delivery { get; init; }
}

/// <summary>How delivery stands. Times are UTC.</summary>
/// <param name="State"><c>flowing</c>; <c>held</c>: a pause was asked for; <c>failing</c>: nothing gets through; <c>locked-out</c>: the bot's token is not accepted.</param>
/// <param name="Waiting">Messages not delivered yet.</param>
/// <param name="SetAside">Messages that an administrator has to look at.</param>
/// <param name="OldestSince">Since when the oldest waits.</param>
/// <param name="HeldUntil">When it is tried again after a pause.</param>
/// <param name="LockedOutSince">Since when the token is not accepted.</param>
internal sealed record DeliveryHealth(
    string State,
    int Waiting,
    int SetAside,
    DateTimeOffset? OldestSince,
    DateTimeOffset? HeldUntil,
    DateTimeOffset? LockedOutSince
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(Readiness))]
internal sealed partial class HealthJson : JsonSerializerContext;
