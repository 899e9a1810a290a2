using Sidecar.Features.Escalations.Reminders;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>What nobody acknowledges climbs (ESC-8); what nobody works on is asked about (ESC-12).</summary>
internal sealed partial record Escalation
{
    /// <summary>
    /// Tells the rungs whose time has come, each once a round. A rung on which nobody stands is passed over at once. Times
    /// that passed while the product was down are told together (ALL-5).
    /// </summary>
    public Decision Climb(ReminderPlan plan, LadderPeople people, DateTimeOffset now)
    {
        var next = this;
        var told = new List<ToldRung>();
        var isPassedOver = false;
        var last = ReminderPlan.LastRung(Severity);
        while (plan.NextRungAt(next) is { } due && (due <= now || isPassedOver))
        {
            if (next.RungsTold >= last)
            {
                next = next with { RungsTold = 0, Rounds = next.Rounds + 1 };
            }

            var rung = (Rung)(next.RungsTold + 1);
            var reached = new ToldRung(rung, people.On(rung, Owner));
            // Who was to be told several times is told once.
            told.RemoveAll(t => t.Rung == rung);
            told.Add(reached);
            next = next with
            {
                RungsTold = next.RungsTold + 1,
                // The rung behind one that was passed over took its place, and its time.
                WaitingSince = isPassedOver ? next.WaitingSince : due,
            };
            // The next round comes in its time, also when nobody stands anywhere.
            isPassedOver = reached.People.IsEmpty && next.RungsTold < last;
        }

        if (told.Count == 0)
        {
            return new NothingNew(this);
        }

        var facts = Climbed(next, told, last, people, now);
        return new Decision.Accepted(
            next with
            {
                Called = facts is [EscalationFact.Climbed { IsCall: true }]
                    ? [.. told.SelectMany(t => t.People).Distinct()]
                    : next.Called,
                Incident = Incident is { Channel: not null }
                    ? Incident.Admitting(told.Where(IsToWorkOnIt).SelectMany(t => t.People))
                    : Incident,
            },
            facts
        );
    }

    // That nobody stands anywhere is said once, not once a round.
    private IReadOnlyList<EscalationFact> Climbed(
        Escalation next,
        List<ToldRung> told,
        int last,
        LadderPeople people,
        DateTimeOffset now
    )
    {
        var isNobody = told.Count == last && told.All(t => t.People.IsEmpty);
        if (isNobody && IsUrgent && !people.Administrators.IsEmpty)
        {
            told.Add(new ToldRung(Rung.Administrator, people.Administrators));
        }
        else if (isNobody && next.Rounds > 0)
        {
            return [];
        }

        return [new EscalationFact.Climbed(now - (AcceptedAt ?? now), [.. told])];
    }

    /// <summary>Whoever is called to take it must be able to read what is said about it (PB-1).</summary>
    private static bool IsToWorkOnIt(ToldRung told) => told.Rung <= Rung.BackUp;

    /// <summary>
    /// Asks the owner whether they are still on it; the next time, tells the DE lead; from then on both. An owner who is
    /// not there any more is passed over at once: whoever is on duty is told instead, and where nobody is, the lead.
    /// </summary>
    public Decision AskAbout(ReminderPlan plan, LadderPeople people, DateTimeOffset now)
    {
        if (plan.NextQuestionAt(this) is not { } due || due > now)
        {
            return new NothingNew(this);
        }

        var engineer = people.On(Rung.Engineer, Owner);
        var time = StaleAsked + (StaleAsked == 0 && engineer.IsEmpty ? 2 : 1);
        return new Decision.Accepted(
            this with
            {
                StaleAsked = time,
                AskedAt = now,
            },
            new EscalationFact.AskedAbout(
                time,
                now - (LastActedAt ?? now),
                time switch
                {
                    1 => engineer,
                    2 => people.Leads,
                    _ => [.. engineer.Union(people.Leads)],
                }
            )
            {
                Gone = people.Present(Owner) is null ? Owner : null,
            }
        );
    }

    /// <summary>The answer to <see cref="AskAbout"/>: somebody is on it.</summary>
    public Decision StayOn(ActingPerson by, DateTimeOffset now)
    {
        if (!EscalationRights.Work.Allows(by, IsOwnedBy(by.User)))
        {
            return new MayNot(EscalationRights.Work);
        }

        return !PossibleMoves.IsWork(State) ? new NotPossible(this, "be kept working on", by.User)
            // The button was pressed twice, or somebody has done something meanwhile.
            : !IsStale ? new NotAskedAbout(this)
            : new Decision.Accepted(ActedOn(now), new EscalationFact.StillOnIt(by.User));
    }
}
