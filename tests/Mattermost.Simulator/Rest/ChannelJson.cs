using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>Channels and memberships as clients get them.</summary>
internal static class ChannelJson
{
    public static JsonObject Of(ServerVersion version, Channel channel)
    {
        var json = new JsonObject
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
        if (version.TellsMoreOfChannels)
        {
            json["autotranslation"] = false;
            json["last_root_post_at"] = channel.LastPostAt;
            json["banner_info"] = null;
            json["policy_enforced"] = false;
            json["policy_is_active"] = false;
            json["default_category_name"] = "";
        }

        return json;
    }

    public static JsonArray List(ServerVersion version, IEnumerable<Channel> channels) =>
        [.. channels.Select(c => (JsonNode)Of(version, c))];

    /// <param name="viewer">Who asks; how far others have read is not told any more.</param>
    public static JsonObject Of(
        ServerVersion version,
        string channelId,
        Member member,
        string viewer
    )
    {
        var hides = version.HidesWhenOthersRead && viewer != member.UserId;
        var json = new JsonObject
        {
            ["channel_id"] = channelId,
            ["user_id"] = member.UserId,
            ["roles"] = member.ChannelRoles,
            ["last_viewed_at"] = hides ? -1 : 0,
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
            ["last_update_at"] = hides ? -1 : member.JoinedAt,
            ["scheme_guest"] = member.IsGuest,
            ["scheme_user"] = !member.IsGuest,
            ["scheme_admin"] = member.IsAdmin,
            ["explicit_roles"] = "",
        };
        if (version.TellsMoreOfChannels)
        {
            json["urgent_mention_count"] = 0;
            json["autotranslation_disabled"] = false;
            json["notify_props"]!["channel_auto_follow_threads"] = "off";
        }

        return json;
    }
}
