using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Sidecar.Tests.Mattermost;

/// <summary>A WebSocket client that keeps every message.</summary>
internal sealed class WebSocketListener : IAsyncDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly List<JsonElement> messages = [];

    public IReadOnlyList<JsonElement> Messages => messages;

    /// <summary>Connects and logs in by a challenge; returns when the server has said hello and OK.</summary>
    public static async Task<WebSocketListener> ConnectAsync(
        Uri server,
        string token,
        CancellationToken cancellationToken
    )
    {
        var listener = new WebSocketListener();
        var url = new UriBuilder(server) { Scheme = "ws", Path = "/api/v4/websocket" }.Uri;
        await listener.socket.ConnectAsync(url, cancellationToken);
        var challenge = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                seq = 1,
                action = "authentication_challenge",
                data = new { token },
            }
        );
        await listener.socket.SendAsync(
            challenge,
            WebSocketMessageType.Text,
            endOfMessage: true,
            cancellationToken
        );
        await listener.ReceiveAsync(2, cancellationToken);
        return listener;
    }

    /// <summary>Receives until there are so many messages.</summary>
    public async Task ReceiveAsync(int total, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (messages.Count < total)
        {
            using var text = new MemoryStream();
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer, cancellationToken);
                text.Write(buffer, 0, part.Count);
            } while (!part.EndOfMessage);

            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(text.ToArray()));
            messages.Add(json.RootElement.Clone());
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
