using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Tests.Outbox;

/// <content>Channels that the bot opens.</content>
internal sealed partial class ModelChat
{
    /// <summary>Why no channel is opened; null when it is.</summary>
    public ChatObstacle? OpeningRefused { get; set; }

    /// <summary>Who can't be added to channels, and why.</summary>
    public Dictionary<string, ChatObstacle> Unwelcome { get; } = new(StringComparer.Ordinal);

    /// <summary>Why nothing can be pinned; null when it can.</summary>
    public ChatObstacle? PinningRefused { get; set; }

    /// <summary>The channels opened, by their markers.</summary>
    public Dictionary<string, NamedChannel> Opened { get; } = new(StringComparer.Ordinal);

    /// <summary>How often a channel was opened; looking for one that is there is none.</summary>
    public int Openings { get; private set; }

    /// <summary>The headers that each channel had, in order.</summary>
    public Dictionary<string, List<string>> Headers { get; } = new(StringComparer.Ordinal);

    public HashSet<PostId> Pinned { get; } = [];

    private readonly Dictionary<string, SortedSet<string>> _members = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Members(string channel)
    {
        lock (_gate)
        {
            return _members.TryGetValue(channel, out var inside) ? [.. inside] : [];
        }
    }

    public Task<NamedChannel> OpenChannel(NewChannel wanted, CancellationToken cancel) =>
        Request(
            "open",
            wanted.Marker,
            () =>
            {
                if (Opened.TryGetValue(wanted.Marker, out var known))
                {
                    return known;
                }

                if (OpeningRefused is { } obstacle)
                {
                    throw Refused(obstacle);
                }

                Openings++;
                return Opened[wanted.Marker] = new NamedChannel(
                    new ChannelId("room-" + wanted.Name),
                    wanted.Name
                );
            },
            cancel
        );

    public Task<ChatAudience?> Audience(ChannelId channel, CancellationToken cancel) =>
        Task.FromResult<ChatAudience?>(new ChatAudience(false, false, IsDirect: false));

    public Task Admit(ChannelId channel, UserId person, CancellationToken cancel) =>
        Request(
            "admit",
            person.Value,
            () =>
            {
                Admit(channel);
                if (Unwelcome.TryGetValue(person.Value, out var obstacle))
                {
                    throw Refused(obstacle);
                }

                if (!_members.TryGetValue(channel.Value, out var inside))
                {
                    inside = _members[channel.Value] = [];
                }

                return inside.Add(person.Value);
            },
            cancel
        );

    public Task SetHeader(ChannelId channel, Markdown header, CancellationToken cancel) =>
        Request(
            "header",
            channel.Value,
            () =>
            {
                Admit(channel);
                if (!Headers.TryGetValue(channel.Value, out var all))
                {
                    all = Headers[channel.Value] = [];
                }

                var text = header.Show(Names);
                if (all.LastOrDefault() != text)
                {
                    all.Add(text);
                }

                return true;
            },
            cancel
        );

    public Task Pin(PostedAt post, CancellationToken cancel) =>
        Request(
            "pin",
            post.Post.Value,
            () =>
            {
                if (PinningRefused is { } obstacle)
                {
                    throw Refused(obstacle);
                }

                return Pinned.Add(post.Post);
            },
            cancel
        );

    public Task<IReadOnlyList<Bookmark>> Bookmarks(ChannelId channel, CancellationToken cancel) =>
        throw Refused(ChatObstacle.NotOnThisServer);

    public Task<Bookmark> Bookmark(
        ChannelId channel,
        Bookmark bookmark,
        CancellationToken cancel
    ) => throw Refused(ChatObstacle.NotOnThisServer);

    public Task RemoveBookmark(ChannelId channel, Bookmark bookmark, CancellationToken cancel) =>
        throw Refused(ChatObstacle.NotOnThisServer);

    public Task<IReadOnlyList<ChatPresence>> Presences(
        IReadOnlyCollection<UserId> people,
        CancellationToken cancel
    ) => Presence(people, cancel);

    private static ChatException Refused(ChatObstacle obstacle) =>
        new(ChatProblem.Refused, "403 not this") { Obstacle = obstacle };
}
