using System.Collections.Frozen;

namespace Mattermost.Simulator;

/// <summary>What the default roles of a server with <c>EnableOnlyAdminIntegrations</c> may do.</summary>
internal static class Permission
{
    public const string ReadChannel = "read_channel";
    public const string AddReaction = "add_reaction";
    public const string RemoveReaction = "remove_reaction";
    public const string CreatePost = "create_post";
    public const string EditPost = "edit_post";
    public const string EditOthersPosts = "edit_others_posts";
    public const string DeletePost = "delete_post";
    public const string DeleteOthersPosts = "delete_others_posts";
    public const string UploadFile = "upload_file";
    public const string UseSlashCommands = "use_slash_commands";
    public const string ManagePublicMembers = "manage_public_channel_members";
    public const string ManagePrivateMembers = "manage_private_channel_members";
    public const string ManagePublicProperties = "manage_public_channel_properties";
    public const string ManagePrivateProperties = "manage_private_channel_properties";
    public const string DeletePublicChannel = "delete_public_channel";
    public const string DeletePrivateChannel = "delete_private_channel";
    public const string CreatePublicChannel = "create_public_channel";
    public const string CreatePrivateChannel = "create_private_channel";
    public const string JoinPublicChannels = "join_public_channels";
    public const string ReadPublicChannel = "read_public_channel";
    public const string ListTeamChannels = "list_team_channels";
    public const string ViewTeam = "view_team";
    public const string AddUserToTeam = "add_user_to_team";
    public const string ManageTeam = "manage_team";
    public const string ManageCommands = "manage_slash_commands";
    public const string ManageIncomingHooks = "manage_incoming_webhooks";
    public const string ManageOutgoingHooks = "manage_outgoing_webhooks";
    public const string CreateTeam = "create_team";
    public const string CreateDirect = "create_direct_channel";
    public const string CreateGroup = "create_group_channel";
    public const string ListPublicTeams = "list_public_teams";
    public const string ViewMembers = "view_members";
    public const string CreateToken = "create_user_access_token";
    public const string ReadToken = "read_user_access_token";
    public const string RevokeToken = "revoke_user_access_token";

    // Held by system_admin alone.
    public const string ManageSystem = "manage_system";
    public const string EditOtherUsers = "edit_other_users";
    public const string CreatePostEphemeral = "create_post_ephemeral";
    public const string CreateBot = "create_bot";
    public const string ReadOthersBots = "read_others_bots";
    public const string ReadPlugins = "sysconsole_read_plugins";
    public const string WritePlugins = "sysconsole_write_plugins";
    public const string ReadConfig = "sysconsole_read_environment";
    public const string RemoveOthersReactions = "remove_others_reactions";

    private static readonly string[] ChannelUser =
    [
        ReadChannel,
        AddReaction,
        RemoveReaction,
        CreatePost,
        EditPost,
        DeletePost,
        UploadFile,
        UseSlashCommands,
        ManagePublicMembers,
        ManagePrivateMembers,
        ManagePublicProperties,
        ManagePrivateProperties,
        DeletePublicChannel,
        DeletePrivateChannel,
    ];

    private static readonly string[] TeamUser =
    [
        ListTeamChannels,
        JoinPublicChannels,
        ReadPublicChannel,
        ViewTeam,
        AddUserToTeam,
        CreatePublicChannel,
        CreatePrivateChannel,
    ];

    private static readonly FrozenDictionary<string, FrozenSet<string>> Roles = new Dictionary<
        string,
        string[]
    >(StringComparer.Ordinal)
    {
        ["channel_guest"] =
        [
            ReadChannel,
            AddReaction,
            RemoveReaction,
            CreatePost,
            EditPost,
            UploadFile,
            UseSlashCommands,
        ],
        ["channel_user"] = ChannelUser,
        ["channel_admin"] = [],
        ["team_guest"] = [ViewTeam],
        ["team_user"] = TeamUser,
        ["team_admin"] =
        [
            ManageTeam,
            DeletePost,
            DeleteOthersPosts,
            ManageCommands,
            ManageIncomingHooks,
            ManageOutgoingHooks,
        ],
        ["system_guest"] = [CreateDirect, CreateGroup],
        ["system_user"] = [ListPublicTeams, CreateDirect, CreateGroup, ViewMembers, CreateTeam],
        ["system_post_all"] = [CreatePost],
        ["system_user_access_token"] = [CreateToken, ReadToken, RevokeToken],
    }.ToFrozenDictionary(
        r => r.Key,
        r => r.Value.ToFrozenSet(StringComparer.Ordinal),
        StringComparer.Ordinal
    );

    public static bool GrantedBy(string roles, string permission)
    {
        foreach (var range in roles.AsSpan().Split(' '))
        {
            var role = roles[range];
            if (
                role == "system_admin"
                || (Roles.TryGetValue(role, out var granted) && granted.Contains(permission))
            )
            {
                return true;
            }
        }

        return false;
    }
}
