namespace Mattermost.Simulator;

/// <summary>Slash commands: managing them and running them.</summary>
internal static class CommandRoutes
{
    public static void MapCommands(this Api api)
    {
        api.Post("/api/v4/commands", Create);
        api.Get("/api/v4/commands", List);
        api.Get("/api/v4/commands/{command_id}", c => Answer.Json(Managed(c)));
        api.Put("/api/v4/commands/{command_id}", Update);
        api.Delete("/api/v4/commands/{command_id}", Delete);
        api.Put("/api/v4/commands/{command_id}/regen_token", RegenerateToken);
        api.Post("/api/v4/commands/execute", Execute);
        api.Get("/api/v4/teams/{team_id}/commands/autocomplete", Autocomplete);
        api.Open("POST", "/hooks/commands/{id}", AnswerLater);
    }

    private static Answer Create(Call call)
    {
        var draft = call.Read<Command>("command");
        call.World.DemandInTeam(call.User, draft.TeamId, Permission.ManageCommands);
        return Answer.Created(call.World.Commands.Create(draft, call.User));
    }

    private static Answer List(Call call)
    {
        var team = call.Query("team_id");
        if (team.Length == 0)
        {
            throw Refuse.Body("team_id");
        }

        call.World.DemandInTeam(call.User, team, Permission.ViewTeam);
        var manages = call.World.MayInTeam(call.User, team, Permission.ManageCommands);
        if (call.Flag("custom_only"))
        {
            if (!manages)
            {
                throw Refuse.Permission(Permission.ManageCommands);
            }

            call.World.Commands.DemandEnabled();
            return Answer.Json(call.World.Commands.Of(team));
        }

        return Answer.Json(
            call.World.Commands.Of(team)
                .Where(c => manages || c.AutoComplete)
                .Select(Public)
                .ToList()
        );
    }

    /// <summary>What those see who do not manage a command: neither its token nor its address.</summary>
    private static Command Public(Command command) =>
        command with
        {
            Token = "",
            CreatorId = "",
            Method = "",
            Url = "",
            Username = "",
            IconUrl = "",
        };

    private static Command Managed(Call call)
    {
        var command = call.World.Commands.Find(call.Id("command_id"));
        return
            command is not null
            && call.World.MayInTeam(call.User, command.TeamId, Permission.ManageCommands)
            ? command
            : throw Refuse.With("store.sql_command.save.get.app_error", 404);
    }

    private static Answer Update(Call call)
    {
        var wanted = call.Read<Command>("command");
        if (wanted.Id != call.Id("command_id"))
        {
            throw Refuse.Body("command");
        }

        var old = Managed(call);
        return wanted.TeamId == old.TeamId
            ? Answer.Json(call.World.Commands.Update(old, wanted))
            : throw Refuse.With("api.command.team_mismatch.app_error", 400);
    }

    private static Answer Delete(Call call)
    {
        call.World.Commands.Delete(Managed(call));
        return Answer.Ok();
    }

    private static Answer RegenerateToken(Call call) =>
        Answer.Json(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["token"] = call.World.Commands.RegenerateToken(Managed(call)).Token,
            }
        );

    private static async Task<Answer> Execute(Call call)
    {
        var body = call.Json("command_args");
        var (text, channelId) = (body.Str("command") ?? "", body.Str("channel_id") ?? "");
        if (text.Length <= 1 || text[0] != '/' || !Ids.IsValid(channelId))
        {
            throw Refuse.With("api.command.execute_command.start.app_error", 400);
        }

        var world = call.World;
        world.DemandInChannel(call.User, channelId, Permission.UseSlashCommands);
        var channel = world.Channels.Get(channelId);
        if (channel.DeleteAt != 0 && world.Version.RefusesCommandsInArchivedChannels)
        {
            throw Refuse.With("api.command.execute_command.deleted.error", 400);
        }

        var teamId = channel.IsPersonal ? body.Str("team_id") ?? "" : channel.TeamId;
        if (channel.IsPersonal && world.Teams.Membership(teamId, call.User.Id) is null)
        {
            world.Demand(call.User, Permission.UseSlashCommands);
        }

        var place = new CommandPlace(call.User.Id, channelId, teamId, body.Str("root_id") ?? "");
        return Answer.Json(
            await world.CommandRunner.RunAsync(call.User, place, text, call.SiteUrl)
        );
    }

    private static Answer Autocomplete(Call call)
    {
        var team = call.Id("team_id");
        call.World.DemandInTeam(call.User, team, Permission.ViewTeam);
        var commands = call.World.Config.Current.EnableCommands ? call.World.Commands.Of(team) : [];
        return Answer.Json(commands.Where(c => c.AutoComplete).Select(Public).ToList());
    }

    private static Answer AnswerLater(Call call)
    {
        var mediaType = (call.Http.Request.ContentType ?? "").Split(';')[0].Trim();
        var answer =
            CommandAnswer.Read(mediaType, call.BodyText)
            ?? throw Refuse.With("web.command_webhook.parse.app_error", 400);
        try
        {
            call.World.ResponseUrls.Use(call.Route("id"), answer);
        }
        catch (RefusedException refused) when (call.World.Version.WrapsErrorsOfLateAnswers)
        {
            throw Refuse.With(
                "web.command_webhook.general.app_error",
                refused.Error.StatusCode,
                ("Id", call.Route("id"))
            );
        }

        return Answer.PlainOk();
    }
}
