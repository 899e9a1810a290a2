using Sidecar.Cards;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

/// <summary><c>/escalate team list</c>: where teams get what is theirs, and who is on duty.</summary>
internal sealed class ListTeams(RoutingDesk desk, ChosenChannels chosen) : ISlashCommand
{
    public static Permission Permission => EscalationRights.Read;

    public static CommandSpec Spec { get; } =
        new("team list", "List where teams get their escalations, and who is on duty")
        {
            Examples = ["team list"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var setup = await desk.Setup(cancel);
        List<Words> rows = [];
        foreach (var team in Teams.All)
        {
            rows.Add(await Row(team, setup, cancel));
        }

        return Reply.Say(
            Words.Lines([
                Words.Of($"#### Teams"),
                Words.Of($"| Team | Word | Its escalations come to |"),
                Words.Of($"|:--|:--|:--|"),
                .. rows,
                Words.Of($" "),
                Words.Of($"On duty: {Person(setup.OnDuty)} · back-up: {Person(setup.BackUp)}"),
            ])
        );
    }

    private async ValueTask<Words> Row(TeamName team, RoutingSetup setup, CancellationToken cancel)
    {
        var where = setup.ChannelOf(team.Team) is { } channel
            ? await chosen.Show(channel, cancel)
            : Words.Of($"no channel: its people are named in the thread");
        return Words.Of($"| {Words.Typed(team.Label)} | {Words.Code(team.Code)} | {where} |");
    }

    private static Words Person(UserId? person) =>
        person is { } who ? Words.Of($"{who}") : Words.Of($"nobody");
}

/// <summary><c>/escalate team channel</c>: where a team gets what is theirs (ESC-3).</summary>
internal sealed class SetTeamChannel(RoutingDesk desk) : ISlashCommand
{
    private static readonly Parameter<TeamName?> Which = new(
        "team",
        $"<{string.Join(" | ", Teams.All.Select(t => t.Code))}>",
        source =>
            source.Next is not { } word ? Argument.Absent<TeamName?>()
            : Teams.All.FirstOrDefault(t =>
                t.Code.Equals(word.Value, StringComparison.OrdinalIgnoreCase)
            )
                is { } team
                ? Argument.Of<TeamName?>(team)
            : Argument.Wrong<TeamName?>(
                $"“{word.Value}” is no team: there are {string.Join(", ", Teams.All.Select(t => $"`{t.Code}`"))}."
            )
    )
    {
        Hint = $"Which team? There are {string.Join(", ", Teams.All.Select(t => $"`{t.Code}`"))}.",
    };

    private static readonly Parameter<NamedChannel> Where = Arguments
        .Channel("channel", "Which channel? Write it as in `~name`; leave it out to take it away.")
        .OrNothing();

    public static Permission Permission => EscalationRights.Route;

    public static CommandSpec Spec { get; } =
        new("team channel", "Say where a team gets its escalations", Which, Where)
        {
            Examples = ["team channel support ~town-square", "team channel support"],
            Details =
                "Without a channel, the team’s people are named in the escalation’s thread instead. A private channel is chosen by the command in itself, and the bot must be a member.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (team, by) = (call.Get(Which)!, call.Envelope.User);
        NamedChannel? to = call.Get(Where) is { Name: not null } named ? named : null;
        await desk.Change(
            by,
            setup =>
                (
                    setup with
                    {
                        Channels = to is { } channel
                            ? setup.Channels.SetItem(team.Code, channel)
                            : setup.Channels.Remove(team.Code),
                    },
                    new RoutingFact.ChannelSet(by, team.Team, setup.ChannelOf(team.Team), to)
                ),
            _ => to is { } channel ? Greeting(team, channel, by) : null,
            cancel
        );
        return Reply.Say(
            to is { } set
                ? Words.Of(
                    $"Escalations for {Words.Typed(team.Label)} come to {set} from now on. I say so there; should I not be allowed to post in it, I tell you by direct message."
                )
                : Words.Of(
                    $"{Words.Typed(team.Label)} has no channel any more; its people are named in the thread instead."
                )
        );
    }

    private static Effect.Say Greeting(TeamName team, NamedChannel channel, UserId by) =>
        new(
            channel.Id,
            Thread: null,
            Words.Of(
                $"{by} has chosen this channel: escalations for {Words.Typed(team.Label)} come here."
            )
        )
        {
            About = $"the channel of {team.Label}",
            ChosenFor = $"escalations for {team.Label}",
            OnBehalfOf = by,
        };
}

/// <summary><c>/escalate duty</c>: who is reminded of what nobody owns, and who backs them up (ESC-8).</summary>
internal sealed class SetDuty(RoutingDesk desk, PeopleDirectory people) : ISlashCommand
{
    private static readonly Parameter<UserId> Engineer = Arguments.User(
        "engineer",
        "Who is on duty? Write the at-name, as in `@name`."
    );

    private static readonly Parameter<UserId> BackUp = Arguments
        .User("backup", "Who backs them up? Write the at-name, as in `@name`.")
        .OrNothing();

    public static Permission Permission => EscalationRights.Route;

    public static CommandSpec Spec { get; } =
        new("duty", "Say which engineer is on duty, and who backs them up", Engineer, BackUp)
        {
            Examples = ["duty @engineer", "duty @engineer @engineer"],
            Details =
                "The one on duty is reminded of accepted escalations that nobody owns or acknowledges; then the back-up. `team list` shows who it is.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var by = call.Envelope.User;
        var engineer = call.Get(Engineer);
        UserId? backUp = call.Get(BackUp) is { Value: not null } named ? named : null;
        foreach (var person in backUp is { } second ? (UserId[])[engineer, second] : [engineer])
        {
            if (WhyNot(person, await people.Find(person, cancel)) is { } why)
            {
                return Reply.Say(Words.Of($"{why} Nothing was changed."));
            }
        }

        await desk.Change(
            by,
            setup =>
                (
                    setup with
                    {
                        OnDuty = engineer,
                        BackUp = backUp,
                    },
                    new RoutingFact.DutySet(by, engineer, backUp, setup.OnDuty, setup.BackUp)
                ),
            _ => null,
            cancel
        );
        return Reply.Say(
            backUp is { } who
                ? Words.Of($"On duty: {engineer}, backed up by {who}.")
                : Words.Of($"On duty: {engineer}, with nobody to back them up.")
        );
    }

    /// <summary>Who can't be reminded of anything, or could do nothing about it.</summary>
    private static Words? WhyNot(UserId person, ChatPerson? known) =>
        known switch
        {
            null => Words.Of($"Mattermost knows nobody with that id."),
            { IsBot: true } => Words.Of($"{person} is a bot and can't be on duty."),
            { IsDeactivated: true } => Words.Of($"The account of {person} is deactivated."),
            { IsGuest: true } => Words.Of(
                $"{person} is a guest of this server and can't be on duty."
            ),
            _ => null,
        };
}
