using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Domain;

using Decision = Decision<Assignment, AssignmentFact>;

/// <content>Engineer, back-up, and what the customer is told (ASG-1, ASG-3).</content>
internal sealed partial record Assignment
{
    /// <summary>By when the customer should have been told, UTC; null when the engineer was reminded of it.</summary>
    public DateTimeOffset? TellCustomerAt { get; init; }

    /// <summary>The CS lead starts one that nobody requested: it skips the vetting, not the cap (ASG-1, ASG-2).</summary>
    public static Decision StartUnrequested(
        AssignmentId id,
        AssignmentDraft draft,
        NewEngineer named,
        ActingPerson actor,
        AssignmentCapacity places,
        AssignmentCalendar calendar,
        DateTimeOffset now
    )
    {
        if (!RequestRights.Start.Allows(actor))
        {
            return new MayNot(RequestRights.Start);
        }

        var begun = draft.ToAssignment(id, actor.User, now) with
        {
            IsUnrequested = true,
            BeyondCapBecause = named.BeyondCapBecause,
        };
        if (begun.CantBe(named.Engineer, named.BackUp) is { } refusal)
        {
            return refusal;
        }

        if (!places.AreFree && named.BeyondCapBecause.Length == 0)
        {
            return new CapReached(begun, places, MayExceed: true);
        }

        var (approved, taken) = begun.TakePlace(actor.User, places, [], calendar);
        return new Decision.Accepted(
            approved.Started(named.Engineer, named.BackUp, calendar, now),
            new AssignmentFact.StartedUnrequested(
                actor.User,
                begun.CustomerName,
                begun.Kind,
                begun.EndsOn,
                begun.CustomerEngineer,
                begun.Why
            ),
            taken,
            new AssignmentFact.EngineerAssigned(actor.User, named.Engineer, named.BackUp)
        );
    }

    /// <summary>The CS lead names the engineer of one that is approved.</summary>
    public Decision StartWith(
        ActingPerson actor,
        UserId engineer,
        UserId? backUp,
        AssignmentCalendar calendar,
        DateTimeOffset now
    )
    {
        Refusal? refusal =
            !RequestRights.Assign.Allows(actor) ? new MayNot(RequestRights.Assign)
            : State == AssignmentState.Requested ? new NotVetted(this)
            : IsOver ? new AssignmentOver(this)
            : State == AssignmentState.Active ? new HasEngineer(this)
            : CantBe(engineer, backUp);
        return refusal is not null
            ? refusal
            : new Decision.Accepted(
                Started(engineer, backUp, calendar, now),
                new AssignmentFact.EngineerAssigned(actor.User, engineer, backUp)
            );
    }

    /// <summary>Names the back-up, another one, or none.</summary>
    public Decision ChangeBackUp(ActingPerson actor, UserId? backUp)
    {
        Refusal? refusal =
            !RequestRights.BackUp.Allows(actor, isRelated: actor.User == Engineer)
                ? new MayNot(RequestRights.BackUp)
            : IsOver ? new AssignmentOver(this)
            : IsInternal ? new NoBackUpBeforeTheSale(this)
            : Engineer is not { } engineer ? new NotStarted(this)
            : backUp == BackUp
                ? new StandsAlready(
                    this,
                    backUp is { } same
                        ? Sidecar.Text.Markdown.Of($"{same} is the back-up of **{Id}** already.")
                        : Sidecar.Text.Markdown.Of($"**{Id}** has no back-up.")
                )
            : CantBe(engineer, backUp);
        return refusal is not null
            ? refusal
            : new Decision.Accepted(
                this with
                {
                    BackUp = backUp,
                },
                new AssignmentFact.BackUpChanged(actor.User, BackUp, backUp)
            );
    }

    /// <summary>Records that the customer was told who their engineer is (ASG-3).</summary>
    /// <param name="actor">Who tells it.</param>
    /// <param name="to">Whom at the customer.</param>
    /// <param name="on">On which day, there.</param>
    /// <param name="today">Which day it is there.</param>
    public Decision NoteTold(ActingPerson actor, string to, DateOnly on, DateOnly today)
    {
        var isTheirs =
            actor.User == Engineer || actor.User == BackUp || actor.User == CustomerEngineer;
        Refusal? refusal =
            !RequestRights.Tell.Allows(actor, isTheirs) ? new MayNot(RequestRights.Tell)
            : IsInternal ? new InternalOnly(this)
            : IsOver ? new AssignmentOver(this)
            : Engineer is null ? new NotStarted(this)
            : to.Length == 0 ? new NobodyWasTold(Id)
            : !TextLength.Fits(to, MaxTextLength) ? new TextTooLong(to)
            : on > today ? new NotInFuture(on)
            : Communicated is { } before && before.On == on && before.To == to
                ? new StandsAlready(
                    this,
                    Sidecar.Text.Markdown.Of(
                        $"That is recorded already: {before.To} on {CalendarDay.Write(on)}."
                    )
                )
            : null;
        return refusal is not null
            ? refusal
            : new Decision.Accepted(
                this with
                {
                    Communicated = new Communicated(actor.User, on, to),
                    TellCustomerAt = null,
                },
                new AssignmentFact.CustomerTold(actor.User, on, to)
            );
    }

    /// <summary>The engineer is there: from here on the other parts have something to do.</summary>
    private Assignment Started(
        UserId engineer,
        UserId? backUp,
        AssignmentCalendar calendar,
        DateTimeOffset now
    )
    {
        // Who is told now until when it lasts need not be told again within the days of the notice.
        var isTold = EndsOn is { } day && calendar.NoticeAt(day) <= now;
        return this with
        {
            State = AssignmentState.Active,
            Engineer = engineer,
            BackUp = backUp,
            StartedAt = now,
            ReviewOn = IsReviewed(calendar.ReviewOn(now)) ? calendar.ReviewOn(now) : null,
            TellCustomerAt = IsInternal ? null : calendar.TellBy(now),
            EndTold = isTold ? ToldBeforeEnd : EndTold,
            EndStepAt = EndsOn is { } last ? calendar.NextStepAt(last, isTold) : null,
        };
    }

    private Refusal? CantBe(UserId engineer, UserId? backUp) =>
        engineer == CustomerEngineer
            ? new OneAndTheSame("the engineer and the CE with whom they check in", engineer)
        : backUp is null ? null
        : IsInternal ? new NoBackUpBeforeTheSale(this)
        : backUp == engineer ? new OneAndTheSame("the engineer and the back-up", engineer)
        : null;
}

/// <summary>Whom the CS lead names when they start one.</summary>
internal sealed record NewEngineer(UserId Engineer, UserId? BackUp, string BeyondCapBecause);
