namespace Mattermost.Simulator;

/// <summary>Whether users are there.</summary>
internal static class StatusRoutes
{
    public static void MapStatuses(this Api api)
    {
        api.Get("/api/v4/users/{user_id}/status", Get);
        api.Put("/api/v4/users/{user_id}/status", Set);
        api.Post("/api/v4/users/status/ids", ByIds);
    }

    private static Answer Get(Call call)
    {
        var user =
            call.World.Users.Find(call.UserId())
            ?? throw Refuse.With("app.status.get.missing.app_error", 404);
        return Answer.Json(call.World.Statuses.Of(user.Id));
    }

    private static Answer Set(Call call)
    {
        var id = call.UserId();
        var body = call.Json("status");
        if (body.Str("user_id") != id)
        {
            throw Refuse.Body("user_id");
        }

        call.World.DemandSelf(call.User, id);
        if (body.Str("status") is not ("online" or "away" or "dnd" or "offline") and not "ooo")
        {
            throw Refuse.Body("status");
        }

        var status = body.Str("status")!;
        return Answer.Json(
            call.World.Statuses.Set(id, status, manual: true, body.Number("dnd_end_time") ?? 0)
        );
    }

    private static Answer ByIds(Call call)
    {
        var ids = call.Strings("user_ids");
        return ids.Count == 0
            ? throw Refuse.Body("user_ids")
            : Answer.Json(
                ids.Where(id => call.World.Users.Find(id) is not null)
                    .Select(call.World.Statuses.Of)
                    .ToList()
            );
    }
}
