using System.Text.Json;

namespace Mattermost.Simulator;

/// <summary>Users: creating, changing, deactivating.</summary>
internal static class UserChangeRoutes
{
    public static void MapUserChanges(this Api api)
    {
        api.Open("POST", "/api/v4/users", Create);
        api.Put("/api/v4/users/{user_id}/patch", Patch);
        api.Put("/api/v4/users/{user_id}/roles", SetRoles);
        api.Put("/api/v4/users/{user_id}/active", SetActive);
        api.Delete("/api/v4/users/{user_id}", Deactivate);
    }

    private static Answer Create(Call call)
    {
        var body = call.Json("user");
        var world = call.World;
        var isFirst = !world.Users.All().Any(u => u.IsSystemAdmin);
        if (!isFirst && call.Caller is not { IsSystemAdmin: true })
        {
            throw Refuse.With("api.user.create_user.signup_email_disabled.app_error", 501);
        }

        var user = new User
        {
            Id = Ids.New(),
            Username = (body.Str("username") ?? "").ToLowerInvariant(),
            Email = body.Str("email") ?? "",
            Password = body.Str("password") ?? "",
            FirstName = body.Str("first_name") ?? "",
            LastName = body.Str("last_name") ?? "",
            Nickname = body.Str("nickname") ?? "",
            Position = body.Str("position") ?? "",
            Locale = body.Str("locale") ?? "en",
            Timezone = Zone(body) ?? new UserTimezone(),
            Roles = isFirst ? "system_admin system_user" : "system_user",
        };
        return Answer.Created(
            UserJson.Of(call.World.Version, world.Users.Create(user), call.Caller)
        );
    }

    private static UserTimezone? Zone(JsonElement body) =>
        body.Get("timezone")?.Deserialize<UserTimezone>(Wire.Options);

    private static Answer Patch(Call call)
    {
        var id = call.UserId();
        call.World.DemandSelf(call.User, id);
        var body = call.Json("user");
        var changed = call.World.Users.Change(
            id,
            u =>
                u with
                {
                    Username = body.Str("username")?.ToLowerInvariant() ?? u.Username,
                    Email = body.Str("email") ?? u.Email,
                    Nickname = body.Str("nickname") ?? u.Nickname,
                    FirstName = body.Str("first_name") ?? u.FirstName,
                    LastName = body.Str("last_name") ?? u.LastName,
                    Position = body.Str("position") ?? u.Position,
                    Locale = body.Str("locale") ?? u.Locale,
                    Timezone = Zone(body) ?? u.Timezone,
                }
        );
        return Answer.Json(UserJson.Of(call.World.Version, changed, call.User));
    }

    private static Answer SetRoles(Call call)
    {
        call.World.Demand(call.User, Permission.ManageSystem);
        var roles = call.Json("roles").Str("roles") ?? throw Refuse.Body("roles");
        call.World.Users.Change(call.UserId(), u => u with { Roles = roles });
        return Answer.Ok();
    }

    private static Answer SetActive(Call call)
    {
        call.World.DemandSelf(call.User, call.UserId());
        call.World.Users.SetActive(
            call.UserId(),
            call.Json("active").Flag("active") ?? throw Refuse.Body("active")
        );
        return Answer.Ok();
    }

    private static Answer Deactivate(Call call)
    {
        call.World.DemandSelf(call.User, call.UserId());
        call.World.Users.SetActive(call.UserId(), active: false);
        return Answer.Ok();
    }
}
