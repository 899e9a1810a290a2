using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Domain;

using Decision = Decision<Assignment, AssignmentFact>;

/// <content>What people do about check-ins (ASG-7 to ASG-10).</content>
internal sealed partial record Assignment
{
    /// <summary>An engineer works with a CE: they check in with each other.</summary>
    [JsonIgnore]
    public bool HasCheckIns => State == AssignmentState.Active && Engineer is not null;

    /// <summary>Which week is answered now: the one under way, else this one, when there was one of theirs in it.</summary>
    public DateOnly TurnWeek(DateTimeOffset now) =>
        (Turn, CheckIns) switch
        {
            ({ } turn, { } plan) => turn.Asked is not null
            || plan.WeekOf(now) is var week
                && (turn.Week <= week || plan.At(week) < (StartedAt ?? RequestedAt))
                ? turn.Week
                : plan.WeekOf(now),
            (_, { } plan) => plan.WeekOf(now),
            _ => CheckInPlan.MondayOf(DateOnly.FromDateTime(now.UtcDateTime)),
        };

    /// <summary>Keeps the answers of a week: the first ones (ASG-10).</summary>
    /// <param name="actor">Who answers.</param>
    /// <param name="answers">What they say.</param>
    /// <param name="leadership">Who weighs up professional services (ASG-8).</param>
    /// <param name="now">When.</param>
    public Decision AnswerTurn(
        ActingPerson actor,
        CheckInText answers,
        ImmutableArray<UserId> leadership,
        DateTimeOffset now
    )
    {
        if (!CheckInRights.Answer.Allows(actor, this))
        {
            return new MayNot(CheckInRights.Answer);
        }

        if (WhyNotAnswer(answers.Week, actor.User, now) is { } why)
        {
            return why;
        }

        var checkIn = new CheckIn(
            Id,
            answers.Week,
            actor.User,
            now,
            answers.GoingWell,
            answers.Frustration,
            answers.Goals,
            answers.Context,
            answers.LooksLikeProfessionalServices
        )
        {
            Customer = Customer,
            IsLate = IsMissed(answers.Week) ? true : null,
        };
        var next = WithAnswered(answers.Week) with
        {
            // Of an earlier week the answers are no beginning of the next ones.
            LastCheckIn = LastCheckIn?.Week > answers.Week ? LastCheckIn : checkIn,
            ServicesAsked = answers.LooksLikeProfessionalServices
                ? ServicesAsked.Add(answers.Week)
                : ServicesAsked,
        };
        return new Decision.Accepted(
            Turn?.Week <= answers.Week ? next.WithNextTurn(now, before: null) : next,
            new AssignmentFact.CheckInAnswered(
                actor.User,
                checkIn,
                answers.LooksLikeProfessionalServices ? leadership.Remove(actor.User) : []
            )
        );
    }

    /// <summary>
    /// Puts other words in the place of the latest answers (ASG-10): of earlier weeks too much was said and done since.
    /// </summary>
    /// <param name="actor">Who corrects.</param>
    /// <param name="answers">What they say, all of it.</param>
    /// <param name="leadership">Who weighs up professional services (ASG-8).</param>
    /// <param name="now">When.</param>
    public Decision CorrectAnswers(
        ActingPerson actor,
        CheckInText answers,
        ImmutableArray<UserId> leadership,
        DateTimeOffset now
    )
    {
        if (!CheckInRights.Answer.Allows(actor, this))
        {
            return new MayNot(CheckInRights.Answer);
        }

        if (!HasCheckIns)
        {
            return new NoCheckIns(this);
        }

        if (LastCheckIn is not { } last || last.Week != answers.Week)
        {
            return new NotTheLatestAnswers(this, answers.Week);
        }

        if (last.Says(answers))
        {
            return new AnsweredSo(this);
        }

        var corrected = last.Corrected(answers, actor.User, now);
        var asksNow = answers.LooksLikeProfessionalServices && !last.LooksLikeProfessionalServices;
        return new Decision.Accepted(
            this with
            {
                LastCheckIn = corrected,
                ServicesAsked =
                    asksNow && !ServicesAsked.Contains(answers.Week)
                        ? ServicesAsked.Add(answers.Week)
                    : answers.LooksLikeProfessionalServices ? ServicesAsked
                    : ServicesAsked.Remove(answers.Week),
            },
            new AssignmentFact.CheckInCorrected(
                actor.User,
                corrected,
                asksNow ? leadership.Remove(actor.User) : []
            )
        );
    }

    /// <summary>Answers a week as the one before (ASG-10); what looked like services then was told then.</summary>
    /// <param name="actor">Who answers.</param>
    /// <param name="week">Which week.</param>
    /// <param name="leadership">Who weighs up professional services (ASG-8).</param>
    /// <param name="now">When.</param>
    public Decision RepeatTurn(
        ActingPerson actor,
        DateOnly week,
        ImmutableArray<UserId> leadership,
        DateTimeOffset now
    ) =>
        LastCheckIn is not { } last
            ? CheckInRights.Answer.Allows(actor, this)
                ? new NothingAnsweredBefore(this)
                : new MayNot(CheckInRights.Answer)
            : AnswerTurn(
                actor,
                new CheckInText(
                    week,
                    last.GoingWell,
                    last.Frustration,
                    last.Goals,
                    last.Context,
                    LooksLikeProfessionalServices: false
                ),
                leadership,
                now
            );

