using System.Text.Json.Serialization;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Domain;

using Decision = Decision<Assignment, AssignmentFact>;

/// <content>What happens about check-ins because a time came (ASG-7, ASG-9).</content>
internal sealed partial record Assignment
{
    private const int MostStepsAtOnce = 20;

    /// <summary>Who is asked later than that was not asked at the planned time.</summary>
    private static readonly TimeSpan AskedInTime = TimeSpan.FromMinutes(15);

    /// <summary>When the next step is taken, UTC: at once when nothing is planned for who they are now.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextCheckInStepAt =>
        !HasCheckIns ? null
        : NeedsCheckInPlan ? StartedAt ?? RequestedAt
        : TellOfMissedAt < Turn?.NextStepAt ? TellOfMissedAt
        : Turn?.NextStepAt;

    [JsonIgnore]
    private bool NeedsCheckInPlan =>
        Turn is null
        || CheckIns is not { } plan
        || plan.Engineer != Engineer
        || plan.CustomerEngineer != CustomerEngineer;

    /// <summary>
    /// Takes the steps whose time has come. What passed while the product was down is folded: nobody is asked twice for
    /// weeks that are over (ALL-5).
    /// </summary>
    public Decision TakeCheckInSteps(CheckInPeople people, DateTimeOffset now)
    {
        var (state, facts) = (this, new List<AssignmentFact>());
        for (
            var i = 0;
            i < MostStepsAtOnce && people.AreOf(state) && state.NextCheckInStepAt <= now;
            i++
        )
        {
            var step = state.CheckInStep(people, now);
            (state, facts) = (step.Next, [.. facts, .. step.Facts]);
        }

        return state == this ? new NoCheckInDue(this) : new Decision.Accepted(state, facts);
    }

    private Decision.Accepted CheckInStep(CheckInPeople people, DateTimeOffset now)
    {
        if (NeedsCheckInPlan)
        {
            return Propose(people, now);
        }

        if (TellOfMissedAt <= now)
        {
            return TellOfMissed(people);
        }

        return Turn!.Asked is null ? Ask(people, now) : FollowUp(people, now);
    }

    /// <summary>A plan that suits both; the one that there is, when it suits who took over.</summary>
    private Decision.Accepted Propose(CheckInPeople people, DateTimeOffset now)
    {
        var proposed =
            CheckIns is { } old && CheckInFit.IsCommon(old, people, now)
                ? new ProposedPlan(old.For(people.Engineer, people.CustomerEngineer), true)
                : CheckInPlan.Propose(people.Engineer, people.CustomerEngineer, Id, now);
        // Who took over is asked what their predecessor was asked for.
        var state =
            CheckIns?.Engineer != Engineer && Turn is { Asked: not null } turn
                ? this with
                {
                    Turn = new CheckInTurn(turn.Week, turn.DueAt)
                    {
                        NextStepAt = now,
                        Before = turn.Before,
                    },
                }
                : this;
        return state.Planned(
            by: null,
            proposed.Plan with
            {
                Place = CheckIns?.Place,
            },
            proposed.IsCommon,
            people,
            now
        );
    }

    /// <summary>Asks the engineer, or the back-up while they are out of office; later when nobody can be asked.</summary>
    private Decision.Accepted Ask(CheckInPeople people, DateTimeOffset now)
    {
        var (turn, limit) = (Turn!, AskedUntil);
        if (now >= limit)
        {
            return SkipByItself(turn.Because ?? Markdown.Of($"Escalate was not running then"), now);
        }

        var who =
            CheckInHours.IsAway(people.Engineer, now)
            && people.BackUp is { } backUp
            && !CheckInHours.IsAway(backUp, now)
                ? backUp
                : people.Engineer;
        var slot = CheckInHours.Slot(CheckIns!, who, people.CustomerEngineer, now, limit);
        if (slot == now)
        {
            return Asked(who, people, now);
        }

        // Nobody is said to have been away from what was not asked at its time.
        var why =
            now - turn.DueAt > AskedInTime
            && CheckInHours.Slot(CheckIns!, who, people.CustomerEngineer, turn.DueAt, limit)
                == turn.DueAt
                ? Markdown.Of($"Escalate was not running then")
                : WhyLater(who, people.CustomerEngineer, now);
        return (slot ?? LookAgainAt(who, people.CustomerEngineer, now, limit)) is not { } later
            ? SkipByItself(why, now)
            : new Decision.Accepted(
                this with
                {
                    Turn = turn with { DueAt = later, NextStepAt = later, Because = why },
                },
                new AssignmentFact.CheckInDeferred(turn.Week, turn.DueAt, later, why)
            );
    }

