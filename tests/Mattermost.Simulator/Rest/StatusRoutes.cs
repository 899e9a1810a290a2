namespace Mattermost.Simulator;

/// <summary>Whether users are there.</summary>
internal static class StatusRoutes
{
    public static void MapStatuses(this Api api)
    {
        api.Get("/api/v4/users/{user_id}/status", Get);
        api.Put("/api/v4/users/{user_id}/status", Set);
        api.Put("/api/v4/users/{user_id}/status/custom", SetCustom);
        api.Delete("/api/v4/users/{user_id}/status/custom", ClearCustom);
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
        if (body.Str("status") is not ("online" or "away" or "dnd" or "offline"))
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
        // Who does not exist is offline.
        return ids.Count == 0 || ids.Any(id => id.Length != 26)
            ? throw Refuse.Body("user_ids")
            : Answer.Json(ids.Distinct().Select(call.World.Statuses.Of).ToList());
    }

    private static Answer SetCustom(Call call)
    {
        var id = call.UserId();
        var body = call.Json("custom_status");
        call.World.DemandSelf(call.User, id);
        var (emoji, text) = (body.Str("emoji") ?? "", body.Str("text") ?? "");
        if (emoji.Length == 0 && text.Length == 0)
        {
            throw Refuse.Body("custom_status");
        }

        if (emoji.Length > 0 && call.World.Version.LooksUpEmojis && !Emojis.Has(emoji))
        {
            throw Refuse.With("api.custom_status.set_custom_statuses.emoji_not_found", 400);
        }

        DateTimeOffset? ends = DateTimeOffset.TryParse(
            body.Str("expires_at"),
            CultureInfo.InvariantCulture,
            out var time
        )
            ? time
            : null;
        call.World.Users.Change(
            id,
            u =>
                u with
                {
                    CustomStatus = CustomStatus.Json(
                        call.World.Version,
                        emoji,
                        text,
                        body.Str("duration"),
                        ends
                    ),
                }
        );
        return Answer.Ok();
    }

    private static Answer ClearCustom(Call call)
    {
        var id = call.UserId();
        call.World.DemandSelf(call.User, id);
        call.World.Users.Change(id, u => u with { CustomStatus = "" });
        return Answer.Ok();
    }
}
