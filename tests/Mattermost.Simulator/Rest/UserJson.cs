using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>A user as others see it, and with what only oneself and administrators see.</summary>
internal static class UserJson
{
    public static JsonObject Of(ServerVersion version, User user, User? viewer)
    {
        var json = new JsonObject
        {
            ["id"] = user.Id,
            ["create_at"] = user.CreateAt,
            ["update_at"] = user.UpdateAt,
            ["delete_at"] = user.DeleteAt,
            ["username"] = user.Username,
            ["auth_data"] = "",
            ["auth_service"] = "",
            ["email"] = user.Email,
            ["nickname"] = user.Nickname,
            ["first_name"] = user.FirstName,
            ["last_name"] = user.LastName,
            ["position"] = user.Position,
            ["roles"] = user.Roles,
            ["locale"] = user.Locale,
            ["timezone"] = JsonNode.Parse(Wire.Bytes(user.Timezone)),
            ["disable_welcome_email"] = false,
        };
        if (user.IsBot)
        {
            json["is_bot"] = true;
            if (user.BotDescription.Length > 0)
            {
                json["bot_description"] = user.BotDescription;
            }
        }
        else if (version.TellsRemoteIdsOfPeople)
        {
            json["remote_id"] = "";
        }

        if (user.CustomStatus is { } status)
        {
            json["props"] = new JsonObject { ["customStatus"] = status };
        }

        if (viewer is not null && (viewer.Id == user.Id || viewer.IsSystemAdmin))
        {
            json["email_verified"] = true;
            json["notify_props"] = NotifyProps();
            json["last_password_update"] = user.CreateAt;
        }

        return json;
    }

    private static JsonObject NotifyProps() =>
        new()
        {
            ["channel"] = "true",
            ["comments"] = "never",
            ["desktop"] = "mention",
            ["desktop_sound"] = "true",
            ["desktop_threads"] = "all",
            ["email"] = "true",
            ["email_threads"] = "all",
            ["first_name"] = "false",
            ["mention_keys"] = "",
            ["push"] = "mention",
            ["push_status"] = "away",
            ["push_threads"] = "all",
        };

    /// <summary>In a list nobody but an administrator sees more of themselves than of others.</summary>
    public static JsonArray List(ServerVersion version, IEnumerable<User> users, User? viewer) =>
        [
            .. users.Select(u =>
                (JsonNode)Of(version, u, viewer is { IsSystemAdmin: true } ? viewer : null)
            ),
        ];
}