    private Decision.Accepted Asked(PersonTime who, CheckInPeople people, DateTimeOffset now)
    {
        var asked = Turn! with { Asked = who.Person, AskedAt = now };
        var (remindAt, closesAt) = (RemindAt(who, now), ClosesAt(who, now));
        asked = asked with { NextStepAt = remindAt < closesAt ? remindAt : closesAt };
        return new Decision.Accepted(
            this with
            {
                Turn = asked,
            },
            new AssignmentFact.CheckInAsked(
                asked,
                new CheckInReader(who.Person, who.Zone.Id),
                who.Person == people.Engineer.Person ? null : people.Engineer.Person
            )
            {
                Emergencies = people.Emergencies,
            }
        );
    }

    /// <summary>Reminds whoever was asked, once; gives it to the back-up; counts it as missed.</summary>
    private Decision.Accepted FollowUp(CheckInPeople people, DateTimeOffset now)
    {
        var turn = Turn!;
        var who = people.Find(turn.Asked) ?? people.Engineer;
        var closesAt = ClosesAt(who, turn.AskedAt ?? now);
        if (now >= closesAt)
        {
            return CheckInHours.IsAway(who, now)
                ? SkipByItself(Markdown.Of($"{who.Person} is out of office"), now)
                : Missed(who.Person, people, now);
        }

        if (CheckInHours.IsAway(who, now) && BackUpOf(who, people, now) is { } backUp)
        {
            return CheckInHours.IsFree(backUp, now)
                ? Asked(backUp, people, now)
                : Later(CheckInHours.NextFree(backUp, now));
        }

        if (turn.RemindedAt is not null || !CheckInHours.IsFree(who, now))
        {
            return Later(turn.RemindedAt is null ? CheckInHours.NextFree(who, now) : null);
        }

        var reminded = turn with { RemindedAt = now, NextStepAt = closesAt };
        return new Decision.Accepted(
            this with
            {
                Turn = reminded,
            },
            new AssignmentFact.CheckInReminded(
                reminded,
                new CheckInReader(who.Person, who.Zone.Id),
                closesAt
            )
        );

        Decision.Accepted Later(DateTimeOffset? at) =>
            new(
                this with
                {
                    Turn = turn with { NextStepAt = at < closesAt ? at.Value : closesAt },
                }
            );
    }

    private static PersonTime? BackUpOf(PersonTime who, CheckInPeople people, DateTimeOffset now) =>
        people.BackUp is { } backUp
        && backUp.Person != who.Person
        && !CheckInHours.IsAway(backUp, now)
            ? backUp
            : null;

    private Decision.Accepted Missed(UserId asked, CheckInPeople people, DateTimeOffset now)
    {
        var (week, inARow) = (Turn!.Week, MissedInARow + 1);
        // Who did not answer themselves knows of it.
        var hasHeard = people.BackUp is not { } backUp || backUp.Person == asked;
        var next = this with
        {
            MissedInARow = inARow,
            MissedSince = MissedSince ?? week,
            MissedWeeks = MissedWith(week),
            HasBackUpHeardOfMissed = hasHeard ? true : HasBackUpHeardOfMissed,
            // The leads once per pair of weeks, the back-up once, and nobody at night (WEEK-3).
            TellOfMissedAt =
                inARow % 2 == 0
                    ? people.Leads.IsEmpty
                        ? now
                        : people.Leads.Min(l => l.NextAskable(now))
                    : hasHeard || HasBackUpHeardOfMissed == true
                        ? TellOfMissedAt
                        : people.BackUp!.NextAskable(now),
        };
        return new Decision.Accepted(
            next.WithNextTurn(
                now,
                Markdown.Of($"Nobody answered the one before; it can still be answered, late.")
            ),
            new AssignmentFact.CheckInMissed(week, asked, inARow)
        );
    }

