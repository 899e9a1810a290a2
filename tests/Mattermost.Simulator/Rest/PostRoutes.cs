using System.Collections.Immutable;
using System.Text.Json;

namespace Mattermost.Simulator;

/// <summary>Posts: creating, changing, deleting, pinning.</summary>
internal static class PostRoutes
{
    public static void MapPosts(this Api api)
    {
        api.Post("/api/v4/posts", Create);
        api.Post("/api/v4/posts/ephemeral", Ephemeral);
        api.Get("/api/v4/posts/{post_id}", Get);
        api.Put("/api/v4/posts/{post_id}", Put);
        api.Put("/api/v4/posts/{post_id}/patch", Patch);
        api.Delete("/api/v4/posts/{post_id}", Delete);
        api.Post("/api/v4/posts/{post_id}/pin", c => Pin(c, pinned: true));
        api.Post("/api/v4/posts/{post_id}/unpin", c => Pin(c, pinned: false));
        api.Post("/api/v4/posts/ids", ByIds);
    }

    private static Answer Create(Call call)
    {
        var body = call.Json("post");
        var channelId = body.Str("channel_id") ?? "";
        var world = call.World;
        var channel = world.Channels.Find(channelId);
        if (channel is null || !world.MayInChannel(call.User, channelId, Permission.CreatePost))
        {
            throw Refuse.Permission(Permission.CreatePost);
        }

        if (body.Str("type") is { } type && type.StartsWith("system_", StringComparison.Ordinal))
        {
            throw Refuse.Param("post.type");
        }

        if (channel.DeleteAt != 0)
        {
            throw Refuse.With("api.post.create_post.can_not_post_to_deleted.error", 400);
        }

        var draft = WithPriority(call, body, Draft(body, channelId, call.User.Id));
        var post = world.Posts.Create(draft, call.User, channel, triggersHooks: true);
        TellViewed(world, draft, post, call.User);
        if (call.Query("set_online") != "false")
        {
            world.Statuses.Set(call.User.Id, "online", manual: false);
        }

        return Answer.Created(PostJson.Of(world, post));
    }

    /// <summary>Priority works without a licence, on root posts; what else can be asked for with it does not.</summary>
    private static Post WithPriority(Call call, JsonElement body, Post draft)
    {
        if (
            !call.World.Version.HasPriority
            || body.Get("metadata")?.Get("priority") is not { } priority
        )
        {
            return draft;
        }

        if (draft.RootId.Length > 0)
        {
            throw Refuse.With(
                "api.post.post_priority.priority_post_only_allowed_for_root_post.request_error",
                400
            );
        }

        return
            priority.Flag("requested_ack") is true
            || priority.Flag("persistent_notifications") is true
            ? throw Refuse.With("license_error.feature_unavailable", 501)
            : draft with
            {
                Priority = priority.Str("priority") ?? "",
            };
    }

    /// <summary>Whoever writes has read. Posts of bots and webhooks do not count; a bot's repeated post does, by an oversight.</summary>
    private static void TellViewed(World world, Post draft, Post created, User author)
    {
        var isRepeated = draft.PendingPostId.Length > 0 && created.PendingPostId.Length == 0;
        if ((!author.IsBot || isRepeated) && draft.FullProps.Get("from_webhook") is null)
        {
            ChannelEvents.Viewed(world, created.ChannelId, author);
        }
    }

    private static Post Draft(JsonElement body, string channelId, string userId) =>
        new()
        {
            Id = "",
            ChannelId = channelId,
            UserId = userId,
            RootId = body.Str("root_id") ?? "",
            Message = body.Str("message") ?? "",
            Type = body.Str("type") ?? "",
            PendingPostId = body.Str("pending_post_id") ?? "",
            FileIds = [.. body.Get("file_ids").Strings()],
            IsPinned = body.Flag("is_pinned") ?? false,
            FullProps = body.Get("props") is { ValueKind: JsonValueKind.Object } props
                ? props
                : Wire.EmptyObject,
        };

    private static Answer Ephemeral(Call call)
    {
        var body = call.Json("post");
        var userId = body.Str("user_id") is { Length: > 0 } id ? id : throw Refuse.Body("user_id");
        var post = body.Get("post") ?? throw Refuse.Body("post");
        call.World.Demand(call.User, Permission.CreatePostEphemeral);
        var sent = call.World.Ephemerals.Send(
            userId,
            Draft(post, post.Str("channel_id") ?? "", call.User.Id)
        );
        return Answer.Created(PostJson.Of(call.World, sent));
    }

