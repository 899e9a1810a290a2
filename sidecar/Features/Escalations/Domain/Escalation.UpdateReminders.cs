using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>Updates that are due are asked for (UPD-3), in people's own time where it can wait (UPD-4, WEEK-3).</summary>
internal sealed partial record Escalation
{
    /// <summary>It does not wait for anybody's working hours.</summary>
    [JsonIgnore]
    public bool IsUrgent => Severity <= Severity.Sev2;

    /// <summary>
    /// Asks about what is stale and for the update that is due, whichever of them is. Who would be asked both at the
    /// same moment gets one message that says both.
    /// </summary>
    public Decision RemindOwner(
        ReminderPlan plan,
        UpdateCadence cadence,
        UpdatePeople people,
        DateTimeOffset now
    )
    {
        if (AskAbout(plan, people.Ladder, now) is not Decision.Accepted asked)
        {
            return RemindAboutUpdate(cadence, people, now);
        }

        return asked.Next.RemindAboutUpdate(cadence, people, now) is Decision.Accepted reminded
            ? new Decision.Accepted(reminded.Next, Together(asked.Facts, reminded.Facts))
            : asked;
    }

    /// <summary>
    /// Takes the steps whose time has come, each once. Those whose times passed while the product was down are told
    /// together (ALL-5).
    /// </summary>
    private Decision RemindAboutUpdate(
        UpdateCadence cadence,
        UpdatePeople people,
        DateTimeOffset now
    )
    {
        if (Update is not { RemindAt: { } at } due || at > now)
        {
            return new NothingNew(this);
        }

        var told = ImmutableArray.CreateBuilder<ToldStep>();
        DateTimeOffset? next = null;
        while (due.Reminded < (int)UpdateStep.Lead && next is null)
        {
            var step = (UpdateStep)(due.Reminded + 1);
            if (TimeOf(step, due, cadence, people, now) is { } time)
            {
                if (time > now)
                {
                    next = time;
                    continue;
                }

                told.Add(new ToldStep(step, PeopleOf(step, people, now)));
            }

            due = due with { Reminded = due.Reminded + 1 };
        }

        var left = this with
        {
            Update = due with
            {
                RemindAt = next,
                PutOffTo = due.Reminded == 0 ? next : due.PutOffTo,
            },
        };
        return told.Count == 0
            ? new Decision.Accepted(left)
            : new Decision.Accepted(
                left,
                new EscalationFact.UpdateReminded(
                    due.DueAt,
                    now - due.DueAt,
                    told.ToImmutable(),
                    Incident?.Channel
                )
            );
    }

    /// <summary>When a step is taken; null when it never is.</summary>
    private DateTimeOffset? TimeOf(
        UpdateStep step,
        UpdateDue due,
        UpdateCadence cadence,
        UpdatePeople people,
        DateTimeOffset now
    )
    {
        if (cadence.At(step, due.AskedFrom) is not { } at || IsUrgent)
        {
            return cadence.At(step, due.AskedFrom);
        }

        // What was missed is not made up for at night either.
        var from = at > now ? at : now;
        var reached = step == UpdateStep.Lead ? people.Ladder.Leads : people.Asked(this);
        return reached.IsEmpty ? at : reached.Min(p => people.NextAskable(p, from));
    }

    private ImmutableArray<ToldPerson> PeopleOf(
        UpdateStep step,
        UpdatePeople people,
        DateTimeOffset now
    ) =>
        [
            .. (step == UpdateStep.Lead ? people.Ladder.Leads : people.Asked(this))
                .Where(p => IsUrgent || people.NextAskable(p, now) <= now)
                .Select(people.Told),
        ];

    private static IReadOnlyList<EscalationFact> Together(
        IReadOnlyList<EscalationFact> asked,
        IReadOnlyList<EscalationFact> reminded
    )
    {
        if (
            asked is not [EscalationFact.AskedAbout { Time: 1, Gone: null } about]
            || reminded is not [EscalationFact.UpdateReminded update]
            || update.Told is not [{ Step: UpdateStep.Owner } first, ..]
        )
        {
            return [.. asked, .. reminded];
        }

        var both = about
            .Told.Where(p => first.People.Any(told => told.Person == p))
            .ToImmutableArray();
        return
        [
            about with
            {
                ToldWithUpdate = both,
            },
            update with
            {
                AlsoAskedAbout = both,
                Quiet = about.Quiet,
            },
        ];
    }
}