    private Decision.Accepted TellOfMissed(CheckInPeople people)
    {
        var backUp = HasBackUpHeardOfMissed == true ? null : people.BackUp?.Person;
        var next = this with { TellOfMissedAt = null, HasBackUpHeardOfMissed = true };
        return MissedInARow == 1 && backUp is null
            ? new Decision.Accepted(next)
            : new Decision.Accepted(
                next,
                new AssignmentFact.MissedCheckInsTold(
                    MissedInARow,
                    MissedSince ?? Turn!.Week,
                    MissedInARow == 1 ? [] : [.. people.Leads.Select(l => l.Person)]
                )
                {
                    BackUp = backUp,
                }
            );
    }

    private Decision.Accepted SkipByItself(Markdown why, DateTimeOffset now) =>
        new(
            WithNextTurn(now, Markdown.Of($"The one before was left out: {why}.")),
            new AssignmentFact.CheckInSkipped(By: null, Turn!.Week, why)
        );

    /// <summary>Until when this week’s can be asked, UTC: the week’s end; of one moved into the next, the next one.</summary>
    private DateTimeOffset AskedUntil =>
        CheckIns!.BeginOf(Turn!.Week.AddDays(7)) is var end && Turn.DueAt < end
            ? end
            : CheckIns.At(Turn.Week.AddDays(7));

    private static DateTimeOffset RemindAt(PersonTime who, DateTimeOffset askedAt) =>
        who.Calendar.AddWorkingDays(askedAt, 1, who.Zone);

    /// <summary>
    /// When it counts as missed: with the week’s end. Who was asked so late that a reminder would come after that has
    /// a day more, until the next one at the latest.
    /// </summary>
    private DateTimeOffset ClosesAt(PersonTime who, DateTimeOffset askedAt)
    {
        var (plan, following) = (CheckIns!, Turn!.Week.AddDays(7));
        var end = plan.BeginOf(following);
        if (RemindAt(who, askedAt) < end)
        {
            return end;
        }

        var dayMore = who.Calendar.AddWorkingDays(askedAt, 2, who.Zone);
        var next = plan.At(following);
        return dayMore < next ? dayMore : next;
    }

    /// <summary>When somebody away did not say until when: the next day’s time, to look whether they are back.</summary>
    private DateTimeOffset? LookAgainAt(
        PersonTime who,
        PersonTime ce,
        DateTimeOffset now,
        DateTimeOffset limit
    )
    {
        if (who.Absence is not { Until: null } && ce.Absence is not { Until: null })
        {
            return null;
        }

        var plan = CheckIns!;
        var tomorrow = Sidecar.Time.LocalTime.First(
            Sidecar
                .Time.LocalTime.DayOf(now, CheckInWords.Zone(plan.Zone))
                .AddDays(1)
                .ToDateTime(TimeOnly.MinValue),
            CheckInWords.Zone(plan.Zone)
        );
        // From midnight on, the planned time of that day is still ahead.
        return CheckInHours.Slot(plan, Back(who), Back(ce), tomorrow.AddTicks(-1), limit);

        static PersonTime Back(PersonTime person) =>
            person.Absence is { Until: null } ? person with { Absence = null } : person;
    }

    private static Markdown WhyLater(PersonTime who, PersonTime ce, DateTimeOffset now)
    {
        foreach (var person in (PersonTime[])[who, ce])
        {
            if (CheckInHours.IsAway(person, now))
            {
                return Markdown.Of($"{person.Person} is out of office");
            }

            if (person.Absence is { } quiet && !(quiet.Until <= now))
            {
                return Markdown.Of($"{person.Person} was on “do not disturb”");
            }
        }

        foreach (var person in (PersonTime[])[who, ce])
        {
            if (!person.Calendar.IsWorkingTime(now, person.Zone))
            {
                return CheckInHours.Works(person, now)
                    ? Markdown.Of($"it was a holiday")
                    : Markdown.Of($"{person.Person} did not work then");
            }
        }

        return Markdown.Of($"they could not be asked together");
    }
}
