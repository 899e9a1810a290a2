using System.Collections.Immutable;

namespace Mattermost.Simulator;

/// <summary>All posts, and the rules by which they come to be, change and go.</summary>
internal sealed class Posts(World world)
{
    private readonly Dictionary<string, Post> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Timeline> timelines = new(StringComparer.Ordinal);
    private const int MostOldVersions = 5_000;
    private readonly PendingPosts pending = new(world);
    private readonly Queue<string> oldVersions = new();

    public void Open(string channelId) => timelines.Add(channelId, new Timeline());

    public Post? Find(string? id)
    {
        lock (world.Gate)
        {
            return id is not null && byId.TryGetValue(id, out var post) && post.DeleteAt == 0
                ? post
                : null;
        }
    }

    public Post Get(string? id) => Find(id) ?? throw Refuse.NoPost();

    /// <summary>The post even when it has been deleted.</summary>
    public Post? FindEvenDeleted(string id)
    {
        lock (world.Gate)
        {
            return byId.GetValueOrDefault(id);
        }
    }

    public T Read<T>(string channelId, Func<Timeline, Func<string, Post>, T> read)
    {
        lock (world.Gate)
        {
            return read(timelines[channelId], id => byId[id]);
        }
    }

    /// <summary>Creates a post as its author; the same pending id within 30 seconds gives the same post again.</summary>
    public Post Create(Post draft, User author, Channel channel, bool triggersHooks)
    {
        Post created;
        Post? root = null;
        IReadOnlyList<string> followers = [];
        lock (world.Gate)
        {
            if (pending.PostFor(draft.PendingPostId) is { } earlier)
            {
                return byId[earlier];
            }

            CheckRoot(draft, channel);
            created = Complete(draft, author, channel);
            PostRules.CheckSize(world.Version, created);
            var attached = world.Files.Attach(created);
            created = created with
            {
                FileIds = attached,
                LostFiles = attached.IsEmpty && created.FileIds.Length > 0,
            };
            // The pending id is echoed to the creator and not stored.
            byId.Add(created.Id, created with { PendingPostId = "", LostFiles = false });
            timelines[channel.Id].Add(created);
            pending.Remember(created);
            if (created.RootId.Length > 0)
            {
                var before = byId[created.RootId];
                root = before with
                {
                    ReplyCount = before.ReplyCount + 1,
                    LastReplyAt = created.CreateAt,
                };
                Store(root);
                followers = world.Threads.Replied(root, created);
                if (world.Version.CountsRepliesOfSinglePosts)
                {
                    created = created with { ReplyCount = root.ReplyCount };
                }
            }

            world.Channels.Change(
                channel.Id,
                c =>
                    c with
                    {
                        LastPostAt = created.CreateAt,
                        TotalMsgCount = c.TotalMsgCount + (TellsOfMembers(created) ? 0 : 1),
                    }
            );
        }

        PostEvents.Posted(world, created, author, channel, followers);
        if (root is not null)
        {
            world.Threads.TellFollowers(root, created, channel);
        }

        if (triggersHooks && channel.IsOpen && created.Props.Get("from_webhook") is null)
        {
            world.OutgoingCalls.React(created, author, channel);
        }

        return created;
    }

    /// <summary>The replies of a thread, oldest first.</summary>
    public IReadOnlyList<Post> RepliesTo(Post root)
    {
        lock (world.Gate)
        {
            return
            [
                .. timelines[root.ChannelId]
                    .RepliesTo(root.Id)
                    .Select(id => byId[id])
                    .Where(r => r.DeleteAt == 0),
            ];
        }
    }

    private void CheckRoot(Post draft, Channel channel)
    {
        if (draft.RootId.Length == 0)
        {
            return;
        }

        var root = Find(draft.RootId);
        if (root is null || root.RootId.Length > 0)
        {
            throw Refuse.With("api.post.create_post.root_id.app_error", 400);
        }

        if (root.ChannelId != channel.Id)
        {
            throw Refuse.With("api.post.create_post.channel_root_id.app_error", 400);
        }
    }

    private Post Complete(Post draft, User author, Channel channel)
    {
        var props = PostProps.Without(draft.FullProps, "add_channel_member");
        if (author.IsBot)
        {
            props = PostProps.With(props, "from_bot", "true");
        }

        return draft with
        {
            Id = draft.Id.Length > 0 ? draft.Id : Ids.New(),
            UserId = author.Id,
            ChannelId = channel.Id,
            CreateAt = world.Now,
            UpdateAt = world.Now,
            FileIds = Files.Checked(world.Version, draft.FileIds),
            FullProps = PostProps.WithChannelMentions(world, props, draft.Message, channel),
            Hashtags = PostProps.Hashtags(draft.Message),
            Position = timelines[channel.Id].Count,
        };
    }

