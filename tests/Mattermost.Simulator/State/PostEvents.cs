using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>What clients hear about posts. Nested objects travel as JSON text, as Mattermost sends them.</summary>
internal static class PostEvents
{
    public static void Posted(World world, Post post, User author, Channel channel)
    {
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
                var mentioned = Mentioned(world, post, channel);
                if (mentioned.Count > 0)
                {
                    data["mentions"] = Wire.Text(mentioned);
                }

                return data;
            }
        );
    }

    public static void Edited(World world, Post old, Post post)
    {
        world.Appearances.Changed(old, post);
        Tell(world, "post_edited", post);
    }

    public static void Deleted(World world, Post post) => Tell(world, "post_deleted", post);

    public static void Reacted(World world, string kind, Post post, Reaction reaction)
    {
        world.Changes.Signal();
        world.Hub.Publish(
            kind,
            Audience.Channel(post.ChannelId),
            () => new() { ["reaction"] = Wire.Text(ReactionJson.Of(reaction)) }
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

    private static List<string> Mentioned(World world, Post post, Channel channel)
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
