using System.Buffers;

namespace Mattermost.Simulator;

/// <summary>Runs what somebody typed after a slash: finds the command, calls its integration, hands on the answer.</summary>
internal sealed class CommandRunner(World world)
{
    private static readonly SearchValues<char> Spaces = SearchValues.Create(
        " \t\n\r\v\f\u0085\u00a0"
    );

    public async Task<CommandAnswer> RunAsync(
        User user,
        CommandPlace place,
        string text,
        string siteUrl
    )
    {
        var end = text.AsSpan().IndexOfAny(Spaces);
        var trigger = (end < 0 ? text : text[..end]).ToLowerInvariant()[1..];
        var message = end < 0 ? "" : text[(end + 1)..];
        world.Commands.DemandEnabled();
        var team = world.Teams.Get(place.TeamId);
        var channel = world.Channels.Get(place.ChannelId);
        var command =
            world.Commands.FindByTrigger(team.Id, trigger)
            ?? throw Refuse.With(
                "api.command.execute_command.not_found.app_error",
                404,
                ("Trigger", trigger)
            );
        var (clientTrigger, triggerId) = world.Triggers.New(user.Id, channel.Id, team.Id);
        var form = Form(command, user, team, channel, place, message);
        form.Add(("trigger_id", triggerId));
        form.Add(
            ("response_url", siteUrl + "/hooks/commands/" + world.ResponseUrls.New(command, place))
        );
        var answer = await CallAsync(command, Forms.Encode(form));
        return world.CommandResponses.Handle(
            command,
            place,
            answer with
            {
                TriggerId = clientTrigger,
            }
        );
    }

    private List<(string, string)> Form(
        Command command,
        User user,
        Team team,
        Channel channel,
        CommandPlace place,
        string message
    )
    {
        List<(string, string)> form =
        [
            ("channel_id", channel.Id),
            ("channel_name", channel.Name),
            ("command", "/" + command.Trigger),
            ("team_domain", team.Name),
            ("team_id", team.Id),
            ("text", message),
            ("token", command.Token),
            ("user_id", user.Id),
            ("user_name", user.Username),
        ];
        if (world.Version.SendsRootIdWithCommands)
        {
            form.Add(("root_id", place.RootId));
        }

        foreach (var (name, id) in MentionedUsers(message, team))
        {
            form.Add(("user_mentions", name));
            form.Add(("user_mentions_ids", id));
        }

        foreach (var name in PostProps.ChannelMentions(message))
        {
            if (world.Channels.FindByName(team.Id, name) is { IsOpen: true, DeleteAt: 0 } mentioned)
            {
                form.Add(("channel_mentions", name));
                form.Add(("channel_mentions_ids", mentioned.Id));
            }
        }

        return form;
    }

    /// <summary>Members of the team only; trailing punctuation is tried without.</summary>
    private IEnumerable<(string Name, string Id)> MentionedUsers(string message, Team team)
    {
        foreach (var mention in PostProps.UserMentions(message))
        {
            var name = mention;
            var user = world.Users.FindByName(name);
            while (user is null && name.Length > 0 && name[^1] is '.' or '-' or '_')
            {
                name = name[..^1];
                user = world.Users.FindByName(name);
            }

            if (user is not null && world.Teams.Membership(team.Id, user.Id) is not null)
            {
                yield return (name, user.Id);
            }
        }
    }

    private async Task<CommandAnswer> CallAsync(Command command, string form)
    {
        var isGet = command.Method == "G";
        var separator = command.Url.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        var answer =
            await world.Integrations.CallAsync(
                isGet ? HttpMethod.Get : HttpMethod.Post,
                isGet ? command.Url + separator + form : command.Url,
                isGet ? null : form,
                "application/x-www-form-urlencoded",
                "Token " + command.Token
            ) ?? throw Failed(command);
        if (answer.Status != 200)
        {
            var sentence = Messages
                .Of(
                    "api.command.execute_command.failed_resp.app_error",
                    ("Trigger", command.Trigger)
                )
                .Replace("{{.Status}}", answer.StatusText, StringComparison.Ordinal);
            throw new RefusedException(
                new AppError("api.command.execute_command.failed_resp.app_error", sentence, 500)
                {
                    Details = answer.Body,
                }
            );
        }

        return CommandAnswer.Read(answer.MediaType, answer.Body) ?? throw Failed(command);
    }

    private static RefusedException Failed(Command command) =>
        Refuse.With(
            "api.command.execute_command.failed.app_error",
            500,
            ("Trigger", command.Trigger)
        );
}
