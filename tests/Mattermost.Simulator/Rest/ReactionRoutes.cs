using System.Collections.Immutable;

namespace Mattermost.Simulator;

/// <summary>Reactions to posts.</summary>
internal static class ReactionRoutes
{
    public static void MapReactions(this Api api)
    {
        api.Post("/api/v4/reactions", Add);
        api.Get("/api/v4/posts/{post_id}/reactions", List);
        api.Delete("/api/v4/users/{user_id}/posts/{post_id}/reactions/{emoji_name}", Remove);
    }

    private static Answer Add(Call call)
    {
        var body = call.Json("reaction");
        var (userId, postId, emoji) = (
            body.Str("user_id"),
            body.Str("post_id"),
            body.Str("emoji_name")
        );
        if (!Ids.IsValid(userId) || !Ids.IsValid(postId) || emoji is null or "" or { Length: > 64 })
        {
            throw Refuse.With("api.reaction.save_reaction.invalid.app_error", 400);
        }

        if (userId != call.User.Id)
        {
            throw Refuse.With("api.reaction.save_reaction.user_id.app_error", 403);
        }

        var post = Postable(
            call,
            postId!,
            Permission.AddReaction,
            "api.reaction.save.archived_channel.app_error"
        );
        if (call.World.Version.LooksUpEmojis && !Emojis.Has(emoji))
        {
            throw Refuse.With("app.emoji.get_by_name.no_result", 404);
        }

        if (!emoji.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '+' or '_'))
        {
            throw Refuse.With("model.reaction.is_valid.emoji_name.app_error", 400);
        }

        // A client may say when it reacted; the time of the last change is the server's own.
        var createAt = body.Number("create_at") ?? 0;
        return Answer.Json(
            ReactionJson.Of(call.World, call.World.Posts.React(call.User, post, emoji, createAt))
        );
    }

    private static Post Postable(Call call, string postId, string permission, string whenArchived)
    {
        var post = call.World.Posts.Find(postId);
        if (post is null)
        {
            call.World.Demand(call.User, permission);
            throw Refuse.NoPost();
        }

        call.World.DemandInChannel(call.User, post.ChannelId, permission);
        return call.World.Channels.Get(post.ChannelId).DeleteAt == 0
            ? post
            : throw Refuse.With(whenArchived, 403);
    }

    private static Answer List(Call call)
    {
        // Without a post there is no channel to be a member of, so only an administrator hears that there is nothing.
        if (call.World.Posts.FindEvenDeleted(call.Id("post_id")) is not { } post)
        {
            call.World.Demand(call.User, Permission.ReadChannel);
            return Told(call.World, []);
        }

        call.World.DemandRead(call.User, post.ChannelId);
        return Told(call.World, post.Reactions);
    }

    private static Answer Told(World world, ImmutableArray<Reaction> reactions) =>
        reactions.IsEmpty && world.Version.TellsNoReactionsAsNull
            ? new Answer(200, "null"u8.ToArray())
            : Answer.Json(reactions.Select(r => ReactionJson.Of(world, r)).ToList());

    private static Answer Remove(Call call)
    {
        var post = Postable(
            call,
            call.Id("post_id"),
            Permission.RemoveReaction,
            "api.reaction.delete.archived_channel.app_error"
        );
        if (call.UserId() != call.User.Id)
        {
            call.World.Demand(call.User, Permission.RemoveOthersReactions);
        }

        call.World.Posts.Unreact(call.UserId(), post, call.Route("emoji_name"));
        return Answer.Ok();
    }
}
