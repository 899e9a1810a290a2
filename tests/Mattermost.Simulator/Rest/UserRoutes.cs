using System.Text;

namespace Mattermost.Simulator;

/// <summary>Users: reading and finding.</summary>
internal static class UserRoutes
{
    public static void MapUsers(this Api api)
    {
        api.Get("/api/v4/users", List);
        api.Get(
            "/api/v4/users/{user_id}",
            c => Answer.Json(UserJson.Of(c.World.Version, c.World.Users.Get(c.UserId()), c.User))
        );
        api.Get(
            "/api/v4/users/username/{username}",
            c =>
                Answer.Json(
                    UserJson.Of(
                        c.World.Version,
                        c.World.Users.FindByName(c.Route("username")) ?? throw NoSuchName(),
                        c.User
                    )
                )
        );
        api.Get("/api/v4/users/email/{email}", ByEmail);
        api.Post("/api/v4/users/usernames", ByNames);
        api.Post("/api/v4/users/ids", ByIds);
        api.Post("/api/v4/users/search", Search);
        api.Get("/api/v4/users/autocomplete", Autocomplete);
        api.Get("/api/v4/users/{user_id}/image", Image);
    }

    private static RefusedException NoSuchName() =>
        Refuse.With("app.user.get_by_username.app_error", 404);

    private static Answer List(Call call)
    {
        var world = call.World;
        IEnumerable<User> users = world.Users.All();
        if (call.Query("in_team") is { Length: > 0 } team)
        {
            world.DemandInTeam(call.User, team, Permission.ViewTeam);
            users = users.Where(u => world.Teams.Membership(team, u.Id) is not null);
        }

        if (call.Query("in_channel") is { Length: > 0 } channel)
        {
            world.DemandRead(call.User, channel);
            users = users.Where(u => world.Channels.Membership(channel, u.Id) is not null);
        }

        if (call.Query("not_in_channel") is { Length: > 0 } without)
        {
            users = users.Where(u => world.Channels.Membership(without, u.Id) is null);
        }

        if (call.Flag("active"))
        {
            users = users.Where(u => u.DeleteAt == 0);
        }

        if (call.Flag("inactive"))
        {
            users = users.Where(u => u.DeleteAt != 0);
        }

        return Answer.Json(UserJson.List(call.World.Version, call.Paged(users), call.User));
    }

    private static Answer ByEmail(Call call)
    {
        var email = call.Route("email");
        var user =
            call.World.Users.All().FirstOrDefault(u => u.Email == email) ?? throw Refuse.NoUser();
        return Answer.Json(UserJson.Of(call.World.Version, user, call.User));
    }

    private static Answer ByNames(Call call)
    {
        var names = call.Strings("usernames");
        return names.Count == 0
            ? throw Refuse.Body("usernames")
            : Answer.Json(
                UserJson.List(
                    call.World.Version, // Unlike elsewhere, names are compared as they are written.
                    names
                        .Distinct(StringComparer.Ordinal)
                        .Select(name => (name, user: call.World.Users.FindByName(name)))
                        .Where(found => found.user?.Username == found.name)
                        .Select(found => found.user!),
                    call.User
                )
            );
    }

    private static Answer ByIds(Call call)
    {
        var ids = call.Strings("user_ids");
        return ids.Count == 0
            ? throw Refuse.Body("user_ids")
            : Answer.Json(
                UserJson.List(
                    call.World.Version,
                    ids.Select(call.World.Users.Find)
                        .OfType<User>()
                        .Distinct()
                        .OrderBy(u => u.Username, StringComparer.Ordinal),
                    call.User
                )
            );
    }

    private static Answer Search(Call call)
    {
        var body = call.Json("props");
        var world = call.World;
        if (body.Str("term") is not { Length: > 0 } term)
        {
            throw Refuse.Body("term");
        }

        IEnumerable<User> users = world.Users.All();
        if (body.Str("team_id") is { Length: > 0 } team)
        {
            world.DemandInTeam(call.User, team, Permission.ViewTeam);
            users = users.Where(u => world.Teams.Membership(team, u.Id) is not null);
        }

        if (body.Str("in_channel_id") is { Length: > 0 } channel)
        {
            world.DemandRead(call.User, channel);
            users = users.Where(u => world.Channels.Membership(channel, u.Id) is not null);
        }

        var limit = (int)(body.Number("limit") ?? 100);
        var found = Users.Search(users, term, body.Flag("allow_inactive") ?? false).Take(limit);
        return Answer.Json(UserJson.List(call.World.Version, found, call.User));
    }

    private static Answer Autocomplete(Call call)
    {
        var world = call.World;
        var found = Users.Search(world.Users.All(), call.Query("name"), includeInactive: false);
        if (call.Query("in_team") is { Length: > 0 } team)
        {
            world.DemandInTeam(call.User, team, Permission.ViewTeam);
            found = found.Where(u => world.Teams.Membership(team, u.Id) is not null);
        }

        var channel = call.Query("in_channel");
        var sorted = found.ToLookup(u =>
            channel.Length == 0 || world.Channels.Membership(channel, u.Id) is not null
        );
        var answer = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["users"] = UserJson.List(call.World.Version, sorted[true].Take(25), call.User),
        };
        if (channel.Length > 0)
        {
            answer["out_of_channel"] = UserJson.List(
                call.World.Version,
                sorted[false].Take(25),
                call.User
            );
        }

        return Answer.Json(answer);
    }

    /// <summary>A letter on a colour that follows from the id, so that the same person always looks the same.</summary>
    private static Answer Image(Call call)
    {
        var user = call.World.Users.Get(call.UserId());
        var hue = (user.Id.Sum(c => c) * 37 % 360).ToString(CultureInfo.InvariantCulture);
        var letter = char.ToUpperInvariant(user.Username[0]);
        var svg =
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 128 128\"><rect width=\"128\" height=\"128\" fill=\"hsl({hue},45%,45%)\"/>"
            + $"<text x=\"64\" y=\"86\" font-family=\"sans-serif\" font-size=\"64\" fill=\"#fff\" text-anchor=\"middle\">{letter}</text></svg>";
        return new Answer(200, Encoding.UTF8.GetBytes(svg), "image/svg+xml");
    }
}
