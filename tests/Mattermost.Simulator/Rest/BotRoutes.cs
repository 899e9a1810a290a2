using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>Bot accounts.</summary>
internal static class BotRoutes
{
    public static void MapBots(this Api api)
    {
        api.Post("/api/v4/bots", Create);
        api.Get("/api/v4/bots", List);
        api.Undescribed("/api/v4/limits/server", Limits);
        api.Get("/api/v4/bots/{bot_user_id}", Get);
        api.Put("/api/v4/bots/{bot_user_id}", Patch);
        api.Post("/api/v4/bots/{bot_user_id}/disable", c => SetActive(c, active: false));
        api.Post("/api/v4/bots/{bot_user_id}/enable", c => SetActive(c, active: true));
    }

    private static Answer Create(Call call)
    {
        var body = call.Json("bot");
        call.World.Demand(call.User, Permission.CreateBot);
        if (call.User.IsBot)
        {
            throw Refuse.Permission(Permission.CreateBot);
        }

        if (!call.World.Config.Current.EnableBotAccountCreation)
        {
            throw Refuse.With("api.bot.create_disabled", 403);
        }

        var username = (body.Str("username") ?? "").ToLowerInvariant();
        var bot = call.World.Users.Create(
            new User
            {
                Id = Ids.New(),
                Username = username,
                Email = username + "@localhost",
                FirstName = body.Str("display_name") ?? "",
                IsBot = true,
                BotDescription = body.Str("description") ?? "",
                BotOwnerId = call.User.Id,
            }
        );
        return Answer.Created(Json(bot));
    }

    /// <summary>People are limited on a server without a licence; bots are not, and not counted.</summary>
    private static Answer Limits(Call call) =>
        Answer.Json(
            new JsonObject
            {
                ["maxUsersLimit"] = 200,
                ["activeUserCount"] = call
                    .World.Users.All()
                    .Count(u => !u.IsBot && u.DeleteAt == 0),
            }
        );

    private static Answer List(Call call)
    {
        call.World.Demand(call.User, Permission.ReadOthersBots);
        var bots = call
            .World.Users.All()
            .Where(u => u.IsBot && (u.DeleteAt == 0 || call.Flag("include_deleted")));
        return Answer.Json(call.Paged(bots).Select(Json).ToList());
    }

    private static Answer Get(Call call)
    {
        var bot = Managed(call);
        return bot.DeleteAt == 0 || call.Flag("include_deleted")
            ? Answer.Json(Json(bot))
            : throw Refuse.With("store.sql_bot.get.missing.app_error", 404);
    }

    private static Answer Patch(Call call)
    {
        var bot = Managed(call);
        var body = call.Json("bot");
        var changed = call.World.Users.Change(
            bot.Id,
            u =>
                u with
                {
                    Username = body.Str("username")?.ToLowerInvariant() ?? u.Username,
                    FirstName = body.Str("display_name") ?? u.FirstName,
                    BotDescription = body.Str("description") ?? u.BotDescription,
                }
        );
        return Answer.Json(Json(changed));
    }

    private static Answer SetActive(Call call, bool active) =>
        Answer.Json(Json(call.World.Users.SetActive(Managed(call).Id, active)));

    /// <summary>To those who may not see it, a bot does not exist.</summary>
    private static User Managed(Call call)
    {
        var bot = call.World.Users.Bot(call.UserId("bot_user_id"));
        return call.World.May(call.User, Permission.ReadOthersBots)
            ? bot
            : throw Refuse.With("store.sql_bot.get.missing.app_error", 404);
    }

    private static JsonObject Json(User bot)
    {
        var json = new JsonObject
        {
            ["user_id"] = bot.Id,
            ["username"] = bot.Username,
            ["owner_id"] = bot.BotOwnerId,
            ["create_at"] = bot.CreateAt,
            ["update_at"] = bot.UpdateAt,
            ["delete_at"] = bot.DeleteAt,
        };
        if (bot.FirstName.Length > 0)
        {
            json["display_name"] = bot.FirstName;
        }

        if (bot.BotDescription.Length > 0)
        {
            json["description"] = bot.BotDescription;
        }

        return json;
    }
}
