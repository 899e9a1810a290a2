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
    private readonly KeptEvents kept = new();
    private string token = "";
    private long sequence;
    private long? silentFrom;
    private int toLose;
    private bool isIgnored;
    private bool isCut;

    public string ConnectionId { get; private set; } = Ids.New();

    /// <summary>Nothing arrives any more.</summary>
    public bool IsSilent
    {
        get
        {
            lock (sequenceGate)
            {
                return silentFrom is not null;
            }
        }
    }

    /// <summary>The token was taken away, and today's servers tell such a line nothing more.</summary>
    public bool IsRevoked =>
        world.Version.SilencesRevokedLines
        && token.Length > 0
        && world.Sessions.Find(token) is null;
    public string? UserId { get; private set; }

    /// <summary>The number of the last event that could arrive; -1 before the first.</summary>
    public long LastNumber
    {
        get
        {
            lock (sequenceGate)
            {
                return (silentFrom ?? sequence) - 1;
            }
        }
    }

    public void Send(string eventWithoutSequence)
    {
        lock (sequenceGate)
        {
            var numbered =
                eventWithoutSequence + sequence.ToString(CultureInfo.InvariantCulture) + "}";
            kept.Add(sequence, numbered);
            sequence++;
            if (silentFrom is not null)
            {
                return;
            }

            if (toLose > 0)
            {
                toLose--;
            }
            else
            {
                outgoing.Writer.TryWrite(numbered);
            }
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
            silentFrom ??= sequence;
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

    /// <param name="user">Who the token of the upgrade belongs to; null when it had none.</param>
    /// <param name="given">That token.</param>
    /// <param name="wanted">The line that the client lost, and the number of the event that it expects next.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RunAsync(
        User? user,
        string given,
        (string Line, long Next)? wanted,
        CancellationToken cancellationToken
    )
    {
        isCut = user is not null && world.Lines.CutsLogIn();
        isIgnored = user is not null && !isCut && world.Lines.IgnoresChallenge();
        if (user is not null && !isIgnored && !isCut)
        {
            token = given;
            if (wanted is not { } lost || !TakesUp(user, lost.Line, lost.Next))
            {
                Register(user);
            }

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

    /// <summary>Goes on where a lost line ended: what was missed comes at once, and there is no new hello.</summary>
    private bool TakesUp(User user, string line, long next)
    {
        if (
            !world.Version.ResumesLines
            || world.Hub.TakeUp(line, user.Id) is not { } earlier
            || earlier.MissedFrom(next) is not { } missed
        )
        {
            return false;
        }

        lock (sequenceGate)
        {
            (UserId, ConnectionId, sequence) = (user.Id, line, next);
            foreach (var text in missed)
            {
                kept.Add(sequence, text);
                outgoing.Writer.TryWrite(text);
                sequence++;
            }
        }

        world.Hub.Add(this);
        return true;
    }

    private IReadOnlyList<string>? MissedFrom(long next)
    {
        lock (sequenceGate)
        {
            return kept.From(next, sequence);
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
        if (world.Version.ResumesLines)
        {
            hello["server_hostname"] = "stand-in";
        }

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
            // A line whose token was revoked stays open; what it asks is refused.
            case not null when token.Length > 0 && world.Sessions.Find(token) is null:
                Fail(
                    reply,
                    world.Version.SilencesRevokedLines
                        ? "api.web_socket_router.not_authenticated.app_error"
                        : "api.context.invalid_token.error",
                    401
                );
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
        var error = JsonNode.Parse(Wire.Bytes(new AppError(id, Messages.Of(id), status)))!;
        error.AsObject().Remove("request_id");
        Raw(
            new JsonObject
            {
                ["status"] = "FAIL",
                ["seq_reply"] = reply,
                ["error"] = error,
            }
        );
    }

    private void Raw(JsonObject message)
    {
        lock (sequenceGate)
        {
            if (silentFrom is null)
            {
                Say(message.ToJsonString(Wire.Options));
            }
        }
    }
}
