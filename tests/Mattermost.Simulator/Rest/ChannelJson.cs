using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>Channels and memberships as clients get them.</summary>
internal static class ChannelJson
{
    public static JsonObject Of(Channel channel) =>
        new()
        {
            ["id"] = channel.Id,
            ["create_at"] = channel.CreateAt,
            ["update_at"] = channel.UpdateAt,
            ["delete_at"] = channel.DeleteAt,
            ["team_id"] = channel.TeamId,
            ["type"] = channel.Type,
            ["display_name"] = channel.DisplayName,
            ["name"] = channel.Name,
            ["header"] = channel.Header,
            ["purpose"] = channel.Purpose,
            ["last_post_at"] = channel.LastPostAt,
            ["total_msg_count"] = channel.TotalMsgCount,
            ["extra_update_at"] = 0,
            ["creator_id"] = channel.CreatorId,
            ["scheme_id"] = null,
            ["props"] = null,
            ["group_constrained"] = null,
            ["shared"] = null,
            ["total_msg_count_root"] = channel.TotalMsgCount,
            ["policy_id"] = null,
        };

    public static JsonArray List(IEnumerable<Channel> channels) =>
        [.. channels.Select(c => (JsonNode)Of(c))];

    public static JsonObject Of(string channelId, Member member) =>
        new()
        {
            ["channel_id"] = channelId,
            ["user_id"] = member.UserId,
            ["roles"] = member.ChannelRoles,
            ["last_viewed_at"] = 0,
            ["msg_count"] = 0,
            ["mention_count"] = 0,
            ["mention_count_root"] = 0,
            ["msg_count_root"] = 0,
            ["notify_props"] = new JsonObject
            {
                ["desktop"] = "default",
                ["email"] = "default",
                ["ignore_channel_mentions"] = "default",
                ["mark_unread"] = "all",
                ["push"] = "default",
            },
            ["last_update_at"] = member.JoinedAt,
            ["scheme_guest"] = member.IsGuest,
            ["scheme_user"] = !member.IsGuest,
            ["scheme_admin"] = member.IsAdmin,
            ["explicit_roles"] = "",
        };
}
