using Microsoft.AspNetCore.Builder;

namespace Mattermost.Simulator;

/// <summary>The WebSocket endpoint: with a cookie or bearer token, or with a challenge as the first message.</summary>
internal static class WebSocketRoutes
{
    public static void MapWebSocket(this WebApplication app, World world, Faults faults)
    {
        app.Map(
            "/api/v4/websocket",
            async http =>
            {
                if (!http.WebSockets.IsWebSocketRequest)
                {
                    http.Response.StatusCode = 400;
                    return;
                }

                if (
                    faults.Take("GET", http.Request.Path.Value ?? "", "") is { } fault
                    && await fault.BeforeAsync(http) is { } instead
                )
                {
                    http.Response.StatusCode = instead.Status;
                    if (fault.CutsBefore)
                    {
                        http.Abort();
                    }

                    return;
                }

                var call = new Call(world, http, []);
                call.Authenticate(demanded: false);
                using var socket = await http.WebSockets.AcceptWebSocketAsync();
                (string, long)? wanted =
                    call.Query("connection_id") is { Length: > 0 } line
                    && long.TryParse(
                        call.Query("sequence_number"),
                        CultureInfo.InvariantCulture,
                        out var next
                    )
                        ? (line, next)
                        : null;
                await new WebSocketClient(world, socket).RunAsync(
                    call.Caller,
                    call.Token,
                    wanted,
                    app.Lifetime.ApplicationStopping
                );
            }
        );
    }
}
