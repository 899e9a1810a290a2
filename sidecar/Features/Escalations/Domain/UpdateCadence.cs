using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Domain;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>When updates are due (UPD-3): begins when work begins, follows the severity, ends with the work.</summary>
internal sealed class UpdateCadence(UpdateSettings settings, WorkingTime calendar)
{
    /// <summary>How long from one update to the next, by its playbook or its severity; null: none is due by itself.</summary>
    public WaitLength? Every(Escalation escalation) =>
        escalation.Incident?.UpdateEvery ?? settings.Every.For(escalation.Severity);

    /// <summary>When the next one is due, UTC; null when none is by itself.</summary>
    public DateTimeOffset? Next(Escalation escalation, DateTimeOffset from) =>
        Every(escalation)?.After(from, calendar);

    /// <summary>When a step of reminding is taken, UTC; null when never.</summary>
    /// <param name="step">Which.</param>
    /// <param name="from">From when it counts: when the update was due, or could first be asked for.</param>
    public DateTimeOffset? At(UpdateStep step, DateTimeOffset from) =>
        step switch
        {
            UpdateStep.Owner => from,
            UpdateStep.Channel => settings.OverdueInChannelAfter?.After(from, calendar),
            _ => settings.OverdueToLeadAfter?.After(from, calendar),
        };

    /// <summary>What a decision means for the next update.</summary>
    public Decision.Accepted Follow(
        Escalation? before,
        Decision.Accepted decided,
        DateTimeOffset now
    )
    {
        var due = Due(before, decided.Next, now);
        return due == decided.Next.Update
            ? decided
            : decided with
            {
                Next = decided.Next with { Update = due },
            };
    }

    private UpdateDue? Due(Escalation? before, Escalation next, DateTimeOffset now)
    {
        if (before is null || !PossibleMoves.IsWork(next.State))
        {
            return null;
        }

        // Its writer said when the next one comes.
        if (next.LastUpdate?.Number != before.LastUpdate?.Number)
        {
            return next.Update;
        }

        // What an earlier release stored has no cadence; it begins with the next thing that happens.
        var begins =
            !PossibleMoves.IsWork(before.State) || (next.Update is null && next.LastUpdate is null);
        return begins ? Begun(before, next, now)
            : next.Severity == before.Severity ? next.Update
            : Moved(before, next, now);
    }

    /// <summary>
    /// Work begins. What everybody was told before that somebody acknowledged it holds: what a writer chose, and what
    /// comes sooner than the severity asks for.
    /// </summary>
    private UpdateDue? Begun(Escalation before, Escalation next, DateTimeOffset now)
    {
        var planned = Planned(next, now);
        return
            before is { State: EscalationState.Accepted, LastUpdate: { NextAt: { } at } told }
            && at > now
            && (told.IsNextChosen || at < planned?.DueAt)
            ? UpdateDue.For(at) with
            {
                IsChosen = told.IsNextChosen,
            }
            : planned;
    }

    /// <summary>
    /// Another severity counts from the change, but a worse one never puts off what was due sooner. What its writer
    /// chose or stopped stays.
    /// </summary>
    private UpdateDue? Moved(Escalation before, Escalation next, DateTimeOffset now)
    {
        if (next.Update is not { } current)
        {
            return Every(before) is null ? Planned(next, now) : null;
        }

        if (current.IsChosen)
        {
            return AskedAnew(current);
        }

        var planned = Planned(next, now);
        return next.Severity < before.Severity && planned?.DueAt >= current.DueAt
            ? AskedAnew(current)
            : planned;
    }

    /// <summary>What waited for somebody's morning may not have to any more.</summary>
    private static UpdateDue AskedAnew(UpdateDue due) =>
        due.Reminded > 0 ? due : due with { RemindAt = due.DueAt, PutOffTo = null };

    private UpdateDue? Planned(Escalation escalation, DateTimeOffset now) =>
        Next(escalation, now) is { } at ? UpdateDue.For(at) : null;
}
