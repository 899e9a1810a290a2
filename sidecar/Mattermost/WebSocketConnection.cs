using System.Buffers;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;

namespace Sidecar.Mattermost;

/// <summary>One connection to Mattermost's WebSocket: let in, and then read event by event without a gap.</summary>
internal sealed class WebSocketConnection : IAsyncDisposable
{
    /// <summary>Larger than any event of Mattermost's; what is larger is let pass unread.</summary>
    private const int LargestMessage = 8 * 1024 * 1024;
    private const int KeptBuffer = 256 * 1024;

    private readonly ClientWebSocket _socket = new();
    private ArrayBufferWriter<byte> _message = new(16 * 1024);
    private readonly Queue<ServerEvent> _early = [];
    private long _said;
    private long? _expected;

    private WebSocketConnection()
    {
        // Liveness is asked for in Mattermost's own words, by our clock.
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        _socket.Options.CollectHttpResponseDetails = true;
    }

    /// <summary>The name that the server gave to this line; empty on older servers.</summary>
    public string Connection { get; private set; } = "";

    /// <summary>The place of the last event that was read.</summary>
    public long Number { get; private set; }

    /// <summary>Where it would be taken up again; null where the server can't do that.</summary>
    public LineEnd? End => Connection.Length > 0 ? new LineEnd(Connection, Number + 1) : null;

    /// <summary>It goes on where an earlier one was lost: nothing was missed in between.</summary>
    public bool IsResumed { get; private set; }

