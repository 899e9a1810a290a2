using Sidecar.Features.Escalations.Domain;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Incidents;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>
/// What a decision means for the incident: a playbook starts, people join, tasks are done, a fix is watched
/// (PB-1 to PB-7).
/// </summary>
internal sealed class IncidentCourse(
    IPlaybooks playbooks,
    IncidentSettings settings,
    WorkingTime calendar
)
{
    /// <summary>The decision with what follows from it.</summary>
    /// <param name="before">The escalation before it; null when it is new.</param>
    /// <param name="decided">The decision.</param>
    /// <param name="now">When.</param>
    public Decision.Accepted Follow(
        Escalation? before,
        Decision.Accepted decided,
        DateTimeOffset now
    )
    {
        var (next, facts) = (decided.Next, decided.Facts.ToList());
        if (Starting(before, next) is { } playbook)
        {
            next = next with { Incident = Incident.Follow(playbook, by: null, now) };
            facts.Add(new EscalationFact.PlaybookStarted(null, playbook.Name));
        }

        if (next.Incident is { } incident)
        {
            incident = Watched(before, next, incident, facts, now);
            incident = Confirmed(before, next, incident, facts, now);
            if (before?.Incident is null)
            {
                incident = incident.WithStartTimes(calendar);
            }

            if (before?.ResolvedAt != next.ResolvedAt)
            {
                incident = incident.WithDeadlines(next.ResolvedAt, calendar);
            }

            if (incident.Channel is not null && before?.Incident?.Channel is null)
            {
                incident = incident with
                {
                    IsOpenToAll = settings.Channel == IncidentChannel.Public,
                };
            }

            next = next with
            {
                Incident = incident.Admitting(next).AdmittingNeeded(facts) with
                {
                    Zone = calendar.Zone.Id,
                },
            };
        }

        return new Decision.Accepted(next, facts);
    }

    /// <summary>
    /// A playbook starts when the escalation is Deployment Engineering's, and comes to a severity or category that has
    /// one. Whatever is stored without one stays without until then.
    /// </summary>
    private Playbook? Starting(Escalation? before, Escalation next) =>
        settings.StartByThemselves
        && next.Incident is null
        && Goes(next)
        && (
            before is null
            || !Goes(before)
            || before.Severity != next.Severity
            || before.Category != next.Category
        )
            ? playbooks.For(
                Vocabulary.Severities.Code(next.Severity),
                Vocabulary.Categories.Code(next.Category)
            )
            : null;

    private static bool Goes(Escalation escalation) =>
        escalation.State == EscalationState.Accepted || PossibleMoves.IsWork(escalation.State);

    private Incident Watched(
        Escalation? before,
        Escalation next,
        Incident incident,
        List<EscalationFact> facts,
        DateTimeOffset now
    )
    {
        var isThere = next.State is EscalationState.Monitoring or EscalationState.Resolved;
        if (isThere && incident.WatchedSince is null && before?.State != next.State)
        {
            facts.Add(
                new EscalationFact.WatchBegan(settings.WatchFor.After(now, calendar))
                {
                    Zone = calendar.Zone.Id,
                }
            );
            return incident with { WatchedSince = now };
        }

        if (!Goes(next) || isThere || incident.WatchedSince is null)
        {
            return incident;
        }

        var (failed, more) = incident.Undone(TaskTrigger.FixHeld, now);
        facts.AddRange(more);
        return failed with { WatchedSince = null, WatchAskedAt = null, HeldSaidBy = null };
    }

    private static Incident Confirmed(
        Escalation? before,
        Escalation next,
        Incident incident,
        List<EscalationFact> facts,
        DateTimeOffset now
    )
    {
        if (before?.Confirmed is not null && next.Confirmed is null)
        {
            // It was reopened: what the customer said holds no more.
            var (open, again) = incident.Undone(TaskTrigger.CustomerConfirmed, now);
            facts.AddRange(again);
            return open;
        }

        if (before?.Confirmed is not null || next.Confirmed is not { } confirmed)
        {
            return incident;
        }

        var (done, more) = incident.Done(TaskTrigger.CustomerConfirmed, confirmed.RecordedBy, now);
        facts.AddRange(more);
        return done;
    }
}
