using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Domain;

using Decision = Decision<Assignment, AssignmentFact>;

/// <content>On which weekday, at which time, and where answers are posted (ASG-7, ASG-10).</content>
internal sealed partial record Assignment
{
    /// <summary>Chooses weekday and time (ASG-7).</summary>
    public Decision PlanCheckIns(
        ActingPerson actor,
        CheckInPlan wanted,
        CheckInPeople people,
        DateTimeOffset now
    )
    {
        if (!CheckInRights.Plan.Allows(actor, this))
        {
            return new MayNot(CheckInRights.Plan);
        }

        if (!HasCheckIns)
        {
            return new NoCheckIns(this);
        }

        var plan = wanted.For(people.Engineer, people.CustomerEngineer) with
        {
            Place = CheckIns?.Place,
        };
        if (plan == CheckIns)
        {
            return new PlannedAlready(this);
        }

        var at = plan.At(plan.NextWeek(now));
        if (CheckInFit.WhyNot(at, plan, people) is { } outside)
        {
            return new OutsideOfHours(outside, CheckInFit.InsteadOfPlan(this, wanted, people, now));
        }

        return Planned(actor.User, plan, CheckInFit.IsCommon(plan, people, now), people, now);
    }

    /// <summary>Chooses where answers are posted besides (ASG-10).</summary>
    public Decision ChooseCheckInPlace(ActingPerson actor, NamedChannel? place)
    {
        if (!CheckInRights.Plan.Allows(actor, this))
        {
            return new MayNot(CheckInRights.Plan);
        }

        return CheckIns is not { } plan || !HasCheckIns ? new NoCheckIns(this)
            : plan.Place?.Id == place?.Id ? new PlannedAlready(this)
            : new Decision.Accepted(
                this with
                {
                    CheckIns = plan with { Place = place },
                },
                new AssignmentFact.CheckInPlaceChosen(actor.User, place)
            );
    }

    /// <summary>With this plan. What is asked already stays; what was to be asked this week is not lost.</summary>
    private Decision.Accepted Planned(
        UserId? by,
        CheckInPlan plan,
        bool isCommon,
        CheckInPeople people,
        DateTimeOffset now
    )
    {
        var turn = Turn;
        if (turn is not { Asked: not null })
        {
            var answered = LastCheckIn?.Week;
            var week = turn?.Week ?? plan.NextWeek(now);
            // When its new time has passed, this week’s stays where it was.
            if (plan.At(week) > now || turn is null || turn.DueAt <= now)
            {
                week = plan.At(week) > now ? week : plan.NextWeek(now);
                week = answered >= week ? answered.Value.AddDays(7) : week;
                turn = new CheckInTurn(week, plan.At(week)) { NextStepAt = plan.At(week) };
            }
        }

        return new Decision.Accepted(
            this with
            {
                CheckIns = plan,
                Turn = turn,
            },
            new AssignmentFact.CheckInPlanned(
                by,
                plan,
                isCommon,
                turn.Asked is null ? turn.DueAt : plan.At(turn.Week.AddDays(7)),
                people.Readers
            )
        );
    }
}
