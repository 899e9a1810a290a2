using System.Text.Json.Serialization;

namespace Mattermost.Simulator;

/// <summary>Lists of posts: a channel's, a thread's, the pinned ones.</summary>
internal static class PostListRoutes
{
    public static void MapPostLists(this Api api)
    {
        api.Get("/api/v4/channels/{channel_id}/posts", OfChannel);
        api.Get("/api/v4/channels/{channel_id}/pinned", Pinned);
        api.Get("/api/v4/posts/{post_id}/thread", Thread);
    }

    private static Answer OfChannel(Call call)
    {
        var channel = call.Id("channel_id");
        call.World.DemandRead(call.User, channel);
        var wanted = call.Query("since");
        var since = 0L;
        if (
            wanted.Length > 0
            && !long.TryParse(
                wanted,
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out since
            )
        )
        {
            throw Refuse.Body("since");
        }

        return Answer.Json(since > 0 ? Since(call, channel, since) : Page(call, channel));
    }

    /// <summary>A real server tells no more at once, and which ones it leaves out is its own affair.</summary>
    private const int MostChanged = 1000;

    private static PostListJson Since(Call call, string channel, long since)
    {
        // Deleted posts are told too: that is how a client that was away learns of it.
        var changed = call.World.Posts.Read(
            channel,
            (timeline, post) =>
                timeline
                    .ChangedSince(since)
                    .Select(post)
                    .OrderBy(p => p.Position)
                    .ThenBy(p => p.OriginalId.Length)
                    .Take(MostChanged)
                    .Reverse()
                    .ToList()
        );
        return List(call, channel, changed, "", "", withThreads: true);
    }

    private static PostListJson Page(Call call, string channel)
    {
        var (before, after) = (Anchor(call, "before"), Anchor(call, "after"));
        var (skip, take) = (call.Page * call.PerPage, call.PerPage);
        var (posts, next, previous) = call.World.Posts.Read(
            channel,
            (timeline, post) =>
            {
                var selected = after is not null
                    ? Walk(timeline, post, after.Position + 1, 1)
                        .Skip(skip)
                        .Take(take)
                        .Reverse()
                        .ToList()
                    : Walk(timeline, post, (before?.Position ?? timeline.Count) - 1, -1)
                        .Skip(skip)
                        .Take(take)
                        .ToList();
                return (
                    selected,
                    selected.Count == 0
                        ? null
                        : Walk(timeline, post, selected[0].Position + 1, 1).FirstOrDefault(),
                    selected.Count == 0
                        ? null
                        : Walk(timeline, post, selected[^1].Position - 1, -1).FirstOrDefault()
                );
            }
        );
        return List(
            call,
            channel,
            posts,
            next?.Id ?? "",
            previous?.Id ?? "",
            !call.Flag("skipFetchThreads")
        );
    }

    private static Post? Anchor(Call call, string name)
    {
        var id = call.Query(name);
        return id.Length == 0 ? null
            : Ids.IsValid(id) ? call.World.Posts.FindEvenDeleted(id) ?? throw Refuse.NoPost()
            : throw Refuse.Body(name);
    }

    private static IEnumerable<Post> Walk(
        Timeline timeline,
        Func<string, Post> post,
        int from,
        int step
    )
    {
        for (var i = from; i >= 0 && i < timeline.Count; i += step)
        {
            if (post(timeline[i]) is { DeleteAt: 0 } found)
            {
                yield return found;
            }
        }
    }

    private static Answer Pinned(Call call)
    {
        var channel = call.Id("channel_id");
        call.World.DemandRead(call.User, channel);
        var pinned = call.World.Posts.Read(
            channel,
            (timeline, post) => timeline.Pinned.Select(post).OrderBy(p => p.Position).ToList()
        );
        return Answer.Json(List(call, channel, pinned, "", "", withThreads: false));
    }

    private static Answer Thread(Call call)
    {
        var post = call.World.Posts.Get(call.Id("post_id"));
        ChannelRoutes.Readable(call, call.World.Channels.Get(post.ChannelId));
        var root = post.RootId.Length > 0 ? post.RootId : post.Id;
        var posts = call.World.Posts.Read(
            post.ChannelId,
            (timeline, find) =>
                timeline
                    .RepliesTo(root)
                    .Select(find)
                    .Prepend(find(root))
                    .Where(p => p.DeleteAt == 0)
                    .ToList()
        );
        var list = List(call, post.ChannelId, posts, "", "", withThreads: false, counts: true);
        return Answer.Json(
            call.World.Version.TellsInaccessiblePosts
                ? list with
                {
                    HasNext = false,
                }
                // The root was read twice: as such, and as one of the thread.
                : list with
                {
                    Order = [root, .. list.Order],
                }
        );
    }

    private static PostListJson List(
        Call call,
        string channel,
        List<Post> posts,
        string next,
        string previous,
        bool withThreads,
        bool counts = false
    )
    {
        var all = posts.ToDictionary(p => p.Id, StringComparer.Ordinal);
        if (withThreads)
        {
            call.World.Posts.Read(
                channel,
                (timeline, post) =>
                {
                    foreach (
                        var root in posts
                            .Select(p => p.RootId.Length > 0 ? p.RootId : p.Id)
                            .ToHashSet(StringComparer.Ordinal)
                    )
                    {
                        foreach (var id in timeline.RepliesTo(root).Append(root))
                        {
                            if (post(id) is { DeleteAt: 0 } found)
                            {
                                all.TryAdd(id, found);
                            }
                        }
                    }

                    return true;
                }
            );
        }

        int Replies(Post post) =>
            (counts && call.World.Version.CountsRepliesOfSinglePosts)
            || call.Flag("skipFetchThreads")
            || call.Flag("collapsedThreads")
                ? post.ReplyCount
                : 0;

        return new PostListJson(
            [.. posts.Select(p => p.Id)],
            all.ToDictionary(
                p => p.Key,
                p => PostJson.Of(call.World, p.Value with { ReplyCount = Replies(p.Value) }),
                StringComparer.Ordinal
            ),
            next,
            previous
        )
        {
            FirstInaccessiblePostTime = call.World.Version.TellsInaccessiblePosts ? 0 : null,
        };
    }
}

internal sealed record PostListJson(
    IReadOnlyList<string> Order,
    IReadOnlyDictionary<string, PostJson> Posts,
    string NextPostId,
    string PrevPostId
)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? HasNext { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? FirstInaccessiblePostTime { get; init; }
}
