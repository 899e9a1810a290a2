using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sidecar.Tests.Mattermost;

/// <summary>
/// Stands before the stand-in's WebSocket and does what newer servers do: a line that is cut goes on behind it, and who
/// comes back by its name and number gets what was missed.
/// </summary>
internal sealed class KeptLines : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private readonly WebApplication _app;
    private readonly Uri _behind;

    private KeptLines(WebApplication app, Uri behind) => (_app, _behind) = (app, behind);

    public Uri Url =>
        new(
            _app.Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!
                .Addresses.Single()
        );

    /// <summary>How many lines were taken up again.</summary>
    public int Resumed { get; private set; }

    /// <summary>How many were begun.</summary>
    public int Begun { get; private set; }

    public static async Task<KeptLines> Start(Uri behind, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var lines = new KeptLines(app, behind);
        app.UseWebSockets();
        app.Map("/api/v4/websocket", lines.Serve);
        await app.StartAsync(cancel);
        return lines;
    }

    /// <summary>Cuts all lines on the side of the clients.</summary>
    public void Cut()
    {
        foreach (var kept in _kept.Values)
        {
            kept.Cut();
        }
    }

    /// <summary>As after a restart: nobody can take up anything.</summary>
    public void Forget()
    {
        foreach (var kept in _kept.Values)
        {
            kept.Dispose();
        }

        _kept.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var kept in _kept.Values)
        {
            kept.Dispose();
        }

        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private async Task Serve(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var name = http.Request.Query["connection_id"].ToString();
        Kept kept;
        if (_kept.TryGetValue(name, out var known))
        {
            Resumed++;
            kept = known;
            await kept.Attach(
                socket,
                long.Parse(
                    http.Request.Query["sequence_number"].ToString(),
                    System.Globalization.CultureInfo.InvariantCulture
                )
            );
        }
        else
        {
            Begun++;
            kept = new Kept();
            await kept.Attach(socket, 0);
            await kept.Open(_behind, http.Request.Headers.Authorization.ToString(), Keep);
        }

        await kept.Carry(socket);
        void Keep(string connection) => _kept[connection] = kept;
    }

    private sealed class Kept : IDisposable
    {
        private readonly ClientWebSocket _server = new();

        // Not disposed: whoever still listens may be in it, and it holds nothing.
        private readonly SemaphoreSlim _gate = new(1);
        private readonly List<(long Number, string Text)> _said = [];
        private WebSocket? _client;

        public async Task Open(Uri behind, string authorization, Action<string> named)
        {
            _server.Options.SetRequestHeader("Authorization", authorization);
            var address = new UriBuilder(behind) { Scheme = "ws", Path = "/api/v4/websocket" }.Uri;
            await _server.ConnectAsync(address, CancellationToken.None);
            _ = Listen(named);
        }

        public async Task Attach(WebSocket client, long next)
        {
            await _gate.WaitAsync();
            foreach (var (_, text) in _said.Where(s => s.Number >= next))
            {
                await Send(client, text);
            }

            _client = client;
            _gate.Release();
        }

        public async Task Carry(WebSocket client)
        {
            var buffer = new byte[8192];
            try
            {
                while (client.State == WebSocketState.Open)
                {
                    var part = await client.ReceiveAsync(buffer, CancellationToken.None);
                    await _server.SendAsync(
                        buffer.AsMemory(0, part.Count),
                        part.MessageType,
                        part.EndOfMessage,
                        CancellationToken.None
                    );
                }
            }
            catch (Exception cut) when (cut is WebSocketException or InvalidOperationException)
            {
                // The line goes on without them.
            }
        }

        public void Cut()
        {
            Interlocked.Exchange(ref _client, null)?.Abort();
        }

        public void Dispose() => _server.Dispose();

        private async Task Listen(Action<string> named)
        {
            var buffer = new byte[256 * 1024];
            try
            {
                while (true)
                {
                    using var message = new MemoryStream();
                    WebSocketReceiveResult part;
                    do
                    {
                        part = await _server.ReceiveAsync(buffer, CancellationToken.None);
                        message.Write(buffer, 0, part.Count);
                    } while (!part.EndOfMessage);
                    await Heard(Encoding.UTF8.GetString(message.ToArray()), named);
                }
            }
            catch (Exception gone)
                when (gone
                        is WebSocketException
                            or ObjectDisposedException
                            or InvalidOperationException
                )
            {
                Cut();
            }
        }

        private async Task Heard(string text, Action<string> named)
        {
            using var json = JsonDocument.Parse(text);
            var isEvent = json.RootElement.TryGetProperty("seq", out var number);
            await _gate.WaitAsync();
            if (isEvent)
            {
                _said.Add((number.GetInt64(), text));
            }

            if (
                isEvent
                && json.RootElement.GetProperty("event").GetString() == "hello"
                && json.RootElement.GetProperty("data").GetProperty("connection_id").GetString()
                    is { } connection
            )
            {
                named(connection);
            }

            if (_client is { } client)
            {
                await Send(client, text);
            }

            _gate.Release();
        }

        private static async Task Send(WebSocket client, string text)
        {
            try
            {
                await client.SendAsync(
                    Encoding.UTF8.GetBytes(text),
                    WebSocketMessageType.Text,
                    endOfMessage: true,
                    CancellationToken.None
                );
            }
            catch (Exception cut)
                when (cut
                        is WebSocketException
                            or ObjectDisposedException
                            or InvalidOperationException
                )
            {
                // It is kept for when they come back.
            }
        }
    }
}
