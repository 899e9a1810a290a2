using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>What clients hear about posts. Nested objects travel as JSON text, as Mattermost sends them.</summary>
internal static class PostEvents
{
    public static void Posted(
        World world,
        Post post,
        User author,
        Channel channel,
        IReadOnlyList<string> followers
    )
    {
        var mentioned = Mentioned(world, post, channel);
        var isPersonal = world.Version.TellsMentionsToTheMentionedOnly;
        world.Appearances.Posted(post);
        world.Changes.Signal();
        world.Hub.Publish(
            "posted",
            Audience.Channel(channel.Id),
            () =>
            {
                var data = new JsonObject
                {
                    ["channel_display_name"] = DisplayName(world, channel),
                    ["channel_name"] = channel.Name,
                    ["channel_type"] = channel.Type,
                    ["post"] = Wire.Text(PostJson.Of(world, post)),
                    ["sender_name"] = SenderName(post, author, channel),
                    ["set_online"] = true,
                    ["team_id"] = channel.TeamId,
                };
                if (mentioned.Count > 0 && !isPersonal)
                {
                    data["mentions"] = Wire.Text(mentioned);
                }

                return data;
            },
            isPersonal ? OwnPart : null
        );

        // Each is told of themselves only.
        JsonObject? OwnPart(string user)
        {
            JsonObject? own = null;
            if (mentioned.Contains(user))
            {
                (own ??= [])["mentions"] = Wire.Text(new[] { user });
            }

            if (followers.Contains(user))
            {
                (own ??= [])["followers"] = Wire.Text(new[] { user });
            }

            return own;
        }
    }

    public static void Edited(World world, Post old, Post post)
    {
        world.Appearances.Changed(old, post);
        Tell(world, "post_edited", post);
    }

    public static void Deleted(World world, Post post)
    {
        world.Changes.Signal();
        var isWhole = world.Version.TellsMetadataOfDeletedPosts;
        world.Hub.Publish(
            "post_deleted",
            Audience.Channel(post.ChannelId) with
            {
                IsSanitized = !isWhole,
            },
            () =>
            {
                var told = PostJson.Of(world, post);
                return new()
                {
                    ["post"] = Wire.Text(isWhole ? told : told with { Metadata = null }),
                };
            }
        );
    }

    public static void Reacted(World world, string kind, Post post, Reaction reaction)
    {
        world.Changes.Signal();
        world.Hub.Publish(
            kind,
            Audience.Channel(post.ChannelId),
            () => new() { ["reaction"] = Wire.Text(ReactionJson.Of(world, reaction)) }
        );
    }

    private static void Tell(World world, string kind, Post post)
    {
        world.Changes.Signal();
        world.Hub.Publish(
            kind,
            Audience.Channel(post.ChannelId),
            () => new() { ["post"] = Wire.Text(PostJson.Of(world, post)) }
        );
    }

    private static string SenderName(Post post, User author, Channel channel)
    {
        if (post.IsSystemMessage)
        {
            return "System";
        }

        var overridden =
            post.Props.Str("from_webhook") == "true" ? post.Props.Str("override_username") : null;
        return channel.Type != "D" && overridden is not null ? overridden : "@" + author.Username;
    }

    private static string DisplayName(World world, Channel channel) =>
        channel.Type switch
        {
            "D" => string.Join(
                ", ",
                world
                    .Channels.MembersOf(channel.Id)
                    .Select(m => "@" + world.Users.Find(m.UserId)?.Username)
            ),
            _ => channel.DisplayName,
        };

    public static List<string> Mentioned(World world, Post post, Channel channel)
    {
        if (channel.Type == "D")
        {
            return
            [
                .. world
                    .Channels.MembersOf(channel.Id)
                    .Select(m => m.UserId)
                    .Where(id => id != post.UserId),
            ];
        }

        return
        [
            .. PostProps
                .UserMentions(post.Message)
                .Select(name => world.Users.FindByName(name.TrimEnd('.', '-', '_', ':')))
                .OfType<User>()
                .Where(u => world.Channels.Membership(channel.Id, u.Id) is not null)
                .Select(u => u.Id),
        ];
    }
}
