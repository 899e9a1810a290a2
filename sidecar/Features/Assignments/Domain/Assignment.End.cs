using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Domain;

using Decision = Decision<Assignment, AssignmentFact>;

/// <content>The end: by the CS lead, or by itself on the last day (ASG-1).</content>
internal sealed partial record Assignment
{
    /// <summary>Of <see cref="EndTold"/>: its people know that it will end.</summary>
    private const int ToldBeforeEnd = 1;

    /// <summary>Of <see cref="EndTold"/>: its people know that it has ended.</summary>
    private const int ToldOfEnd = 2;

    /// <summary>When the next step towards the end of a temporary one is taken, UTC; null when none is to come.</summary>
    public DateTimeOffset? EndStepAt { get; init; }

    /// <summary>
    /// When the next step towards its end is taken, UTC (ASG-1), or towards telling the customer (ASG-3), whichever
    /// comes first.
    /// </summary>
    public DateTimeOffset? NextEndStepAt(AssignmentSettings settings) =>
        State switch
        {
            AssignmentState.Declined => null,
            AssignmentState.Ended => EndedBy is null && EndTold < ToldOfEnd ? EndStepAt : null,
            AssignmentState.Active when MustBeTold && !(EndStepAt < TellCustomerAt) =>
                TellCustomerAt,
            _ => EndStepAt,
        };

    private bool MustBeTold => !IsInternal && Communicated is null && TellCustomerAt is not null;

    /// <summary>The CS lead ends it.</summary>
    public Decision End(ActingPerson actor, string why, DateTimeOffset now)
    {
        Refusal? refusal =
            !RequestRights.End.Allows(actor) ? new MayNot(RequestRights.End)
            : State == AssignmentState.Requested ? new StillARequest(this)
            : IsOver ? new AssignmentOver(this)
            : why.Length == 0 ? new ReasonMissing("Ending it")
            : !TextLength.Fits(why, MaxTextLength) ? new TextTooLong(why)
            : null;
        return refusal is not null
            ? refusal
            : new Decision.Accepted(
                Over(actor.User, why, now) with
                {
                    EndTold = ToldOfEnd,
                },
                new AssignmentFact.AssignmentEnded(actor.User, why)
            );
    }

    /// <summary>What is due: telling that it will end, ending it, reminding the engineer to tell the customer.</summary>
    /// <param name="calendar">The team's.</param>
    /// <param name="leads">The CS leads.</param>
    /// <param name="askable">When the engineer can be asked something that can wait, UTC; not before now.</param>
    /// <param name="now">When.</param>
    public Decision StepTowardsEnd(
        AssignmentCalendar calendar,
        ImmutableArray<UserId> leads,
        DateTimeOffset askable,
        DateTimeOffset now
    )
    {
        if (!(NextEndStepAt(calendar.Settings) <= now))
        {
            return new NothingDue(Id);
        }

        if (State == AssignmentState.Ended)
        {
            return new Decision.Accepted(
                this with
                {
                    EndTold = ToldOfEnd,
                    EndStepAt = null,
                },
                new AssignmentFact.EndTold(leads)
            );
        }

        if (EndsOn is { } last && EndStepAt <= now)
        {
            return now < calendar.OverAt(last)
                ? Announce(last, calendar, leads)
                : EndByItself(last, calendar, leads, now);
        }

        return askable > now
            ? new Decision.Accepted(this with { TellCustomerAt = askable })
            : new Decision.Accepted(
                this with
                {
                    TellCustomerAt = null,
                },
                new AssignmentFact.TellingAsked()
            );
    }

    private Decision.Accepted Announce(
        DateOnly last,
        AssignmentCalendar calendar,
        ImmutableArray<UserId> leads
    ) =>
        new(
            this with
            {
                EndTold = ToldBeforeEnd,
                EndStepAt = calendar.OverAt(last),
            },
            new AssignmentFact.EndAnnounced(last, leads)
        );

    private Decision.Accepted EndByItself(
        DateOnly last,
        AssignmentCalendar calendar,
        ImmutableArray<UserId> leads,
        DateTimeOffset now
    )
    {
        var why = $"its last day was {CalendarDay.Write(last)}";
        if (State == AssignmentState.Requested)
        {
            return new(
                Over(null, why, now) with
                {
                    State = AssignmentState.Declined,
                },
                new AssignmentFact.Lapsed(last, leads)
            );
        }

        // It is over at midnight; its people hear of it when they are at work.
        var tellAt = calendar.WhenAtWork(now);
        return new(
            Over(null, why, now) with
            {
                EndTold = tellAt > now ? EndTold : ToldOfEnd,
                EndStepAt = tellAt > now ? tellAt : null,
            },
            tellAt > now
                ? [new AssignmentFact.AssignmentEnded(null, why)]
                : [new AssignmentFact.AssignmentEnded(null, why), new AssignmentFact.EndTold(leads)]
        );
    }

    private Assignment Over(UserId? by, string why, DateTimeOffset now) =>
        this with
        {
            State = AssignmentState.Ended,
            EndedBy = by,
            EndedAt = now,
            EndedBecause = why,
            EndStepAt = null,
            TellCustomerAt = null,
            // Nobody checks in about what is over.
            Turn = null,
            HandOver = null,
        };
}
