using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>Who hears of an event: one user, or the members of a channel or team, or everybody.</summary>
internal sealed record Audience(string UserId = "", string ChannelId = "", string TeamId = "")
{
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

    public int Connected => clients.Values.Count(c => c.UserId is not null);

    public void Add(WebSocketClient client)
    {
        clients[client.ConnectionId] = client;
        world.Changes.Signal();
    }

    public void Remove(WebSocketClient client)
    {
        clients.TryRemove(client.ConnectionId, out _);
        world.Changes.Signal();
    }

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
    }

    public void Publish(string kind, Audience audience, Func<JsonObject> data)
    {
        if (clients.IsEmpty)
        {
            return;
        }

        string? text = null;
        foreach (var client in clients.Values)
        {
            if (client.UserId is { } userId && Hears(audience, userId))
            {
                client.Send(text ??= Render(kind, data(), audience));
            }
        }
    }

    /// <summary>An event without its closing <c>seq</c>, which every client counts for itself.</summary>
    public string Render(string kind, JsonObject data, Audience audience)
    {
        var broadcast = new JsonObject
        {
            ["omit_users"] = null,
            ["user_id"] = audience.UserId,
            ["channel_id"] = audience.ChannelId,
            ["team_id"] = audience.TeamId,
        };
        if (world.Version.Major >= 7)
        {
            broadcast["connection_id"] = "";
            broadcast["omit_connection_id"] = "";
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
