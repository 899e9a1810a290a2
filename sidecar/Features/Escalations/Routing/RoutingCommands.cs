using Sidecar.Chat;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Routing;

/// <summary><c>/escalate team list</c>: where teams get what is theirs, and who is on duty.</summary>
internal sealed class ListTeams(RoutingStore desk, ChosenChannels chosen) : ISlashCommand
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
        List<Markdown> rows = [];
        foreach (var team in OwningTeams.All)
        {
            rows.Add(await Row(team, setup, cancel));
        }

        return Reply.Say(
            Markdown.Lines([
                Markdown.Of($"#### Teams"),
                Markdown.Of($"| Team | Word | Its escalations come to |"),
                Markdown.Of($"|:--|:--|:--|"),
                .. rows,
                Markdown.Of($" "),
                Markdown.Of($"On duty: {Person(setup.OnDuty)} · back-up: {Person(setup.BackUp)}"),
            ])
        );
    }

    private async ValueTask<Markdown> Row(
        TeamName team,
        RoutingSetup setup,
        CancellationToken cancel
    )
    {
        var where = setup.ChannelOf(team.Team) is { } channel
            ? await chosen.Show(channel, cancel)
            : Markdown.Of($"no channel: its people are named in the thread");
        return Markdown.Of(
            $"| {Markdown.Typed(team.Label)} | {Markdown.Code(team.Code)} | {where} |"
        );
    }

    private static Markdown Person(UserId? person) =>
        person is { } who ? Markdown.Of($"{who}") : Markdown.Of($"nobody");
}

/// <summary><c>/escalate team channel</c>: where a team gets what is theirs (ESC-3).</summary>
internal sealed class SetTeamChannel(RoutingStore desk) : ISlashCommand
{
    private static readonly Parameter<TeamName?> Which = new(
        "team",
        $"<{string.Join(" | ", OwningTeams.All.Select(t => t.Code))}>",
        source =>
            source.Next is not { } word ? ReadArgument.Absent<TeamName?>()
            : OwningTeams.All.FirstOrDefault(t =>
                t.Code.Equals(word.Value, StringComparison.OrdinalIgnoreCase)
            )
                is { } team
                ? ReadArgument.Of<TeamName?>(team)
            : ReadArgument.Wrong<TeamName?>(
                $"“{word.Value}” is no team: there are {string.Join(", ", OwningTeams.All.Select(t => $"`{t.Code}`"))}."
            )
    )
    {
        Hint =
            $"Which team? There are {string.Join(", ", OwningTeams.All.Select(t => $"`{t.Code}`"))}.",
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
                ? Markdown.Of(
                    $"Escalations for {Markdown.Typed(team.Label)} come to {set} from now on. I say so there; should I not be allowed to post in it, I tell you by direct message."
                )
                : Markdown.Of(
                    $"{Markdown.Typed(team.Label)} has no channel any more; its people are named in the thread instead."
                )
        );
    }

    private static Effect.Say Greeting(TeamName team, NamedChannel channel, UserId by) =>
        new(
            channel.Id,
            Thread: null,
            Markdown.Of(
                $"{by} has chosen this channel: escalations for {Markdown.Typed(team.Label)} come here."
            )
        )
        {
            About = $"the channel of {team.Label}",
            ChosenFor = $"escalations for {team.Label}",
            OnBehalfOf = by,
        };
}

/// <summary><c>/escalate duty</c>: who is reminded of what nobody owns, and who backs them up (ESC-8).</summary>
internal sealed class SetDuty(RoutingStore desk, PeopleDirectory people) : ISlashCommand
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
                return Reply.Say(Markdown.Of($"{why} Nothing was changed."));
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
                ? Markdown.Of($"On duty: {engineer}, backed up by {who}.")
                : Markdown.Of($"On duty: {engineer}, with nobody to back them up.")
        );
    }

    /// <summary>Who can't be reminded of anything, or could do nothing about it.</summary>
    private static Markdown? WhyNot(UserId person, ChatPerson? known) =>
        known switch
        {
            null => Markdown.Of($"Mattermost knows nobody with that id."),
            { IsBot: true } => Markdown.Of($"{person} is a bot and can't be on duty."),
            { IsDeactivated: true } => Markdown.Of($"The account of {person} is deactivated."),
            { IsGuest: true } => Markdown.Of(
                $"{person} is a guest of this server and can't be on duty."
            ),
            _ => null,
        };
}
