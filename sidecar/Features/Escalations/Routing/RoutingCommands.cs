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
internal sealed class SetTeamChannel(RoutingStore desk, ChosenChannels chosen) : ISlashCommand
{
    private static readonly Parameter<TeamName?> Which = new(
        "team",
        $"<{string.Join(" | ", OwningTeams.All.Select(t => t.Code))}>",
        source =>
            source.Next is not { } word ? ReadArgument.Absent<TeamName?>()
            : ChoiceWords.Next(source, OwningTeams.All, t => t.Names) is var (team, taken)
                ? ReadArgument.Of<TeamName?>(team, taken)
            : ReadArgument.Wrong<TeamName?>(
                $"“{word.Value}” is not a team: there are {string.Join(", ", OwningTeams.All.Select(t => $"`{t.Code}`"))}."
            )
    )
    {
        Words = [.. OwningTeams.All.Select(t => new OfferedWord(t.Code, t.Label, ""))],
        Hint =
            $"Which team? There are {string.Join(", ", OwningTeams.All.Select(t => $"`{t.Code}`"))}.",
    };

    private static readonly Parameter<NamedChannel> Where = Arguments
        .Channel("channel", "Which channel? Write it as in `~name` or `here`; `off` removes it.")
        .UnlessNone()
        .OrNothing() with
    {
        Usage = "[~channel | here | off]",
    };

    private static readonly Parameter<string> Off = Arguments
        .Keyword("off", "Write `off` in place of the channel to remove it.")
        .OrNothing() with
    {
        Usage = "",
    };

    public static Permission Permission => EscalationRights.Route;

    public static CommandSpec Spec { get; } =
        new("team channel", "Say where a team gets its escalations", Which, Where, Off)
        {
            Examples =
            [
                "team channel support ~town-square",
                "team channel support here",
                "team channel support",
                "team channel support off",
            ],
            Details =
                "With the team alone it shows what is set; `off` removes the channel. Without a channel, the team’s people are named in the escalation’s thread instead. To choose a private channel, type the command in it; the bot must be a member.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (team, by) = (call.Get(Which)!, call.Envelope.User);
        NamedChannel? to = call.Get(Where) is { Name: not null } named ? named : null;
        if (to is null && call.Get(Off) is null)
        {
            return await Show(team, cancel);
        }

        var before = (await desk.Setup(cancel)).ChannelOf(team.Team);
        var old =
            before is { } taken && taken.Id != to?.Id
                ? await chosen.Show(taken, cancel)
                : Markdown.None;
        var instead = old.IsEmpty ? old : Markdown.Of($", no more to {old}");
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
            _ => to is { } channel ? [Greeting(team, channel, by)] : [],
            cancel
        );
        return Reply.Say(
            to is { } set
                ? Markdown.Of(
                    $"Escalations for {Markdown.Typed(team.Label)} come to {set} from now on{instead}. I will say so there; if I may not post in it, I will tell you by direct message."
                )
                : Markdown.Of(
                    $"{Markdown.Typed(team.Label)} has no channel any more; its people are named in the thread instead."
                )
        );
    }

    private async Task<Reply> Show(TeamName team, CancellationToken cancel)
    {
        if ((await desk.Setup(cancel)).ChannelOf(team.Team) is not { } channel)
        {
            return Reply.Say(
                Markdown.Of(
                    $"{Markdown.Typed(team.Label)} has no channel: its people are named in the thread. {EscalationWords.Command($"team channel {team.Code} ~channel")} chooses one."
                )
            );
        }

        var where = await chosen.Show(channel, cancel);
        return Reply.Say(
            Markdown.Of(
                $"Escalations for {Markdown.Typed(team.Label)} come to {where}. {EscalationWords.Command($"team channel {team.Code} ~channel")} chooses another one, {EscalationWords.Command($"team channel {team.Code} off")} takes it away."
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
