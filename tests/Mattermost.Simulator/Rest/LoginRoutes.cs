using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Mattermost.Simulator;

/// <summary>Logging in and out.</summary>
internal static class LoginRoutes
{
    private static readonly TimeSpan SessionLength = TimeSpan.FromDays(30);

    public static void MapLogin(this Api api)
    {
        api.Open("POST", "/api/v4/users/login", Login);
        api.Open("POST", "/api/v4/users/logout", Logout);
    }

    private static Answer Login(Call call)
    {
        var body = call.Json("login");
        var user = Authenticated(call.World, body);
        var session = call.World.Sessions.Start(user);
        call.World.Statuses.Set(user.Id, "online", manual: false);
        var response = call.Http.Response;
        response.Headers["Token"] = session.Token;
        if (call.Http.Request.Headers.XRequestedWith == "XMLHttpRequest")
        {
            var options = new CookieOptions { Path = "/", MaxAge = SessionLength };
            response.Cookies.Append(
                "MMAUTHTOKEN",
                session.Token,
                new CookieOptions(options) { HttpOnly = true }
            );
            response.Cookies.Append("MMUSERID", user.Id, options);
            response.Cookies.Append("MMCSRF", session.Csrf, options);
        }

        return Answer.Json(UserJson.Of(call.World.Version, user, user));
    }

    private static User Authenticated(World world, JsonElement body)
    {
        if (body.Str("password") is not { Length: > 0 } password)
        {
            throw Refuse.With("api.user.login.blank_pwd.app_error", 400);
        }

        var loginId = body.Str("login_id") ?? "";
        var user = body.Str("id") is { Length: > 0 } id
            ? world.Users.Find(id)
            : world.Users.FindByName(loginId)
                ?? world.Users.All().FirstOrDefault(u => u.Email == loginId);
        if (user is { IsBot: true })
        {
            throw Refuse.With("api.user.login.bot_login_forbidden.app_error", 401);
        }

        if (user is null || user.Password != password)
        {
            throw Refuse.With("api.user.login.invalid_credentials_email_username", 401);
        }

        return user.DeleteAt == 0
            ? user
            : throw Refuse.With("api.user.login.inactive.app_error", 401);
    }

    private static Answer Logout(Call call)
    {
        if (call.Caller is not null)
        {
            call.World.Sessions.End(call.Token);
        }

        foreach (var cookie in (ReadOnlySpan<string>)["MMAUTHTOKEN", "MMUSERID", "MMCSRF"])
        {
            call.Http.Response.Cookies.Delete(cookie);
        }

        return Answer.Ok();
    }
}