    /// <summary>Changes a post as an edit does: message or attachments that differ make it "edited".</summary>
    public Post Update(string id, Func<Post, Post> change)
    {
        Post updated;
        Post old;
        lock (world.Gate)
        {
            old = Get(id);
            if (old.IsSystemMessage)
            {
                throw Refuse.With("api.post.update_post.system_message.app_error", 400);
            }

            if (world.Channels.Get(old.ChannelId).DeleteAt != 0)
            {
                throw Refuse.With("api.post.update_post.can_not_update_post_in_deleted.error", 400);
            }

            updated = change(old) with { UpdateAt = world.Now };
            PostRules.CheckSize(world.Version, updated);
            KeepOldVersion(old);
            var edited = updated.Message != old.Message || !PostRules.SameAttachments(updated, old);
            updated = edited
                ? updated with
                {
                    EditAt = world.Now,
                    Hashtags = PostProps.Hashtags(updated.Message),
                }
                : updated;
            Store(updated);
        }

        PostEvents.Edited(world, old, updated);
        return updated;
    }

    /// <summary>A change leaves the old version behind, deleted, under an id of its own: lists of what changed tell it.</summary>
    private void KeepOldVersion(Post old)
    {
        var kept = old with
        {
            Id = Ids.New(),
            OriginalId = old.Id,
            UpdateAt = world.Now,
            DeleteAt = world.Now,
            IsPinned = false,
            GivenReactions = [],
        };
        Store(kept);
        oldVersions.Enqueue(kept.Id);
        // Nobody reads far back; hours of load must not fill the memory.
        if (oldVersions.Count > MostOldVersions)
        {
            byId.Remove(oldVersions.Dequeue(), out var forgotten);
            timelines[forgotten!.ChannelId].Forget(forgotten);
        }
    }

    public void Delete(string id)
    {
        var deleted = ImmutableArray.CreateBuilder<Post>();
        lock (world.Gate)
        {
            var post = Get(id);
            deleted.Add(post);
            deleted.AddRange(
                timelines[post.ChannelId]
                    .RepliesTo(id)
                    .Select(r => byId[r])
                    .Where(r => r.DeleteAt == 0)
            );
            foreach (var gone in deleted)
            {
                Store(gone with { DeleteAt = world.Now, UpdateAt = world.Now });
                world.Files.DeleteOf(gone);
            }

            if (post.RootId.Length > 0 && byId.TryGetValue(post.RootId, out var root))
            {
                Store(root with { ReplyCount = root.ReplyCount - 1 });
            }
        }

        PostEvents.Deleted(world, deleted[0]);
    }

    /// <summary>
    /// Reacting again makes the same reaction newer, and giving back one that was taken away keeps the time at which it
    /// was first given: those who listen are told a new time, those who ask the first one.
    /// </summary>
    public Reaction React(User user, Post post, string emoji, long createAt = 0)
    {
        Reaction told;
        lock (world.Gate)
        {
            var now = world.Now;
            told = new Reaction(
                user.Id,
                post.Id,
                emoji,
                createAt > 0 ? createAt : now,
                now,
                ChannelId: post.ChannelId
            );
            var current = Get(post.Id);
            if (
                world.Version.MaxEmojisOfPost is { } most
                && current
                    .Reactions.Select(r => r.EmojiName)
                    .Append(emoji)
                    .Distinct(StringComparer.Ordinal)
                    .Count() > most
            )
            {
                throw Refuse.With("app.reaction.save.save.too_many_reactions", 400);
            }

            var known = current.GivenReactions.FirstOrDefault(r => Same(r, user.Id, emoji));
            Store(
                current with
                {
                    GivenReactions =
                    [
                        .. current.GivenReactions.Where(r => r != known),
                        known is null ? told : known with { UpdateAt = now, DeleteAt = 0 },
                    ],
                    UpdateAt = now,
                }
            );
        }

        PostEvents.Reacted(world, "reaction_added", post, told);
        return told;
    }

    public void Unreact(string userId, Post post, string emoji)
    {
        var now = world.Now;
        lock (world.Gate)
        {
            var current = Get(post.Id);
            Store(
                current with
                {
                    GivenReactions =
                    [
                        .. current.GivenReactions.Select(r =>
                            Same(r, userId, emoji) ? r with { UpdateAt = now, DeleteAt = now } : r
                        ),
                    ],
                    UpdateAt = now,
                }
            );
        }

        var told = new Reaction(userId, post.Id, emoji, 0, now);
        PostEvents.Reacted(world, "reaction_removed", post, told);
    }

    private static bool Same(Reaction reaction, string userId, string emoji) =>
        reaction.UserId == userId && reaction.EmojiName == emoji;

    private void Store(Post post)
    {
        byId[post.Id] = post;
        timelines[post.ChannelId].Touched(post);
        world.Changes.Signal();
    }

    // Who comes and goes is no message that somebody has not read.
    private static bool TellsOfMembers(Post post) =>
        post.Type
            is "system_join_channel"
                or "system_leave_channel"
                or "system_add_to_channel"
                or "system_remove_from_channel"
                or "system_join_team"
                or "system_leave_team"
                or "system_add_to_team"
                or "system_remove_from_team";
}
