using System.Text.Json;

namespace Mattermost.Simulator;

/// <summary>Buttons, menus and dialogs.</summary>
internal static class InteractionRoutes
{
    public static void MapInteractions(this Api api)
    {
        api.Post("/api/v4/posts/{post_id}/actions/{action_id}", Click);
        api.Open("POST", "/api/v4/actions/dialogs/open", Open);
        api.Post("/api/v4/actions/dialogs/submit", Submit);
        api.Post("/api/v4/actions/dialogs/lookup", LookUp);
    }

    private static async Task<Answer> Click(Call call)
    {
        var actionId = call.Route("action_id");
        if (!actionId.All(char.IsAsciiLetterOrDigit))
        {
            // The router of the server knows no path for such ids.
            throw Refuse.With("api.context.404.app_error", 404);
        }

        var body = call.JsonOrNothing() ?? Wire.EmptyObject;
        var cookie = body.Str("cookie") ?? "";
        // A deleted post is still looked up for the permission; then it is not found.
        var post = call.World.Posts.FindEvenDeleted(call.Id("post_id"));
        if (post is not null)
        {
            call.World.DemandRead(call.User, post.ChannelId);
        }
        else if (cookie.Length == 0)
        {
            call.World.Demand(call.User, Permission.ReadChannel);
        }

        var trigger = await call.World.Actions.ClickAsync(
            call.User,
            call.Id("post_id"),
            actionId,
            body.Str("selected_option") ?? "",
            cookie
        );
        return Answer.Json(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["status"] = "OK",
                ["trigger_id"] = trigger,
            }
        );
    }

    private static Answer Open(Call call)
    {
        var body = call.Json("dialog");
        if (body.Str("url") is not { Length: > 0 })
        {
            throw Refuse.Body("url");
        }

        call.World.Dialogs.Open(body);
        return Answer.Ok();
    }

    private static async Task<Answer> Submit(Call call)
    {
        var body = Checked(call);
        return Answer.Json(await call.World.Dialogs.SubmitAsync(call.User, body));
    }

    private static async Task<Answer> LookUp(Call call)
    {
        if (!call.World.Version.HasMultiStepDialogs)
        {
            throw Refuse.With("api.context.404.app_error", 404);
        }

        var body = Checked(call);
        return Answer.Json(await call.World.Dialogs.LookUpAsync(call.User, body));
    }

    private static JsonElement Checked(Call call)
    {
        var body = call.Json("dialog");
        if (body.Str("url") is not { Length: > 0 })
        {
            throw Refuse.Body("url");
        }

        var channel = body.Str("channel_id") ?? "";
        if (
            call.World.Version.LooksForTheChannelOfDialogs
            && call.World.Channels.Find(channel) is null
        )
        {
            throw Refuse.NoChannel();
        }

        call.World.DemandRead(call.User, channel);
        call.World.DemandInTeam(call.User, body.Str("team_id") ?? "", Permission.ViewTeam);
        return body;
    }
}
