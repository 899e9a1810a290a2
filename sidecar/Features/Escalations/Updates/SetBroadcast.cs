using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Updates;

/// <summary><c>/escalate broadcast</c>: in which channels updates of a severity are told besides (UPD-2).</summary>
internal sealed class SetBroadcast(RoutingStore desk, ChosenChannels chosen) : ISlashCommand
{
    private static readonly Parameter<NamedChannel> Where = Arguments
        .Channel("channel", "Which channel? Write it as in `~name` or `here`.")
        .UnlessNone()
        .OrNothing();

    private static readonly Parameter<string> Off = Arguments
        .Keyword("off", "Write `off` after the channel to remove it.")
        .OrNothing();

    public static Permission Permission => EscalationRights.Route;

    public static CommandSpec Spec { get; } =
        new(
            "broadcast",
            "Say which channels get the status updates of a severity",
            EscalationArguments.MaybeSeverity,
            Where,
            Off
        )
        {
            Examples =
            [
                "broadcast",
                "broadcast sev1 ~town-square",
                "broadcast sev1 ~town-square off",
                "broadcast sev1 off",
            ],
            Details =
                "Without a channel it lists what is set; `off` without one removes all channels of that severity. Whoever reads such a channel reads the customer’s name there. To choose a private channel, type the command in it; the bot must be a member.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        NamedChannel? channel = call.Get(Where) is { Name: not null } named ? named : null;
        return (call.Get(EscalationArguments.MaybeSeverity), channel) switch
        {
            ({ } severity, null) when call.Get(Off) is not null => Reply.Say(
                await RemoveAll(severity, call.Envelope.User, cancel)
            ),
            (null, null) when call.Get(Off) is not null => Reply.No(
                Markdown.Of(
                    $"Of which severity? Write {EscalationWords.Command("broadcast sev1 off")}. Nothing was changed."
                )
            ),
            (_, null) => Reply.Say(await List(await desk.Setup(cancel), cancel)),
            (null, { } where) => Reply.Say(
                Markdown.Of(
                    $"Of which severity? Write {EscalationWords.Command($"broadcast sev1 {where}")}. Nothing was changed."
                )
            ),
            ({ } severity, { } where) => Reply.Say(
                call.Get(Off) is null
                    ? await Add(severity, where, call.Envelope.User, cancel)
                    : await Remove(severity, where, call.Envelope.User, cancel)
            ),
        };
    }

    private async Task<Markdown> Add(
        Severity severity,
        NamedChannel channel,
        UserId by,
        CancellationToken cancel
    )
    {
        var label = Vocabulary.Severities.Label(severity);
        var answer = Markdown.None;
        await desk.Change(
            by,
            setup =>
            {
                var now = setup.BroadcastOf(severity);
                if (now.Any(c => c.Id == channel.Id))
                {
                    answer = Markdown.Of($"{channel} gets the status updates of {label} already.");
                    return (setup, null);
                }

                if (now.Length >= RoutingSetup.MostBroadcast)
                {
                    answer = Markdown.Of(
                        $"{label} has {now.Length} broadcast channels already, and there can be no more: {Channels([.. now.Select(c => Markdown.Of($"{c}"))])}. Take one away first: {EscalationWords.Command($"broadcast {Vocabulary.Severities.Code(severity)} {now[0]} off")}"
                    );
                    return (setup, null);
                }

                answer = Markdown.Of(
                    $"Status updates of {label} are posted to {channel} as well from now on. Whoever reads that channel reads the customer’s name and the summary there. I will say so there; if I may not post in it, I will tell you by direct message."
                );
                return (
                    setup.WithBroadcast(severity, now.Add(channel)),
                    new RoutingFact.BroadcastSet(by, severity, channel, IsOn: true)
                );
            },
            _ => [Greeting(label, channel, by)],
            cancel
        );
        return answer;
    }

    private async Task<Markdown> Remove(
        Severity severity,
        NamedChannel channel,
        UserId by,
        CancellationToken cancel
    )
    {
        var label = Vocabulary.Severities.Label(severity);
        var answer = Markdown.None;
        await desk.Change(
            by,
            setup =>
            {
                var now = setup.BroadcastOf(severity);
                var left = now.RemoveAll(c => c.Id == channel.Id);
                if (left.Length == now.Length)
                {
                    answer = Markdown.Of(
                        $"{channel} does not get the status updates of {label}; nothing was changed. {EscalationWords.Command("broadcast")} lists what is set."
                    );
                    return (setup, null);
                }

                answer = Markdown.Of(
                    $"Status updates of {label} are not posted to {channel} any more."
                );
                return (
                    setup.WithBroadcast(severity, left),
                    new RoutingFact.BroadcastSet(by, severity, channel, IsOn: false)
                );
            },
            _ => [],
            cancel
        );
        return answer;
    }

    private async Task<Markdown> RemoveAll(Severity severity, UserId by, CancellationToken cancel)
    {
        var label = Vocabulary.Severities.Label(severity);
        var channels = (await desk.Setup(cancel)).BroadcastOf(severity);
        foreach (var channel in channels)
        {
            await Remove(severity, channel, by, cancel);
        }

        return channels.IsEmpty
            ? Markdown.Of($"Status updates of {label} are already posted to no other channel.")
            : Markdown.Of(
                $"Status updates of {label} are not posted to {Channels([.. channels.Select(c => Markdown.Of($"{c}"))])} any more."
            );
    }

    private async ValueTask<Markdown> List(RoutingSetup setup, CancellationToken cancel)
    {
        List<Markdown> rows = [];
        foreach (var severity in Vocabulary.Severities)
        {
            var channels = await chosen.Show(setup.BroadcastOf(severity.Value), cancel);
            rows.Add(Markdown.Of($"- {Markdown.Typed(severity.Label)}: {Channels(channels)}"));
        }

        return Markdown.Lines([
            Markdown.Of($"#### Broadcast channels"),
            Markdown.Of(
                $"Status updates go to the escalation’s own channel or thread, and also to:"
            ),
            .. rows,
            Markdown.Of(
                $"{EscalationWords.Command("broadcast sev1 ~channel")} adds one, with {Markdown.Code("off")} after it removes it. Whoever reads such a channel reads the customer’s name there."
            ),
        ]);
    }

    private static Markdown Channels(IReadOnlyList<Markdown> channels) =>
        channels.Count == 0 ? Markdown.Of($"none") : Markdown.Listed([.. channels], "and");

    private static Effect.Say Greeting(string label, NamedChannel channel, UserId by) =>
        new(
            channel.Id,
            Thread: null,
            Markdown.Of($"{by} has chosen this channel: status updates of {label} are posted here.")
        )
        {
            About = $"the broadcast channel of {label}",
            ChosenFor = $"status updates of {label}",
            OnBehalfOf = by,
        };
}