    /// <summary>Where the WebSocket of a server is.</summary>
    /// <param name="server">The server.</param>
    /// <param name="end">What is to be taken up again; null for a new line.</param>
    public static Uri Address(Uri server, LineEnd? end = null) =>
        new UriBuilder(server.AbsoluteUri.TrimEnd('/') + "/api/v4/websocket")
        {
            Scheme = server.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs,
            Query = end is null
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"connection_id={Uri.EscapeDataString(end.Connection)}&sequence_number={end.Next}"
                ),
        }.Uri;

    /// <summary>Connects and logs in.</summary>
    /// <param name="network">Carries the request that opens the WebSocket.</param>
    /// <param name="server">Mattermost's address.</param>
    /// <param name="token">The bot's token.</param>
    /// <param name="late">Cancelled when it has taken too long.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="end">Where a lost one is to be taken up; a server that can't begins a new one.</param>
    /// <exception cref="WebSocketConnectionException">It was not possible, or not in time.</exception>
    public static async Task<WebSocketConnection> Open(
        HttpMessageInvoker network,
        Uri server,
        string token,
        CancellationToken late,
        CancellationToken cancel,
        LineEnd? end = null
    )
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late);
        var line = new WebSocketConnection();
        try
        {
            // Only who is known from the first moment may take up a line; who loses the header on the way logs in below.
            line._socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            await line.Connect(network, Address(server, end), either.Token);
            await line.LogIn(token, end, either.Token);
            return line;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            var problem = line._said == 0 ? WebSocketProblem.Unreachable : WebSocketProblem.Silent;
            await line.DisposeAsync();
            throw new WebSocketConnectionException(problem, "no answer in time");
        }
        catch
        {
            await line.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for the next event.</summary>
    /// <exception cref="WebSocketConnectionException">The line is lost, or an event was: what comes next is not all.</exception>
    public async Task<ServerEvent> Read(CancellationToken cancel)
    {
        if (_early.TryDequeue(out var early))
        {
            Number = early.Number ?? Number;
            return early;
        }

        var read = await Next(cancel);
        Number = read.Number ?? Number;
        return read;
    }

    private async Task<ServerEvent> Next(CancellationToken cancel)
    {
        var read = await Receive(cancel) ? ServerEvent.Read(_message.WrittenSpan) : default;
        if (read.Kind == EventKind.Refusal)
        {
            // A token that was revoked leaves the line open for a while: this is the only sign.
            throw new WebSocketConnectionException(
                WebSocketProblem.NotLetIn,
                "the server refuses what is asked"
            );
        }

        if (_message.WrittenCount == 0 || read.Kind == EventKind.Hello)
        {
            _expected = null;
        }

        if (_message.WrittenCount == 0)
        {
            return read;
        }

        if (read.Number is { } number)
        {
            if (_expected is { } expected && number != expected)
            {
                throw new WebSocketConnectionException(
                    WebSocketProblem.Lost,
                    $"event {expected} is missing, {number} came"
                );
            }

            _expected = number + 1;
        }

        return read;
    }

    /// <summary>Asks whether the server is there; any event shows that it is, and if nothing else comes, the answer is one.</summary>
    public Task Ping(CancellationToken cancel) => Say("ping", null, cancel);

    /// <summary>Cuts it: who reads finds it lost.</summary>
    public void Cut() => _socket.Abort();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Connect(HttpMessageInvoker network, Uri address, CancellationToken cancel)
    {
        try
        {
            await _socket.ConnectAsync(address, network, cancel);
        }
        catch (WebSocketException problem)
        {
            throw new WebSocketConnectionException(
                WebSocketProblem.Unreachable,
                (int)_socket.HttpStatusCode == 0
                    ? NetworkReason.Of(problem)
                    : $"the request for a WebSocket was answered {(int)_socket.HttpStatusCode}",
                problem
            )
            {
                Status = (int)_socket.HttpStatusCode == 0 ? null : _socket.HttpStatusCode,
            };
        }
    }

    private async Task LogIn(string token, LineEnd? end, CancellationToken cancel)
    {
        try
        {
            // Whoever is let in by the header is not asked again.
            await Say("authentication_challenge", new ChallengeData(token), cancel);
            if (end is not null)
            {
                (Connection, Number, _expected) = (end.Connection, end.Next - 1, end.Next);
                // What was missed comes without a hello; that nothing was missed, only an answer tells.
                await Say("ping", null, cancel);
            }

            await Hello(end is null ? null : _said, cancel);
        }
        catch (WebSocketConnectionException closed) when (closed.Problem == WebSocketProblem.Lost)
        {
            throw new WebSocketConnectionException(
                WebSocketProblem.CutWhileOpening,
                closed.Message,
                closed
            );
        }
    }

    private async Task Hello(long? asked, CancellationToken cancel)
    {
        while (true)
        {
            var read = await Next(cancel);
            if (read.Kind == EventKind.Hello)
            {
                (Connection, Number) = (read.Connection ?? "", read.Number ?? 0);
                return;
            }

            if (read.Kind == EventKind.Answer && asked is not null && read.Answers == asked)
            {
                IsResumed = true;
                return;
            }

            if (read.Number is not null)
            {
                _early.Enqueue(read);
            }
        }
    }

    private async Task Say(string action, ChallengeData? data, CancellationToken cancel)
    {
        var request = new LineRequest(++_said, action, data);
        try
        {
            await _socket.SendAsync(
                JsonSerializer.SerializeToUtf8Bytes(request, EventListenerJson.Default.LineRequest),
                WebSocketMessageType.Text,
                endOfMessage: true,
                cancel
            );
        }
        catch (Exception problem) when (IsLoss(problem, cancel))
        {
            throw new WebSocketConnectionException(WebSocketProblem.Lost, problem.Message, problem);
        }
    }

    /// <returns>False for a message that is no text.</returns>
    private async Task<bool> Receive(CancellationToken cancel)
    {
        if (_message.Capacity > KeptBuffer)
        {
            _message = new ArrayBufferWriter<byte>(KeptBuffer);
        }

        _message.ResetWrittenCount();
        var isTooLarge = false;
        while (true)
        {
            ValueWebSocketReceiveResult part;
            try
            {
                part = await _socket.ReceiveAsync(_message.GetMemory(8 * 1024), cancel);
            }
            catch (Exception problem) when (IsLoss(problem, cancel))
            {
                throw new WebSocketConnectionException(
                    WebSocketProblem.Lost,
                    problem.Message,
                    problem
                );
            }

            if (part.MessageType == WebSocketMessageType.Close)
            {
                throw new WebSocketConnectionException(
                    WebSocketProblem.Lost,
                    $"closed by the server ({_socket.CloseStatus})"
                );
            }

            isTooLarge |= _message.WrittenCount + part.Count > LargestMessage;
            if (isTooLarge)
            {
                _message.ResetWrittenCount();
            }
            else
            {
                _message.Advance(part.Count);
            }

            if (part.EndOfMessage)
            {
                return part.MessageType == WebSocketMessageType.Text;
            }
        }
    }

    // A socket that is cut says that reading was cancelled, though nobody cancelled it.
    private static bool IsLoss(Exception problem, CancellationToken cancel) =>
        problem
            is WebSocketException
                or IOException
                or ObjectDisposedException
                or InvalidOperationException
        || (problem is OperationCanceledException && !cancel.IsCancellationRequested);
}
