using Sidecar.Chat;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Channels;

/// <summary>Incident channels by the names that they have now: people rename them, and a link is made of the name.</summary>
internal sealed class IncidentChannels(EscalationStore book, IChat chat)
{
    /// <summary>
    /// The escalation with its channel as it is called now, which its card and its thread are told, too; as it was known
    /// when Mattermost does not say.
    /// </summary>
    public async ValueTask<Escalation> Named(Escalation escalation, CancellationToken cancel) =>
        (await Seen(escalation, cancel)).Escalation;

    /// <summary>The same, with the channel as Mattermost tells it; null when there is none, or it does not say.</summary>
    public async ValueTask<(Escalation Escalation, ChatChannel? Channel)> Seen(
        Escalation escalation,
        CancellationToken cancel
    )
    {
        if (escalation.Incident is not { Channel: { } known } incident)
        {
            return (escalation, null);
        }

        try
        {
            if (
                await chat.FindChannel(known.Id, cancel)
                is not { Named: { Name.Length: > 0 } now } channel
            )
            {
                return (escalation, null);
            }

            return
                (now != known || incident.IsPrivate != channel.IsPrivate)
                && await book.DecideByItself(
                    escalation.Id,
                    nameof(IncidentChannels),
                    (current, _) => current.ChannelIs(now, channel.IsPrivate),
                    cancel
                )
                    is Decision<Escalation, EscalationFact>.Accepted { Next: var renamed }
                ? (renamed, channel)
                : (escalation, channel);
        }
        catch (ChatException)
        {
            return (escalation, null);
        }
    }
}
