using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>The posts that Mattermost makes itself when somebody joins, renames, archives.</summary>
internal static class SystemMessages
{
    public static void Say(
        World world,
        Channel channel,
        User by,
        string type,
        string text,
        JsonObject? props = null
    )
    {
        var all = props ?? [];
        all["username"] = by.Username;
        var post = new Post
        {
            Id = "",
            ChannelId = channel.Id,
            UserId = by.Id,
            Type = type,
            Message = text,
            FullProps = Wire.Element(all),
        };
        try
        {
            world.Posts.Create(post, by, channel, triggersHooks: false);
        }
        catch (RefusedException)
        {
            // What the message is about has happened; that it can't be told is only logged.
        }
    }

    public static void Joined(World world, Channel channel, User user) =>
        Say(world, channel, user, "system_join_channel", $"{user.Username} joined the channel.");

    public static void Added(World world, Channel channel, User user, User by) =>
        Say(
            world,
            channel,
            by,
            "system_add_to_channel",
            $"{user.Username} added to the channel by {by.Username}.",
            new JsonObject
            {
                ["userId"] = by.Id,
                ["addedUserId"] = user.Id,
                ["addedUsername"] = user.Username,
            }
        );

    public static void Left(World world, Channel channel, User user, User by) =>
        Say(
            world,
            channel,
            by,
            user.Id == by.Id ? "system_leave_channel" : "system_remove_from_channel",
            user.Id == by.Id
                ? $"{user.Username} left the channel."
                : $"{user.Username} removed from the channel.",
            new JsonObject { ["removedUserId"] = user.Id, ["removedUsername"] = user.Username }
        );

    /// <summary>Header, purpose and name: one message each, worded by what there was and is.</summary>
    public static void Changed(
        World world,
        Channel channel,
        User by,
        string what,
        string old,
        string now
    )
    {
        var (type, noun) = what switch
        {
            "header" => ("system_header_change", "header"),
            "purpose" => ("system_purpose_change", "purpose"),
            _ => ("system_displayname_change", "display name"),
        };
        var text =
            now.Length == 0 ? $"{by.Username} removed the channel {noun} (was: {old})"
            : old.Length == 0 ? $"{by.Username} updated the channel {noun} to: {now}"
            : $"{by.Username} updated the channel {noun} from: {old} to: {now}";
        Say(
            world,
            channel,
            by,
            type,
            text,
            new JsonObject { ["old_" + what] = old, ["new_" + what] = now }
        );
    }
}
