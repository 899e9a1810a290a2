using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>Personal access tokens.</summary>
internal static class TokenRoutes
{
    public static void MapTokens(this Api api)
    {
        api.Post("/api/v4/users/{user_id}/tokens", Create);
        api.Get("/api/v4/users/{user_id}/tokens", List);
        api.Post("/api/v4/users/tokens/revoke", Revoke);
        api.Post("/api/v4/users/tokens/disable", c => Enable(c, enabled: false));
        api.Post("/api/v4/users/tokens/enable", c => Enable(c, enabled: true));
    }

    private static Answer Create(Call call)
    {
        var description = call.Json("user_access_token").Str("description");
        if (description is not { Length: > 0 })
        {
            throw Refuse.Body("description");
        }

        call.World.Demand(call.User, Permission.CreateToken);
        call.World.DemandSelf(call.User, call.UserId());
        var token = call.World.Sessions.CreateAccessToken(
            call.World.Users.Get(call.UserId()),
            description
        );
        var json = Json(token);
        json["token"] = token.Token;
        return Answer.Json(json);
    }

    private static Answer List(Call call)
    {
        call.World.Demand(call.User, Permission.ReadToken);
        call.World.DemandSelf(call.User, call.UserId());
        var tokens = call.Paged(call.World.Sessions.AccessTokensOf(call.UserId()));
        return Answer.Json(tokens.Select(Json).ToList());
    }

    private static Answer Revoke(Call call)
    {
        var token = Named(call);
        call.World.Sessions.Revoke(token.Id);
        return Answer.Ok();
    }

    private static Answer Enable(Call call, bool enabled)
    {
        var token = Named(call);
        call.World.Sessions.Enable(token.Id, enabled);
        return Answer.Ok();
    }

    private static AccessToken Named(Call call)
    {
        var id = call.Json("token_id").Str("token_id") ?? throw Refuse.Body("token_id");
        call.World.Demand(call.User, Permission.RevokeToken);
        var token = call.World.Sessions.GetAccessToken(id);
        call.World.DemandSelf(call.User, token.UserId);
        return token;
    }

    private static JsonObject Json(AccessToken token) =>
        new()
        {
            ["id"] = token.Id,
            ["user_id"] = token.UserId,
            ["description"] = token.Description,
            ["is_active"] = token.IsActive,
        };
}
