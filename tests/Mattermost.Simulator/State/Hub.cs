using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>Who hears of an event: one user, or the members of a channel or team, or everybody.</summary>
internal sealed record Audience(string UserId = "", string ChannelId = "", string TeamId = "")
{
    /// <summary>Who is told apart, or not at all.</summary>
    public string OmitUser { get; init; } = "";

    /// <summary>What is told has less in it than what it is about.</summary>
    public bool IsSanitized { get; init; }

    public static Audience User(string id) => new(UserId: id);

    public static Audience Channel(string id) => new(ChannelId: id);

    public static Audience Team(string id) => new(TeamId: id);
}

/// <summary>Carries events to the WebSocket clients that may hear them.</summary>
internal sealed class Hub(World world)
{
    private readonly ConcurrentDictionary<string, WebSocketClient> clients = new(
        StringComparer.Ordinal
    );

    /// <summary>Lines that were lost, and may be taken up again for a while.</summary>
    private readonly ConcurrentDictionary<string, (WebSocketClient Line, long LostAt)> lost = new(
        StringComparer.Ordinal
    );

    private const int MostLost = 32;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    public int Connected => clients.Values.Count(c => c.UserId is not null);

    public void Add(WebSocketClient client)
    {
        clients[client.ConnectionId] = client;
        world.Changes.Signal();
    }

    public void Remove(WebSocketClient client)
    {
        // A line that was taken up again has the same name: only its own client ends it.
        if (
            clients.TryRemove(KeyValuePair.Create(client.ConnectionId, client))
            && world.Version.ResumesLines
        )
        {
            lost[client.ConnectionId] = (client, world.Now);
            if (lost.Count > MostLost)
            {
                lost.TryRemove(lost.MinBy(l => l.Value.LostAt).Key, out _);
            }
        }

        world.Changes.Signal();
    }

    /// <summary>
    /// The line of a user that a client takes up again, if it is remembered; it is forgotten with that. One that fell
    /// silent counts as lost, whether or not the server has noticed.
    /// </summary>
    public WebSocketClient? TakeUp(string connectionId, string userId)
    {
        if (
            clients.TryGetValue(connectionId, out var silent)
            && silent.IsSilent
            && silent.UserId == userId
        )
        {
            clients.TryRemove(connectionId, out _);
            return silent;
        }

        return
            lost.TryGetValue(connectionId, out var found)
            && found.Line.UserId == userId
            && world.Now - found.LostAt <= Remembered.TotalMilliseconds
            && lost.TryRemove(connectionId, out _)
            ? found.Line
            : null;
    }

    /// <summary>The server forgets the lines that were lost, as after a restart.</summary>
    public void ForgetLost() => lost.Clear();

    /// <summary>The connections of a user.</summary>
    public IEnumerable<WebSocketClient> Of(string userId) =>
        clients.Values.Where(c => c.UserId == userId);

    /// <summary>Cuts all connections as a restarting server does; events until they return are lost.</summary>
    public void DropAll()
    {
        foreach (var client in clients.Values)
        {
            client.Abort();
        }

        ForgetLost();
    }

    /// <param name="kind">The name of the event.</param>
    /// <param name="audience">Who hears it.</param>
    /// <param name="data">What all hear.</param>
    /// <param name="own">What one of them hears besides; null for nothing.</param>
    public void Publish(
        string kind,
        Audience audience,
        Func<JsonObject> data,
        Func<string, JsonObject?>? own = null
    )
    {
        if (clients.IsEmpty && lost.IsEmpty)
        {
            return;
        }

        string? text = null;
        foreach (var client in clients.Values.Concat(lost.Values.Select(l => l.Line)))
        {
            if (client.UserId is not { } userId || client.IsRevoked || !Hears(audience, userId))
            {
                continue;
            }

            client.Send(
                own?.Invoke(userId) is { } part
                    ? Render(kind, Merged(data(), part), audience)
                    : text ??= Render(kind, data(), audience)
            );
        }
    }

    private static JsonObject Merged(JsonObject data, JsonObject part)
    {
        foreach (var (name, value) in part)
        {
            data[name] = value?.DeepClone();
        }

        return data;
    }

    /// <summary>An event without its closing <c>seq</c>, which every client counts for itself.</summary>
    public string Render(string kind, JsonObject data, Audience audience)
    {
        var broadcast = new JsonObject
        {
            ["omit_users"] =
                audience.OmitUser.Length > 0 ? new JsonObject { [audience.OmitUser] = true } : null,
            ["user_id"] = audience.UserId,
            ["channel_id"] = audience.ChannelId,
            ["team_id"] = audience.TeamId,
        };
        if (world.Version.Major >= 7)
        {
            broadcast["connection_id"] = "";
            broadcast["omit_connection_id"] = "";
            if (audience.IsSanitized)
            {
                broadcast["contains_sanitized_data"] = true;
            }
        }

        var message = new JsonObject
        {
            ["event"] = kind,
            ["data"] = data,
            ["broadcast"] = broadcast,
        };
        return message.ToJsonString(Wire.Options)[..^1] + ",\"seq\":";
    }

    private bool Hears(Audience audience, string userId)
    {
        if (audience.OmitUser == userId)
        {
            return false;
        }

        if (audience.UserId.Length > 0)
        {
            return audience.UserId == userId;
        }

        if (audience.ChannelId.Length > 0)
        {
            return world.Channels.Membership(audience.ChannelId, userId) is not null;
        }

        return audience.TeamId.Length == 0
            || world.Teams.Membership(audience.TeamId, userId) is not null;
    }
}
