using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>
/// Who follows a thread: who wrote its root, who replied, who is mentioned in it, and the other person of a direct
/// message; not who only reacted or clicked. A thread begins with its first reply: nobody follows it before.
/// </summary>
internal sealed class Threads(World world)
{
    private readonly Dictionary<string, Dictionary<string, int>> unreadByRoot = new(
        StringComparer.Ordinal
    );

    /// <summary>Who follows, or will when somebody replies.</summary>
    public IReadOnlyList<string> FollowersOf(Post root)
    {
        lock (world.Gate)
        {
            return unreadByRoot.TryGetValue(root.Id, out var followers)
                ? [.. followers.Keys]
                : [.. Concerned(root)];
        }
    }

    /// <summary>Counts a reply, and returns who followed before it.</summary>
    public IReadOnlyList<string> Replied(Post root, Post reply)
    {
        lock (world.Gate)
        {
            if (!unreadByRoot.TryGetValue(root.Id, out var followers))
            {
                unreadByRoot.Add(root.Id, followers = new(StringComparer.Ordinal));
            }

            List<string> before = [.. followers.Keys];
            foreach (var user in Concerned(root).Concat(Concerned(reply)))
            {
                followers.TryAdd(user, 0);
            }

            foreach (var user in followers.Keys.ToList())
            {
                // Whoever writes has read.
                followers[user] = user == reply.UserId ? 0 : followers[user] + 1;
            }

            return before;
        }
    }

    /// <summary>Tells each follower of a thread that it went on.</summary>
    public void TellFollowers(Post root, Post reply, Channel channel)
    {
        if (!world.Version.HasThreadEvents || !world.Config.Current.CollapsesThreads)
        {
            return;
        }

        Dictionary<string, int> followers;
        lock (world.Gate)
        {
            followers = new(unreadByRoot[root.Id], StringComparer.Ordinal);
        }

        foreach (var (user, unread) in followers)
        {
            world.Hub.Publish(
                "thread_updated",
                new Audience(UserId: user, TeamId: channel.TeamId),
                () =>
                    new()
                    {
                        ["previous_unread_mentions"] = 0,
                        ["previous_unread_replies"] = Math.Max(unread - 1, 0),
                        ["thread"] = Wire.Go(Json(root, reply, unread).ToJsonString(Wire.Options)),
                    }
            );
        }
    }

    private JsonObject Json(Post root, Post reply, int unread)
    {
        var replies = world.Posts.RepliesTo(root);
        return new JsonObject
        {
            ["id"] = root.Id,
            ["reply_count"] = root.ReplyCount,
            ["last_reply_at"] = reply.CreateAt,
            ["last_viewed_at"] = 0,
            ["participants"] = UserJson.List(
                world.Version,
                replies
                    .Select(r => r.UserId)
                    .Distinct(StringComparer.Ordinal)
                    .Select(world.Users.Find)
                    .OfType<User>(),
                viewer: null
            ),
            ["post"] = JsonNode.Parse(
                Wire.Bytes(
                    PostJson.Of(world, root with { ReplyCount = 0 }) with
                    {
                        Metadata = null,
                    }
                )
            ),
            ["unread_replies"] = unread,
            ["unread_mentions"] = 0,
            ["is_urgent"] = root.Priority == "urgent",
            ["delete_at"] = 0,
        };
    }

    private IEnumerable<string> Concerned(Post post)
    {
        var channel = world.Channels.Get(post.ChannelId);
        var mentions = PostProps.UserMentions(post.Message).ToList();
        return channel.Type == "D" || mentions.Exists(m => m is "all" or "channel")
            ? world.Channels.MembersOf(channel.Id).Select(m => m.UserId).Append(post.UserId)
            : PostEvents.Mentioned(world, post, channel).Prepend(post.UserId);
    }
}
