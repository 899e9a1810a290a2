namespace Mattermost.Simulator;

/// <summary>Who may do what, asked as Mattermost asks it: the role in the channel, then in the team, then in the system.</summary>
internal static class Access
{
    public static bool May(this World world, User user, string permission) =>
        Grants(world, user, user.Roles, permission);

    private static bool Grants(World world, User user, string roles, string permission) =>
        (user.IsSystemAdmin || !world.Forbidden.ContainsKey(permission))
        && Permission.GrantedBy(roles, permission);

    public static bool MayInTeam(this World world, User user, string teamId, string permission) =>
        (
            teamId.Length > 0
            && world.Teams.Membership(teamId, user.Id) is { } member
            && Grants(world, user, member.TeamRoles, permission)
        ) || (teamId.Length > 0 && world.May(user, permission));

    public static bool MayInChannel(
        this World world,
        User user,
        string channelId,
        string permission
    )
    {
        if (world.Channels.Find(channelId) is not { } channel)
        {
            return false;
        }

        if (
            world.Channels.Membership(channelId, user.Id) is { } member
            && Grants(world, user, member.ChannelRoles, permission)
        )
        {
            return true;
        }

        return channel.TeamId.Length > 0
            ? world.MayInTeam(user, channel.TeamId, permission)
            : world.May(user, permission);
    }

    public static bool MayRead(this World world, User user, string channelId) =>
        world.MayInChannel(user, channelId, Permission.ReadChannel)
        || (
            world.Version.TeamReadsPublicChannels
            && world.Channels.Find(channelId) is { IsOpen: true } channel
            && world.MayInTeam(user, channel.TeamId, Permission.ReadPublicChannel)
        );

    public static void Demand(this World world, User user, string permission)
    {
        if (!world.May(user, permission))
        {
            throw Refuse.Permission(permission);
        }
    }

    public static void DemandInTeam(this World world, User user, string teamId, string permission)
    {
        if (!world.MayInTeam(user, teamId, permission))
        {
            throw Refuse.Permission(permission);
        }
    }

    public static void DemandInChannel(
        this World world,
        User user,
        string channelId,
        string permission
    )
    {
        if (!world.MayInChannel(user, channelId, permission))
        {
            throw Refuse.Permission(permission);
        }
    }

    public static void DemandRead(this World world, User user, string channelId)
    {
        if (!world.MayRead(user, channelId))
        {
            throw Refuse.Permission(Permission.ReadChannel);
        }
    }

    /// <summary>One's own account, or anybody's for administrators.</summary>
    public static void DemandSelf(this World world, User user, string userId)
    {
        if (user.Id != userId)
        {
            world.Demand(user, Permission.EditOtherUsers);
        }
    }
}
