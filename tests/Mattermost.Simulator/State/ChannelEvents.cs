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
                new()
                {
                    ["channel"] = Wire.Go(
                        ChannelJson.Of(world.Version, channel).ToJsonString(Wire.Options)
                    ),
                }
        );

    public static void Deleted(World world, Channel channel) =>
        world.Hub.Publish(
            "channel_deleted",
            channel.IsOpen || !world.Version.TellsPrivateArchivingToMembersOnly
                ? Audience.Team(channel.TeamId)
                : Audience.Channel(channel.Id),
            () => new() { ["channel_id"] = channel.Id, ["delete_at"] = channel.DeleteAt }
        );

    public static void Restored(World world, Channel channel) =>
        world.Hub.Publish(
            "channel_restored",
            Where(channel),
            () => new() { ["channel_id"] = channel.Id }
        );

    public static void Added(World world, Channel channel, User user)
    {
        if (!world.Version.TellsTheAddedApart)
        {
            Tell(Audience.Channel(channel.Id));
            return;
        }

        Tell(new Audience(UserId: user.Id, ChannelId: channel.Id));
        Tell(Audience.Channel(channel.Id) with { OmitUser = user.Id });

        void Tell(Audience audience) =>
            world.Hub.Publish(
                "user_added",
                audience,
                () => new() { ["team_id"] = channel.TeamId, ["user_id"] = user.Id }
            );
    }

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
        if (world.Version.TellsViewedChannels)
        {
            world.Hub.Publish(
                "channel_viewed",
                Audience.User(user.Id),
                () => new() { ["channel_id"] = channelId }
            );
        }
    }

    // The whole team hears of public channels, only members of private ones.
    private static Audience Where(Channel channel) =>
        channel.IsOpen ? Audience.Team(channel.TeamId) : Audience.Channel(channel.Id);
}
