using System.Text.Json;
using Sidecar.Chat;
using Sidecar.Ids;

namespace Sidecar.Mattermost;

/// <summary>What a message on the WebSocket is.</summary>
internal enum EventKind
{
    /// <summary>Something that does not concern us.</summary>
    Other,

    /// <summary>Who connected is let in.</summary>
    Hello,

    /// <summary>Somebody reacted.</summary>
    ReactionAdded,

    /// <summary>Something about somebody's account, or their place in a team, changed.</summary>
    AccountChanged,

    /// <summary>Something about a channel changed, its name perhaps.</summary>
    ChannelChanged,

    /// <summary>Somebody came into a channel.</summary>
    SomebodyJoined,

    /// <summary>A public channel was made private, or the other way round.</summary>
    ChannelConverted,

    /// <summary>An answer to something we said.</summary>
    Answer,

    /// <summary>An answer to something we said: no.</summary>
    Refusal,

    /// <summary>Nothing that Mattermost would send.</summary>
    Garbage,
}

/// <summary>
/// A message on the WebSocket, read in one pass. On a busy server nearly all of them are somebody else's posts: of those
/// nothing is kept and nothing is made.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">Its place among the events of this line; null for what is not counted.</param>
/// <param name="Reaction">The reaction, when it is one that can be read.</param>
/// <param name="Connection">The name that the server gave to the line, with a hello; older servers give none.</param>
/// <param name="Answers">What of ours it answers.</param>
/// <param name="Account">Whose account changed; null when the event does not say.</param>
/// <param name="Channel">Which channel changed, with the name it has now; null when the event does not say.</param>
/// <param name="Readers">Which channel others read now; null when the event does not say.</param>
internal readonly record struct ServerEvent(
    EventKind Kind,
    long? Number = null,
    HeardReaction? Reaction = null,
    string? Connection = null,
    long? Answers = null,
    UserId? Account = null,
    NamedChannel? Channel = null,
    ChannelId? Readers = null
)
{
    /// <summary>Mattermost has no longer name of a channel.</summary>
    private const int LongestName = 64;

    public static ServerEvent Garbage { get; } = new(EventKind.Garbage);

    public static ServerEvent Read(ReadOnlySpan<byte> message)
    {
        try
        {
            return ReadObject(message);
        }
        catch (Exception unreadable)
            when (unreadable is JsonException or InvalidOperationException or FormatException)
        {
            return Garbage;
        }
    }

    private static ServerEvent ReadObject(ReadOnlySpan<byte> message)
    {
        var json = new Utf8JsonReader(message);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return Garbage;
        }

        var (kind, number, data) = (EventKind.Other, (long?)null, default(Range));
        var broadcast = default(Range);
        long? answers = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("event"u8))
            {
                json.Read();
                kind =
                    json.ValueTextEquals("reaction_added"u8) ? EventKind.ReactionAdded
                    : json.ValueTextEquals("hello"u8) ? EventKind.Hello
                    : json.ValueTextEquals("channel_updated"u8) ? EventKind.ChannelChanged
                    : json.ValueTextEquals("user_added"u8) ? EventKind.SomebodyJoined
                    : json.ValueTextEquals("channel_converted"u8) ? EventKind.ChannelConverted
                    : IsAboutAnAccount(json) ? EventKind.AccountChanged
                    : EventKind.Other;
            }
            else if (json.ValueTextEquals("data"u8))
            {
                data = Value(ref json);
            }
            else if (json.ValueTextEquals("broadcast"u8))
            {
                broadcast = Value(ref json);
            }
            else if (json.ValueTextEquals("seq"u8))
            {
                json.Read();
                number = json.GetInt64();
            }
            else if (json.ValueTextEquals("seq_reply"u8))
            {
                json.Read();
                answers = json.GetInt64();
            }
            else if (json.ValueTextEquals("status"u8))
            {
                json.Read();
                kind = json.ValueTextEquals("OK"u8) ? EventKind.Answer : EventKind.Refusal;
            }
            else
            {
                json.Skip();
            }
        }

        // Whatever follows the object makes the message no JSON.
        json.Read();
        return kind switch
        {
            EventKind.ReactionAdded => new(kind, number, ReactionIn(message[data])),
            EventKind.AccountChanged => new(kind, number, Account: AccountIn(message[data])),
            EventKind.ChannelChanged => new(kind, number, Channel: ChannelIn(message[data])),
            EventKind.SomebodyJoined => new(kind, number, Readers: PlaceIn(message[broadcast])),
            EventKind.ChannelConverted => new(kind, number, Readers: PlaceIn(message[data])),
            EventKind.Hello => new(
                kind,
                number,
                Connection: Member(message[data], "connection_id"u8)
            ),
            _ => new(kind, number, Answers: answers),
        };
    }

    private static Range Value(ref Utf8JsonReader json)
    {
        json.Read();
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return start..(int)json.BytesConsumed;
    }

    private static ChannelId? PlaceIn(ReadOnlySpan<byte> said)
    {
        try
        {
            return Member(said, "channel_id"u8) is { } id && IdForm.Fits(id)
                ? new ChannelId(id)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsAboutAnAccount(in Utf8JsonReader json) =>
        json.ValueTextEquals("user_updated"u8)
        || json.ValueTextEquals("user_role_updated"u8)
        || json.ValueTextEquals("user_removed"u8)
        || json.ValueTextEquals("user_activation_status_change"u8)
        || json.ValueTextEquals("leave_team"u8)
        || json.ValueTextEquals("added_to_team"u8)
        || json.ValueTextEquals("memberrole_updated"u8);

    /// <summary>Whom it is about: as an id, or in an account or a membership, which some servers write as a text.</summary>
    private static UserId? AccountIn(ReadOnlySpan<byte> data)
    {
        try
        {
            var id =
                Member(data, "user_id"u8)
                ?? Nested(data, "user"u8, "id"u8)
                ?? Nested(data, "member"u8, "user_id"u8);
            return IdForm.Fits(id) ? new UserId(id!) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static NamedChannel? ChannelIn(ReadOnlySpan<byte> data)
    {
        try
        {
            var id = Nested(data, "channel"u8, "id"u8);
            return
                IdForm.Fits(id)
                && Nested(data, "channel"u8, "name"u8) is { Length: > 0 and <= LongestName } name
                ? new NamedChannel(new ChannelId(id!), name)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Nested(
        ReadOnlySpan<byte> data,
        ReadOnlySpan<byte> name,
        ReadOnlySpan<byte> inner
    )
    {
        var json = new Utf8JsonReader(data);
        while (!data.IsEmpty && json.Read())
        {
            if (json.TokenType == JsonTokenType.PropertyName && json.CurrentDepth == 1)
            {
                var found = json.ValueTextEquals(name);
                json.Read();
                var start = (int)json.TokenStartIndex;
                if (found && json.TokenType == JsonTokenType.String)
                {
                    return Member(System.Text.Encoding.UTF8.GetBytes(json.GetString()!), inner);
                }

                json.Skip();
                if (found)
                {
                    return Member(data[start..(int)json.BytesConsumed], inner);
                }
            }
        }

        return null;
    }

    /// <summary>A reaction that can't be read is an event all the same: the next one's number follows it.</summary>
    private static HeardReaction? ReactionIn(ReadOnlySpan<byte> data)
    {
        try
        {
            return
                Member(data, "reaction"u8) is { } nested
                && JsonSerializer.Deserialize(nested, EventListenerJson.Default.ReadReaction)
                    is { } reaction
                ? reaction.Heard()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Member(ReadOnlySpan<byte> data, ReadOnlySpan<byte> name)
    {
        var json = new Utf8JsonReader(data);
        while (!data.IsEmpty && json.Read())
        {
            if (json.TokenType == JsonTokenType.PropertyName && json.CurrentDepth == 1)
            {
                var found = json.ValueTextEquals(name);
                json.Read();
                if (found)
                {
                    return json.TokenType == JsonTokenType.String ? json.GetString() : null;
                }

                json.Skip();
            }
        }

        return null;
    }
}
