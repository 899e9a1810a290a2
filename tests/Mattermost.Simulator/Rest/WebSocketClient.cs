using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Mattermost.Simulator;

/// <summary>One WebSocket connection: authenticates, hears events in order, answers actions.</summary>
internal sealed class WebSocketClient(World world, WebSocket socket)
{
    private readonly Channel<string> outgoing =
        System.Threading.Channels.Channel.CreateUnbounded<string>(
            new UnboundedChannelOptions { SingleReader = true }
        );
    private static readonly TimeSpan TimeToLogIn = TimeSpan.FromSeconds(5);
    private readonly Lock sequenceGate = new();
    private string token = "";
    private long sequence;
    private int toLose;
    private bool isSilent;
    private bool isIgnored;
    private bool isCut;

    public string ConnectionId { get; } = Ids.New();
    public string? UserId { get; private set; }

    /// <summary>The number of the last event; -1 before the first.</summary>
    public long LastNumber
    {
        get
        {
            lock (sequenceGate)
            {
                return sequence - 1;
            }
        }
    }

    public void Send(string eventWithoutSequence)
    {
        lock (sequenceGate)
        {
            if (isSilent)
            {
                return;
            }

            if (toLose > 0)
            {
                toLose--;
            }
            else
            {
                outgoing.Writer.TryWrite(
                    eventWithoutSequence + sequence.ToString(CultureInfo.InvariantCulture) + "}"
                );
            }

            sequence++;
        }
    }

    /// <summary>So many events are counted and never arrive.</summary>
    public void Lose(int events)
    {
        lock (sequenceGate)
        {
            toLose += events;
        }
    }

    /// <summary>Nothing arrives any more, though the line stays open.</summary>
    public void FallSilent()
    {
        lock (sequenceGate)
        {
            isSilent = true;
        }
    }

    /// <summary>Sends something as it is.</summary>
    public void Say(string text) => outgoing.Writer.TryWrite(text);

    public void Abort()
    {
        // At once: whoever asks next must not be told of a line that is being cut.
        world.Hub.Remove(this);
        socket.Abort();
    }

    private void AbortStranger()
    {
        if (UserId is null)
        {
            socket.Abort();
        }
    }

    public async Task RunAsync(User? user, string bearer, CancellationToken cancellationToken)
    {
        isCut = user is not null && world.Lines.CutsLogIn();
        isIgnored = user is not null && !isCut && world.Lines.IgnoresChallenge();
        if (user is not null && !isIgnored && !isCut)
        {
            token = bearer;
            Register(user);
            world.Statuses.Set(user.Id, "online", manual: false);
        }

        world.Lines.Opened();
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = WriteAllAsync(closing.Token);
        await using var patience = world.Options.Time.CreateTimer(
            _ => AbortStranger(),
            null,
            TimeToLogIn,
            Timeout.InfiniteTimeSpan
        );
        try
        {
            await ReadAllAsync(cancellationToken);
        }
        catch (Exception lost) when (lost is WebSocketException or OperationCanceledException)
        {
            // A client that goes away needs nothing.
        }
        finally
        {
            world.Hub.Remove(this);
            outgoing.Writer.TryComplete();
            await closing.CancelAsync();
            await writing;
        }
    }

    private void Register(User user)
    {
        UserId = user.Id;
        var hello = new JsonObject
        {
            ["connection_id"] = ConnectionId,
            ["server_version"] = $"{world.Options.ServerVersion}..0.false",
        };
        Send(world.Hub.Render("hello", hello, Audience.User(user.Id)));
        world.Hub.Add(this);
    }

    private async Task WriteAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in outgoing.Reader.ReadAllAsync(cancellationToken))
            {
                await socket.SendAsync(
                    Encoding.UTF8.GetBytes(message),
                    WebSocketMessageType.Text,
                    endOfMessage: true,
                    cancellationToken
                );
            }
        }
        catch (Exception lost)
            when (lost
                    is WebSocketException
                        or OperationCanceledException
                        or ObjectDisposedException
            )
        {
            socket.Abort();
        }
    }

    private async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[8192];
        using var message = new MemoryStream();
        while (socket.State == WebSocketState.Open)
        {
            var part = await socket.ReceiveAsync(buffer, cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseAsync(
                    WebSocketCloseStatus.NormalClosure,
                    null,
                    cancellationToken
                );
                return;
            }

            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                Answer(Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length));
                message.SetLength(0);
            }
        }
    }

    private void Answer(string text)
    {
        JsonElement message;
        try
        {
            message = Wire.Parse(text);
        }
        catch (JsonException)
        {
            socket.Abort();
            return;
        }

        var reply = message.Number("seq") ?? 0;
        if (message.Str("action") == "ping")
        {
            world.Lines.HeardPing();
        }

        switch (message.Str("action"))
        {
            case null or "":
                Fail(reply, "api.web_socket_router.no_action.app_error", 400);
                break;
            case not null when reply <= 0:
                Fail(reply, "api.web_socket_router.bad_seq.app_error", 400);
                break;
            case "authentication_challenge" when isCut:
                socket.Abort();
                break;
            case "authentication_challenge" when UserId is null:
                if (!isIgnored && !world.Lines.IgnoresChallenge())
                {
                    Authenticate(message, reply);
                }

                break;
            case "authentication_challenge":
                break;
            case not null when UserId is null:
                // The server's answer goes to the connections of a user: nobody's hear nothing.
                break;
            // A line whose token was revoked stays open, and even hears; only what it asks is refused.
            case not null when token.Length > 0 && world.Sessions.Find(token) is null:
                Fail(reply, "api.context.invalid_token.error", 401);
                break;
            case "ping":
                Raw(
                    new JsonObject
                    {
                        ["status"] = "OK",
                        ["data"] = new JsonObject { ["text"] = "pong" },
                        ["seq_reply"] = reply,
                    }
                );
                break;
            case "user_typing" or "get_statuses" or "user_update_active_status" or "presence":
                Raw(new JsonObject { ["status"] = "OK", ["seq_reply"] = reply });
                break;
            default:
                Fail(reply, "api.web_socket_router.bad_action.app_error", 500);
                break;
        }
    }

    private void Authenticate(JsonElement message, long reply)
    {
        var challenge = message.Get("data")?.Str("token") ?? "";
        if (world.Sessions.Find(challenge) is not { } found)
        {
            socket.Abort();
            return;
        }

        token = challenge;
        Register(found.User);
        Raw(new JsonObject { ["status"] = "OK", ["seq_reply"] = reply });
        world.Statuses.Set(found.User.Id, "online", manual: false);
    }

    private void Fail(long reply, string id, int status)
    {
        var error = Wire.Text(new AppError(id, Messages.Of(id), status));
        Raw(
            new JsonObject
            {
                ["status"] = "FAIL",
                ["seq_reply"] = reply,
                ["error"] = JsonNode.Parse(error),
            }
        );
    }

    private void Raw(JsonObject message)
    {
        lock (sequenceGate)
        {
            if (!isSilent)
            {
                Say(message.ToJsonString(Wire.Options));
            }
        }
    }
}
