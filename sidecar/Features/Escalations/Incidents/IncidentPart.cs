using Sidecar.Chat;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Incidents;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>What every change of an escalation means for its incident.</summary>
internal sealed class IncidentPart(IncidentCourse course, IncidentEffects effects) : IEscalationPart
{
    public Decision.Accepted Follow(
        Escalation? before,
        Decision.Accepted decided,
        DateTimeOffset now
    ) => course.Follow(before, decided, now);

    public IEnumerable<Effect> Notices(Escalation escalation, EscalationFact fact) =>
        IncidentNotices.Of(escalation, fact);

    public IEnumerable<Effect> Effects(
        Escalation? before,
        Escalation after,
        IReadOnlyList<EscalationFact> facts
    ) => effects.Of(before, after, facts);

    public IEnumerable<Effect> Posts(Escalation escalation) => IncidentEffects.Cards(escalation);

    public void AddTo(Change change, Decision.Accepted decided)
    {
        if (
            decided.Next.Incident?.Channel is not null
            && decided.Facts.Any(f =>
                f
                    is EscalationFact.ChannelOpened
                        or EscalationFact.CustomerNamed
                        or EscalationFact.Edited
            )
        )
        {
            change.Due(
                BookmarkChannel.Kind,
                decided.Next.Id.ToString(),
                change.Now + BookmarkChannel.After
            );
        }

        if (
            decided.Facts.Any(f => f is EscalationFact.Edited)
            && decided.Next is { Severity: Severity.Sev1, Incident.Channel: not null }
        )
        {
            // It may be one only now, and who is on duty belongs into its channel.
            change.Due(JoinOnDuty.Kind, decided.Next.Id.ToString(), change.Now);
        }
    }
}
