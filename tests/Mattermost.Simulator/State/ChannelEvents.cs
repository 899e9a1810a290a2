using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>What clients hear about channels.</summary>
internal static class ChannelEvents
{
    public static void Created(World world, Channel channel, User creator) =>
        world.Hub.Publish(
            "channel_created",
            Audience.User(creator.Id),
            () => new() { ["channel_id"] = channel.Id, ["team_id"] = channel.TeamId }
        );

    public static void Updated(World world, Channel channel) =>
        world.Hub.Publish(
            "channel_updated",
            Audience.Channel(channel.Id),
            () =>
                new() { ["channel"] = Wire.Go(ChannelJson.Of(channel).ToJsonString(Wire.Options)) }
        );

    public static void Deleted(World world, Channel channel) =>
        world.Hub.Publish(
            "channel_deleted",
            Where(channel),
            () => new() { ["channel_id"] = channel.Id, ["delete_at"] = channel.DeleteAt }
        );

    public static void Restored(World world, Channel channel) =>
        world.Hub.Publish(
            "channel_restored",
            Where(channel),
            () => new() { ["channel_id"] = channel.Id }
        );

    public static void Added(World world, Channel channel, User user) =>
        world.Hub.Publish(
            "user_added",
            Audience.Channel(channel.Id),
            () => new() { ["team_id"] = channel.TeamId, ["user_id"] = user.Id }
        );

    public static void Removed(World world, Channel channel, User user, User by)
    {
        world.Hub.Publish(
            "user_removed",
            Audience.Channel(channel.Id),
            () => new() { ["remover_id"] = by.Id, ["user_id"] = user.Id }
        );
        world.Hub.Publish(
            "user_removed",
            Audience.User(user.Id),
            () => new() { ["channel_id"] = channel.Id, ["remover_id"] = by.Id }
        );
    }

    /// <summary>Tells a user's other clients that a channel has been read.</summary>
    public static void Viewed(World world, string channelId, User user)
    {
        if (world.Version.Major < 9)
        {
            world.Hub.Publish(
                "channel_viewed",
                Audience.User(user.Id),
                () => new() { ["channel_id"] = channelId }
            );
            return;
        }

        world.Hub.Publish(
            "multiple_channels_viewed",
            Audience.User(user.Id),
            () => new() { ["channel_times"] = new JsonObject { [channelId] = world.Now } }
        );
    }

    // The whole team hears of public channels, only members of private ones.
    private static Audience Where(Channel channel) =>
        channel.IsOpen ? Audience.Team(channel.TeamId) : Audience.Channel(channel.Id);
}
