using System.Net.WebSockets;
using System.Text.Json;

namespace Sidecar.Tests.Conformance;

/// <summary>A WebSocket connection of somebody's client.</summary>
internal sealed class WebClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly List<JsonElement> _seen = [];
    private int _seq;

    /// <summary>All that has come so far.</summary>
    public IReadOnlyList<JsonElement> Seen => _seen;

    /// <summary>The socket, not logged in unless a token is given.</summary>
    public static async Task<WebClient> Connect(Uri server, string token = "")
    {
        using var patience = Patience.Start();
        var client = new WebClient();
        client._socket.Options.Proxy = null;
        var scheme = server.Scheme == "https" ? "wss" : "ws";
        var url = new UriBuilder(server) { Scheme = scheme, Path = "/api/v4/websocket" }.Uri;
        await client._socket.ConnectAsync(url, patience.Token);
        if (token.Length > 0)
        {
            await client.Say("authentication_challenge", new { token });
            await client.Until(m => m.Text("event") == "hello");
        }

        return client;
    }

    public async Task Say(string action, object? data)
    {
        using var patience = Patience.Start();
        var message = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                seq = ++_seq,
                action,
                data,
            }
        );
        await _socket.SendAsync(
            message,
            WebSocketMessageType.Text,
            endOfMessage: true,
            patience.Token
        );
    }

    /// <summary>The next event of a name that fits; what came before stays in <see cref="Seen"/>.</summary>
    public Task<JsonElement> Event(string name, Func<JsonElement, bool>? fits = null) =>
        Until(m => m.Text("event") == name && (fits is null || fits(m)));

    /// <summary>The first message that fits, of those that have come already and those to come.</summary>
    public async Task<JsonElement> Until(Func<JsonElement, bool> fits)
    {
        foreach (var known in _seen.Where(fits))
        {
            return known;
        }

        while (true)
        {
            var message = await Receive();
            _seen.Add(message);
            if (fits(message))
            {
                return message;
            }
        }
    }

    /// <summary>Until the server closes the connection.</summary>
    public async Task<bool> IsClosed()
    {
        using var patience = Patience.Start();
        try
        {
            var part = await _socket.ReceiveAsync(new byte[1024], patience.Token);
            return part.MessageType == WebSocketMessageType.Close;
        }
        catch (WebSocketException)
        {
            return true;
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<JsonElement> Receive()
    {
        using var patience = Patience.Start();
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        ValueWebSocketReceiveResult part;
        do
        {
            try
            {
                part = await _socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException(
                    "It did not come. What came: " + string.Join('\n', _seen),
                    late
                );
            }

            text.Write(buffer, 0, part.Count);
        } while (!part.EndOfMessage);

        return JsonPaths.Parse(System.Text.Encoding.UTF8.GetString(text.ToArray()));
    }
}