    /// <summary>Says whether what came up in a week is professional services work (ASG-8): the first answer counts.</summary>
    public Decision WeighServices(
        ActingPerson actor,
        DateOnly week,
        bool isServices,
        DateTimeOffset now
    )
    {
        if (!CheckInRights.WeighServices.Allows(actor))
        {
            return new MayNot(CheckInRights.WeighServices);
        }

        if (!ServicesAsked.Contains(week))
        {
            return new ServicesWeighedAlready(this);
        }

        var answer = new ServicesAnswer(week, actor.User, isServices, now);
        return new Decision.Accepted(
            this with
            {
                ServicesAsked = ServicesAsked.Remove(week),
                ServicesAnswer = answer,
            },
            new AssignmentFact.ServicesWeighed(actor.User, week, isServices)
        );
    }

    /// <summary>Moves this week’s to another time, before the next week’s (ASG-9).</summary>
    /// <param name="actor">Who.</param>
    /// <param name="week">Which week’s; null: the one to come.</param>
    /// <param name="to">When, UTC.</param>
    /// <param name="people">The pair.</param>
    /// <param name="now">When they do.</param>
    public Decision MoveTurn(
        ActingPerson actor,
        DateOnly? week,
        DateTimeOffset to,
        CheckInPeople people,
        DateTimeOffset now
    )
    {
        if (WhyNotArrange(actor, week) is { } why)
        {
            return why;
        }

        var (turn, plan) = (Turn!, CheckIns!);
        var zone = people.Find(actor.User)?.Zone.Id ?? plan.Zone;
        var following = plan.At(turn.Week.AddDays(7));
        if (to > now && turn.IsAfterSkip == true && to < plan.BeginOf(turn.Week))
        {
            return new CantBeMovedThere(
                Markdown.Of(
                    $"{CheckInWords.At(to, zone)} is before the week of {CheckInWords.Day(turn.Week)}, whose check-in is the next one: that of the week before was skipped. It can be moved to any time of its week until {CheckInWords.At(following, zone)}."
                )
            );
        }

        if (to <= now || to >= following)
        {
            return new CantBeMovedThere(
                Markdown.Of(
                    $"{CheckInWords.At(to, zone)} is {Markdown.Typed(to <= now ? "in the past" : "not before the next week’s check-in")}: the one of the week of {CheckInWords.Day(turn.Week)} can be moved to any time until {CheckInWords.At(following, zone)}."
                )
            );
        }

        if (to == turn.DueAt && turn.Asked is null)
        {
            return new PlannedAlready(this);
        }

        if (CheckInFit.WhyNot(to, plan, people) is { } outside)
        {
            return new OutsideOfHours(
                outside,
                CheckInFit.Instead(this, to, following, people, zone, now)
            );
        }

        var moved = new CheckInTurn(turn.Week, to)
        {
            NextStepAt = to,
            Because = Markdown.Of($"{actor.User} moved it"),
        };
        return new Decision.Accepted(
            this with
            {
                Turn = moved,
            },
            new AssignmentFact.CheckInMoved(actor.User, moved, people.Readers)
        );
    }

    /// <summary>Leaves one out, with a reason (ASG-9).</summary>
    public Decision SkipTurn(ActingPerson actor, DateOnly? week, string why, DateTimeOffset now)
    {
        if (WhyNotArrange(actor, week) is { } refusal)
        {
            return refusal;
        }

        if (why.Length == 0)
        {
            return new SkipNeedsReason(this);
        }

        var before = Markdown.Of($"The one before was skipped by {actor.User}: “{why}”");
        var skipped = Turn!.Week;
        // Sent once more, because no answer came or in other words: the week after is not meant before it has begun.
        if (
            Turn.Asked is null
            && (
                Turn.Before == before
                || (Turn.IsAfterSkip == true && now < CheckIns!.BeginOf(skipped))
            )
        )
        {
            return new CheckInSettled(this, skipped.AddDays(-7));
        }

        var next = this with
        {
            MissedInARow = 0,
            MissedSince = null,
            TellOfMissedAt = null,
            HasBackUpHeardOfMissed = null,
        };
        next = next.WithNextTurn(now, before);
        return new Decision.Accepted(
            next with
            {
                Turn = next.Turn! with { IsAfterSkip = true },
            },
            new AssignmentFact.CheckInSkipped(actor.User, skipped, Markdown.Of($"“{why}”"))
        );
    }

    private Refusal? WhyNotArrange(ActingPerson actor, DateOnly? week) =>
        !CheckInRights.Arrange.Allows(actor, this) ? new MayNot(CheckInRights.Arrange)
        : !HasCheckIns || Turn is null || CheckIns is null ? new NoCheckIns(this)
        : week is { } meant && meant != Turn.Week ? new CheckInSettled(this, meant)
        : null;

    /// <summary>The next week’s, or the first one that is not over when the product was down for long.</summary>
    private Assignment WithNextTurn(DateTimeOffset now, Markdown? before)
    {
        if (CheckIns is not { } plan || Turn is not { } turn)
        {
            return this;
        }

        var week = turn.Week.AddDays(7);
        while (plan.BeginOf(week.AddDays(7)) <= now)
        {
            week = week.AddDays(7);
        }

        return this with
        {
            Turn = new CheckInTurn(week, plan.At(week))
            {
                NextStepAt = plan.At(week),
                Before = before,
            },
        };
    }
}

/// <summary>What somebody answered.</summary>
/// <param name="Week">For which week: its Monday.</param>
internal sealed record CheckInText(
    DateOnly Week,
    string GoingWell,
    string Frustration,
    string Goals,
    string Context,
    bool LooksLikeProfessionalServices
);
