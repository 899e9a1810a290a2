using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Channels;

/// <summary>
/// Who may read what belongs to a private incident: its timeline, checklist, summary and the technical notes of its
/// updates are for who is in its channel, for its owner and its customer's owners, and for people with a role (ALL-7).
/// Title, severity, state, owner and times are for everybody of the team.
/// </summary>
internal sealed class IncidentReaders(RoleStore roles, CustomerStore customers, IChat chat)
{
    /// <summary>Why somebody may not read it; null when they may.</summary>
    public async ValueTask<Refusal?> WhyNot(
        Escalation escalation,
        UserId reader,
        CancellationToken cancel
    ) => await MayRead(escalation, reader, cancel) ? null : new PrivateIncident(escalation);

    /// <summary>Whether somebody may read it. When Mattermost does not say who is in its channel, nobody else may.</summary>
    public async ValueTask<bool> MayRead(
        Escalation escalation,
        UserId reader,
        CancellationToken cancel
    )
    {
        if (escalation.Incident is not { Channel: { } channel } incident)
        {
            return true;
        }

        var actor = await roles.Of(reader, cancel);
        return !actor.Roles.IsEmpty
            || (!incident.IsPrivate && !await IsPrivateNow(channel.Id, cancel))
            || (
                !actor.IsGuest
                && !actor.IsOutside
                && (
                    escalation.Owner == reader
                    || await OwnsCustomer(escalation.Customer, reader, cancel)
                    || await IsInside(incident, reader, cancel)
                )
            );
    }

    /// <summary>Whether somebody is in the channel of an incident, as Mattermost says now.</summary>
    public async ValueTask<bool> IsInside(
        Incident incident,
        UserId person,
        CancellationToken cancel
    )
    {
        try
        {
            return incident.Channel is { } channel
                && await chat.IsMember(channel.Id, person, cancel);
        }
        catch (ChatException)
        {
            return false;
        }
    }

    /// <summary>Somebody may have made a public channel private since.</summary>
    private async ValueTask<bool> IsPrivateNow(ChannelId channel, CancellationToken cancel)
    {
        try
        {
            return await chat.FindChannel(channel, cancel) is { IsPrivate: true };
        }
        catch (ChatException)
        {
            return false;
        }
    }

    private async ValueTask<bool> OwnsCustomer(
        CustomerKey key,
        UserId person,
        CancellationToken cancel
    ) =>
        await customers.Read(key, cancel) is { Value: var customer }
        && customer.Owners.Contains(person);
}

/// <summary>What was asked for belongs to a private incident.</summary>
internal sealed record PrivateIncident(Escalation Escalation)
    : Refusal(
        Markdown.Of(
            $"{Escalation.Id} is worked on in a private channel, and this is for the people in it. {EscalationWords.Command($"show {Escalation.Id}")} tells how it stands; with {EscalationWords.Command($"follow {Escalation.Id}")} you hear of changes, and its members can let you in."
        )
    );
