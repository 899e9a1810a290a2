using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>What nobody acknowledges climbs (ESC-8); what nobody works on is asked about (ESC-12).</summary>
internal sealed partial record Escalation
{
    /// <summary>
    /// Tells the rungs whose time has come, each once. A rung on which nobody stands is passed over at once. Times that
    /// passed while the product was down are told together (ALL-5).
    /// </summary>
    public Decision Climb(ReminderPlan plan, LadderPeople people, DateTimeOffset now)
    {
        var next = this;
        var told = new List<ToldRung>();
        var isPassedOver = false;
        while (plan.NextRungAt(next) is { } due && (due <= now || isPassedOver))
        {
            var rung = (Rung)(next.RungsTold + 1);
            var reached = new ToldRung(rung, people.On(rung, Owner));
            told.Add(reached);
            next = next with
            {
                RungsTold = next.RungsTold + 1,
                // The rung behind one that was passed over took its place, and its time.
                WaitingSince = isPassedOver ? next.WaitingSince : due,
            };
            isPassedOver = reached.People.IsEmpty;
        }

        return told.Count == 0
            ? new NothingNew(this)
            : new Decision.Accepted(
                next,
                new EscalationFact.Climbed(now - (AcceptedAt ?? now), [.. told])
            );
    }

    /// <summary>Asks the owner whether they are still on it; the next time, tells the DE lead.</summary>
    public Decision AskAbout(ReminderPlan plan, LadderPeople people, DateTimeOffset now)
    {
        if (plan.NextQuestionAt(this) is not { } due || due > now)
        {
            return new NothingNew(this);
        }

        return new Decision.Accepted(
            this with
            {
                StaleAsked = StaleAsked + 1,
                AskedAt = now,
            },
            new EscalationFact.AskedAbout(
                StaleAsked + 1,
                now - (LastActedAt ?? now),
                StaleAsked == 0 ? people.On(Rung.Engineer, Owner) : people.Leads
            )
        );
    }

    /// <summary>The answer to <see cref="AskAbout"/>: somebody is on it.</summary>
    public Decision StayOn(Actor by, DateTimeOffset now)
    {
        if (!EscalationRights.Work.Allows(by, IsOwnedBy(by.User)))
        {
            return new MayNot(EscalationRights.Work);
        }

        return !Moves.IsWork(State) ? new NotPossible(this, "be kept working on", by.User)
            // The button was pressed twice, or somebody has done something meanwhile.
            : !IsStale ? new NotAskedAbout(this)
            : new Decision.Accepted(ActedOn(now), new EscalationFact.StillOnIt(by.User));
    }
}
