using System.Text.Json;

namespace Mattermost.Simulator;

/// <summary>Outgoing and incoming webhooks.</summary>
internal static class HookRoutes
{
    public static void MapHooks(this Api api)
    {
        api.Post("/api/v4/hooks/outgoing", CreateOutgoing);
        api.Get("/api/v4/hooks/outgoing", ListOutgoing);
        api.Get("/api/v4/hooks/outgoing/{hook_id}", c => Answer.Json(Outgoing(c)));
        api.Put("/api/v4/hooks/outgoing/{hook_id}", UpdateOutgoing);
        api.Delete("/api/v4/hooks/outgoing/{hook_id}", DeleteOutgoing);
        api.Post(
            "/api/v4/hooks/outgoing/{hook_id}/regen_token",
            c => Answer.Json(c.World.OutgoingHooks.RegenerateToken(Outgoing(c).Id))
        );
        api.Post("/api/v4/hooks/incoming", CreateIncoming);
        api.Get("/api/v4/hooks/incoming", ListIncoming);
        api.Get("/api/v4/hooks/incoming/{hook_id}", c => Answer.Json(Incoming(c)));
        api.Delete("/api/v4/hooks/incoming/{hook_id}", DeleteIncoming);
        api.OpenAsync("POST", "/hooks/{id}", Use);
    }

    private static Answer CreateOutgoing(Call call)
    {
        var draft = call.Read<OutgoingHook>("outgoing_webhook");
        call.World.DemandInTeam(call.User, draft.TeamId, Permission.ManageOutgoingHooks);
        return Answer.Created(call.World.OutgoingHooks.Create(draft, call.User));
    }

    private static Answer ListOutgoing(Call call)
    {
        var (team, channel) = (call.Query("team_id"), call.Query("channel_id"));
        Demand(call, team, Permission.ManageOutgoingHooks);
        var hooks = call
            .World.OutgoingHooks.All()
            .Where(h =>
                (team.Length == 0 || h.TeamId == team)
                && (channel.Length == 0 || h.ChannelId == channel)
            );
        return Answer.Json(call.Paged(hooks).ToList());
    }

    private static void Demand(Call call, string team, string permission)
    {
        if (team.Length > 0)
        {
            call.World.DemandInTeam(call.User, team, permission);
        }
        else
        {
            call.World.Demand(call.User, permission);
        }
    }

    private static OutgoingHook Outgoing(Call call)
    {
        var hook = call.World.OutgoingHooks.Get(call.Id("hook_id"));
        call.World.DemandInTeam(call.User, hook.TeamId, Permission.ManageOutgoingHooks);
        return hook;
    }

    private static Answer UpdateOutgoing(Call call)
    {
        var old = Outgoing(call);
        var wanted = call.Read<OutgoingHook>("outgoing_webhook");
        var updated = call.World.OutgoingHooks.Update(
            old.Id,
            h =>
                wanted with
                {
                    Id = h.Id,
                    // The token is whatever the request says: leaving it out leaves the hook without one.
                    CreatorId = h.CreatorId,
                    TeamId = h.TeamId,
                    CreateAt = h.CreateAt,
                    DeleteAt = h.DeleteAt,
                }
        );
        return Answer.Json(updated);
    }

    private static Answer DeleteOutgoing(Call call)
    {
        call.World.OutgoingHooks.Delete(Outgoing(call).Id);
        return Answer.Ok();
    }

    private static Answer CreateIncoming(Call call)
    {
        var draft = call.Read<IncomingHook>("incoming_webhook");
        var channel = call.World.Channels.Get(draft.ChannelId);
        call.World.DemandInTeam(call.User, channel.TeamId, Permission.ManageIncomingHooks);
        return Answer.Created(call.World.IncomingHooks.Create(draft, call.User));
    }

    private static Answer ListIncoming(Call call)
    {
        var team = call.Query("team_id");
        Demand(call, team, Permission.ManageIncomingHooks);
        return Answer.Json(
            call.Paged(
                    call.World.IncomingHooks.All().Where(h => team.Length == 0 || h.TeamId == team)
                )
                .ToList()
        );
    }

    private static IncomingHook Incoming(Call call)
    {
        var hook = call.World.IncomingHooks.Get(call.Id("hook_id"));
        call.World.DemandInTeam(call.User, hook.TeamId, Permission.ManageIncomingHooks);
        return hook;
    }

    private static Answer DeleteIncoming(Call call)
    {
        call.World.IncomingHooks.Delete(Incoming(call).Id);
        return Answer.Ok();
    }

    private static async Task<Answer> Use(Call call)
    {
        call.World.IncomingHooks.Handle(call.Route("id"), await PayloadAsync(call));
        return Answer.PlainOk();
    }

    private static async Task<JsonElement> PayloadAsync(Call call)
    {
        var text = call.BodyText;
        if (
            call.Http.Request.ContentType?.StartsWith(
                "application/x-www-form-urlencoded",
                StringComparison.Ordinal
            )
            is true
        )
        {
            using var reader = new Microsoft.AspNetCore.WebUtilities.FormReader(text);
            text = (await reader.ReadFormAsync()).TryGetValue("payload", out var payload)
                ? payload.ToString()
                : "";
        }

        try
        {
            return Wire.Parse(text);
        }
        catch (JsonException)
        {
            throw Refuse.With("web.incoming_webhook.parse.app_error", 400);
        }
    }
}
