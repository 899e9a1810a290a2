using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>Teams and their members.</summary>
internal static class TeamRoutes
{
    public static void MapTeams(this Api api)
    {
        api.Post("/api/v4/teams", Create);
        api.Get("/api/v4/teams", List);
        api.Get(
            "/api/v4/teams/{team_id}",
            c => Answer.Json(Json(Visible(c, c.World.Teams.Get(c.Id("team_id")))))
        );
        api.Get(
            "/api/v4/teams/name/{name}",
            c =>
                Answer.Json(
                    Json(
                        Visible(
                            c,
                            c.World.Teams.FindByName(c.Route("name"))
                                ?? throw Refuse.With("app.team.get_by_name.missing.app_error", 404)
                        )
                    )
                )
        );
        api.Get(
            "/api/v4/teams/name/{name}/exists",
            c =>
                Answer.Json(
                    new JsonObject
                    {
                        ["exists"] = c.World.Teams.FindByName(c.Route("name")) is not null,
                    }
                )
        );
        api.Post("/api/v4/teams/{team_id}/members", AddMember);
        api.Get("/api/v4/teams/{team_id}/members", Members);
        api.Get("/api/v4/teams/{team_id}/members/{user_id}", Member);
        api.Delete("/api/v4/teams/{team_id}/members/{user_id}", RemoveMember);
        api.Get("/api/v4/users/{user_id}/teams", Of);
        api.Get("/api/v4/users/{user_id}/teams/members", MembershipsOf);
    }

    private static Team Visible(Call call, Team team)
    {
        call.World.DemandInTeam(call.User, team.Id, Permission.ViewTeam);
        return team;
    }

    private static Answer Create(Call call)
    {
        call.World.Demand(call.User, Permission.CreateTeam);
        var body = call.Json("team");
        var team = call.World.Teams.Create(
            (body.Str("name") ?? "").ToLowerInvariant(),
            body.Str("display_name") ?? "",
            body.Str("type") ?? "O",
            call.User.Id
        );
        call.World.Teams.Join(team, call.User, asAdmin: true);
        return Answer.Created(Json(team));
    }

    private static Answer List(Call call)
    {
        var all = call
            .World.Teams.All()
            .Where(t =>
                call.World.MayInTeam(call.User, t.Id, Permission.ViewTeam) || t.Type == "O"
            );
        var page = call.Paged(all).Select(t => (JsonNode)Json(t));
        return Answer.Json(new JsonArray([.. page]));
    }

    private static Answer AddMember(Call call)
    {
        var world = call.World;
        var team = world.Teams.Get(call.Id("team_id"));
        var user = world.Users.Get(
            call.Json("team_member").Str("user_id") ?? throw Refuse.Body("user_id")
        );
        world.DemandInTeam(call.User, team.Id, Permission.AddUserToTeam);
        var isNew = world.Teams.Membership(team.Id, user.Id) is null;
        var member = world.Teams.Join(team, user, asAdmin: false);
        if (isNew && world.Channels.FindByName(team.Id, Channels.Default) is { } square)
        {
            SystemMessages.Say(
                world,
                square,
                call.User,
                "system_add_to_team",
                $"{user.Username} added to the team by {call.User.Username}."
            );
            world.Hub.Publish(
                "added_to_team",
                Audience.User(user.Id),
                () => new() { ["team_id"] = team.Id, ["user_id"] = user.Id }
            );
        }

        return Answer.Created(Json(team.Id, member));
    }

    private static Answer Members(Call call)
    {
        var team = Visible(call, call.World.Teams.Get(call.Id("team_id")));
        var page = call.Paged(call.World.Teams.MembersOf(team.Id))
            .Select(m => (JsonNode)Json(team.Id, m));
        return Answer.Json(new JsonArray([.. page]));
    }

    private static Answer Member(Call call)
    {
        var team = Visible(call, call.World.Teams.Get(call.Id("team_id")));
        var member =
            call.World.Teams.Membership(team.Id, call.UserId())
            ?? throw Refuse.With("app.team.get_member.missing.app_error", 404);
        return Answer.Json(Json(team.Id, member));
    }

    private static Answer RemoveMember(Call call)
    {
        var team = call.World.Teams.Get(call.Id("team_id"));
        if (call.UserId() != call.User.Id)
        {
            call.World.DemandInTeam(call.User, team.Id, Permission.ManageTeam);
        }

        call.World.Teams.Leave(team, call.UserId());
        return Answer.Ok();
    }

    private static Answer Of(Call call)
    {
        call.World.DemandSelf(call.User, call.UserId());
        return Answer.Json(
            new JsonArray([.. call.World.Teams.Of(call.UserId()).Select(t => (JsonNode)Json(t))])
        );
    }

    private static Answer MembershipsOf(Call call)
    {
        call.World.DemandSelf(call.User, call.UserId());
        var id = call.UserId();
        var memberships = call
            .World.Teams.Of(id)
            .Select(t => (JsonNode)Json(t.Id, call.World.Teams.Membership(t.Id, id)!));
        return Answer.Json(new JsonArray([.. memberships]));
    }

    private static JsonObject Json(Team team) =>
        new()
        {
            ["id"] = team.Id,
            ["create_at"] = team.CreateAt,
            ["update_at"] = team.UpdateAt,
            ["delete_at"] = team.DeleteAt,
            ["display_name"] = team.DisplayName,
            ["name"] = team.Name,
            ["description"] = "",
            ["email"] = "",
            ["type"] = team.Type,
            ["company_name"] = "",
            ["allowed_domains"] = "",
            ["invite_id"] = team.InviteId,
            ["allow_open_invite"] = false,
            ["scheme_id"] = null,
            ["group_constrained"] = null,
            ["policy_id"] = null,
        };

    private static JsonObject Json(string teamId, Member member) =>
        new()
        {
            ["team_id"] = teamId,
            ["user_id"] = member.UserId,
            ["roles"] = member.TeamRoles,
            ["delete_at"] = 0,
            ["scheme_guest"] = member.IsGuest,
            ["scheme_user"] = !member.IsGuest,
            ["scheme_admin"] = member.IsAdmin,
            ["explicit_roles"] = "",
        };
}
