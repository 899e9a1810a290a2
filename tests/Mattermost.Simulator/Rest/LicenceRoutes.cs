using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>What Team Edition refuses because it needs a licence, and the limits it has without one.</summary>
internal static class LicenceRoutes
{
    private const int MaxUsers = 200;
    private const int MaxUsersEver = 250;

    public static void MapLicence(this Api api, bool isLicensed)
    {
        if (isLicensed)
        {
            api.MapBookmarks();
        }
        else
        {
            api.Get("/api/v4/channels/{channel_id}/bookmarks", _ => throw Bookmarks());
            api.Post("/api/v4/channels/{channel_id}/bookmarks", (Call _) => Thrown(Bookmarks()));
        }

        api.Post(
            "/api/v4/posts/schedule",
            (Call _) => Thrown(Refuse.With("api.scheduled_posts.license_error", 400))
        );
        api.Get(
            "/api/v4/custom_profile_attributes/fields",
            _ => throw Refuse.With("api.custom_profile_attributes.license_error", 403)
        );
        api.Post(
            "/api/v4/users/{user_id}/posts/{post_id}/ack",
            (Call _) => Thrown(Refuse.With("license_error.feature_unavailable", 501))
        );
        api.Post(
            "/api/v4/users/{user_id}/demote",
            (Call _) => Thrown(Refuse.With("api.team.demote_user_to_guest.license.error", 501))
        );
        api.Get("/api/v4/groups", _ => throw Refuse.With("api.license_error", 501));
        api.Get("/api/v4/limits/server", Limits);
    }

    private static Answer Limits(Call call)
    {
        call.World.Demand(call.User, Permission.ManageSystem);
        return Answer.Json(
            new JsonObject
            {
                ["maxUsersLimit"] = MaxUsers,
                ["maxUsersHardLimit"] = MaxUsersEver,
                ["activeUserCount"] = call
                    .World.Users.All()
                    .Count(u => u is { IsBot: false, DeleteAt: 0 }),
                ["singleChannelGuestCount"] = 0,
                ["singleChannelGuestLimit"] = 0,
                ["postHistoryLimit"] = 0,
                ["lastAccessiblePostTime"] = 0,
            }
        );
    }

    private static RefusedException Bookmarks() =>
        Refuse.With("api.channel.bookmark.channel_bookmark.license.error", 501);

    private static Answer Thrown(RefusedException refusal) => throw refusal;
}
