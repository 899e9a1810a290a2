using Mattermost.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Load;

/// <summary>
/// What the product is measured with, in one process: the empty endpoint, which reads the same form and answers
/// constant JSON, and a Mattermost that takes everything at once.
/// </summary>
internal static class Counterparts
{
    public const string Verb = "run-counterparts";
    public const string EmptyPath = "/empty";

    public static async Task<ServerProcess> Start()
    {
        var port = FreePort.Next();
        var process = ServerProcess.Start(port, Verb, $"http://127.0.0.1:{port}");
        await process.Ready("/api/v4/system/ping");
        return process;
    }

    public static async Task Run(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        await using var app = builder.Build();
        app.MapPost(
            EmptyPath,
            async (HttpContext http) =>
            {
                await http.Request.ReadFormAsync();
                return Results.Json(new { response_type = "ephemeral", text = "ok" });
            }
        );
        MapMattermost(app);
        await app.StartAsync();
        await ServerProcess.ParentLeaves();
        await app.StopAsync();
    }

    private static void MapMattermost(WebApplication app)
    {
        var next = 0L;
        app.MapGet("/api/v4/system/ping", () => Results.Json(new { status = "OK" }));
        app.MapPost(
            "/api/v4/posts",
            () => Post(Stores.SeedPlan.Id('p', Interlocked.Increment(ref next)))
        );
        app.MapPut("/api/v4/posts/{id}/patch", (string id) => Post(id));
        app.MapPost(
            "/api/v4/channels/direct",
            () => Results.Json(new { id = Stores.SeedPlan.Id('d', 1) })
        );
        app.MapGet("/api/v4/users/{id}", (string id) => Results.Json(new { id, username = id }));
    }

    private static IResult Post(string id) =>
        Results.Json(
            new
            {
                id,
                root_id = "",
                create_at = 1,
            },
            statusCode: StatusCodes.Status201Created
        );
}