    private static Answer Get(Call call)
    {
        var post = Named(call);
        ChannelRoutes.Readable(call, call.World.Channels.Get(post.ChannelId));
        return Answer.Json(
            PostJson.Of(
                call.World,
                call.World.Version.CountsRepliesOfSinglePosts ? post : post with { ReplyCount = 0 }
            )
        );
    }

    private static Post Named(Call call)
    {
        var id = call.Id("post_id");
        if (!call.World.Version.ShowsDeletedPostsToAdministrators || !call.Flag("include_deleted"))
        {
            return call.World.Posts.Get(id);
        }

        call.World.Demand(call.User, Permission.ManageSystem);
        return call.World.Posts.FindEvenDeleted(id) ?? throw Refuse.NoPost();
    }

    private static Post Editable(Call call)
    {
        var post =
            call.World.Posts.Find(call.Id("post_id"))
            ?? throw Refuse.Permission(Permission.EditPost);
        call.World.DemandInChannel(
            call.User,
            post.ChannelId,
            post.UserId == call.User.Id ? Permission.EditPost : Permission.EditOthersPosts
        );
        return post;
    }

    private static Answer Put(Call call)
    {
        var body = call.Json("post");
        if (body.Str("id") != call.Id("post_id"))
        {
            throw Refuse.Body("id");
        }

        var changed = call.World.Posts.Update(
            Editable(call).Id,
            p =>
                p with
                {
                    Message = body.Str("message") ?? "",
                    IsPinned = body.Flag("is_pinned") ?? false,
                    FullProps = body.Get("props") ?? Wire.EmptyObject,
                }
        );
        return Answer.Json(PostJson.Of(call.World, changed));
    }

    private static Answer Patch(Call call)
    {
        var body = call.Json("post");
        var old = Editable(call);
        if (call.World.Channels.Get(old.ChannelId).DeleteAt != 0)
        {
            throw Refuse.With("api.post.patch_post.can_not_update_post_in_deleted.error", 400);
        }

        var changed = call.World.Posts.Update(
            old.Id,
            p =>
                p with
                {
                    Message = body.Str("message") ?? p.Message,
                    IsPinned = body.Flag("is_pinned") ?? p.IsPinned,
                    FullProps = body.Get("props") ?? p.FullProps,
                }
        );
        return Answer.Json(PostJson.Of(call.World, changed));
    }

    private static Answer Delete(Call call)
    {
        var post =
            call.World.Posts.Find(call.Id("post_id"))
            ?? throw (
                call.World.Version.LooksForPostBeforeDeleting
                    ? Refuse.NoPost()
                    : Refuse.Permission(Permission.DeletePost)
            );
        call.World.DemandInChannel(
            call.User,
            post.ChannelId,
            post.UserId == call.User.Id ? Permission.DeletePost : Permission.DeleteOthersPosts
        );
        call.World.Posts.Delete(post.Id);
        return Answer.Ok();
    }

    private static Answer Pin(Call call, bool pinned)
    {
        var known =
            call.World.Posts.FindEvenDeleted(call.Id("post_id"))
            ?? throw Refuse.Permission(Permission.ReadChannel);
        call.World.DemandRead(call.User, known.ChannelId);
        var post =
            call.World.Posts.Find(known.Id)
            ?? throw (
                call.World.Version.HidesDeletedPostsWhenPinning
                    ? Refuse.Permission(Permission.ReadChannel)
                    : Refuse.NoPost()
            );
        if (call.World.Channels.Get(post.ChannelId).DeleteAt != 0)
        {
            throw Refuse.With("api.post.patch_post.can_not_update_post_in_deleted.error", 400);
        }

        call.World.Posts.Update(post.Id, p => p with { IsPinned = pinned });
        return Answer.Ok();
    }

    private static Answer ByIds(Call call)
    {
        var posts = call.Strings("post_ids")
            .Select(call.World.Posts.Find)
            .OfType<Post>()
            .Where(p => call.World.MayRead(call.User, p.ChannelId))
            .Select(p => PostJson.Of(call.World, p));
        return Answer.Json(posts.ToImmutableArray());
    }
}
