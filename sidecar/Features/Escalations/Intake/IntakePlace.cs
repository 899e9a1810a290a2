using Sidecar.Chat;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Intake;

/// <summary>
/// Where the card of an escalation stands. Mostly where it was raised; what is raised in a direct message goes to the team
/// whose it is: nobody can be invited there, and whoever works on it would never see it (ESC-7).
/// </summary>
internal sealed class IntakePlace(RoutingStore desk, IChat chat, TimeProvider clock)
{
    /// <summary>Whoever raised something is not kept waiting for a sentence.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Where it shall stand.</summary>
    /// <param name="routed">It was just raised and routed.</param>
    /// <param name="from">Where.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The escalation there, and the team's channel when it is one.</returns>
    public async ValueTask<(Escalation Placed, NamedChannel? Team)> Of(
        Escalation routed,
        Envelope from,
        CancellationToken cancel
    )
    {
        if (!IsDirect(from))
        {
            return (routed, null);
        }

        var setup = await desk.Setup(cancel);
        var team = routed.Copies is [var first, ..] ? first.Team : OwningTeam.DeploymentEngineering;
        if (setup.ChannelOf(team) is { } channel && !await IsArchived(channel.Id, cancel))
        {
            return (
                routed with
                {
                    Channel = channel.Id,
                    Thread = null,
                    Copies = routed.Copies.RemoveAll(c => c.Channel == channel.Id),
                },
                channel
            );
        }

        try
        {
            var mine = await chat.DirectChannel(from.User, cancel);
            var spared = routed with { IsRaiserSpared = true };
            return (
                mine == routed.Channel ? spared : spared with { Channel = mine, Thread = null },
                null
            );
        }
        catch (ChatException)
        {
            // It is raised all the same; that its card could not be posted is told like any other.
            return (routed, null);
        }
    }

    /// <summary>
    /// Where its card is, for whoever raised it; nothing when it is before their eyes. In a private channel it looks as if
    /// only those in it could read it, and that is not so.
    /// </summary>
    public async ValueTask<Markdown> Told(
        Escalation raised,
        Envelope from,
        CancellationToken cancel
    )
    {
        if (!IsDirect(from))
        {
            return await IsInPrivate(from, cancel)
                ? Markdown.Of(
                    $" :lock: This channel is private, {raised.Id} is not: everybody of the team can read what it says by its number and in lists. What is for this channel alone belongs into its thread."
                )
                : Markdown.None;
        }

        var setup = await desk.Setup(cancel);
        if (
            setup.ChannelOf(OwningTeam.DeploymentEngineering) is { } gone
            && gone.Id != raised.Channel
            && await IsArchived(gone.Id, cancel)
        )
        {
            return Markdown.Of(
                $" Its card is in your direct messages with me, where only you see it: {gone}, the channel of Deployment Engineering, is archived ({EscalationWords.Command("team channel de ~channel")} names another one)."
            );
        }

        if (raised.Channel == from.Channel)
        {
            return Markdown.None;
        }

        foreach (var team in OwningTeams.All)
        {
            if (setup.ChannelOf(team.Team) is { } channel && channel.Id == raised.Channel)
            {
                return Markdown.Of($" Its card is in {channel}.");
            }
        }

        return Markdown.Of(
            $" Its card is in your direct messages with me, where only you see it: no team has a channel here yet ({EscalationWords.Command("team channel de ~channel")} names one)."
        );
    }

    private async ValueTask<bool> IsInPrivate(Envelope from, CancellationToken cancel) =>
        !from.IsFromProgram
        && await Is(from.Channel, channel => channel is { IsPrivate: true }, cancel);

    private ValueTask<bool> IsArchived(ChannelId channel, CancellationToken cancel) =>
        Is(channel, it => it is { IsArchived: true }, cancel);

    private async ValueTask<bool> Is(
        ChannelId channel,
        Func<ChatChannel?, bool> what,
        CancellationToken cancel
    )
    {
        try
        {
            return what(await chat.FindChannel(channel, cancel).WaitAsync(Patience, clock, cancel));
        }
        catch (Exception silence) when (silence is ChatException or TimeoutException)
        {
            return false;
        }
    }

    private static bool IsDirect(Envelope from) => from is { Team: null, IsFromProgram: false };
}
