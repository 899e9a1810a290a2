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

    /// <summary>Connects with the token in the header of the upgrade, and receives the first message.</summary>
    public static async Task<WebSocketListener> UpgradeAsync(
        Uri server,
        string token,
        string query,
        CancellationToken cancellationToken
    )
    {
        var listener = new WebSocketListener();
        var url = new UriBuilder(server)
        {
            Scheme = "ws",
            Path = "/api/v4/websocket",
            Query = query,
        }.Uri;
        listener.socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        await listener.socket.ConnectAsync(url, cancellationToken);
        await listener.ReceiveAsync(1, cancellationToken);
        return listener;
    }

    /// <summary>The first event of a name, of those that came and those to come.</summary>
    public async Task<JsonElement> EventAsync(string name, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            await ReceiveAsync(i + 1, cancellationToken);
            if (messages[i].TryGetProperty("event", out var kind) && kind.GetString() == name)
            {
                return messages[i];
            }
        }
    }

    /// <summary>Says something as it is.</summary>
    public Task SendAsync(string text, CancellationToken cancellationToken) =>
        socket.SendAsync(
            Encoding.UTF8.GetBytes(text),
            WebSocketMessageType.Text,
            endOfMessage: true,
            cancellationToken
        );

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
