using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Domain;

using Decision = Decision<Assignment, AssignmentFact>;

/// <content>An assignment is never permanent: it is reviewed (ASG-12).</content>
internal sealed partial record Assignment
{
    /// <summary>Its people are asked twice; then the CS lead is told that nobody answered.</summary>
    private const int LastReviewRound = 3;

    /// <summary>When the next step of the review is taken, UTC. A hand-over that is under way answers it.</summary>
    public DateTimeOffset? NextReviewStepAt(AssignmentSettings settings) =>
        State != AssignmentState.Active || HandOver is not null || ReviewOn is not { } on ? null
        : ReviewAsked > 0 || ReviewNextAt is not null ? ReviewNextAt
        // The day begins first in the east; whoever's has not begun yet is asked later.
        : CalendarDay.Begins(on, TimeZoneInfo.Utc).AddHours(-14);

    /// <summary>A review is due, and nobody has answered.</summary>
    public bool WaitsForReview =>
        State == AssignmentState.Active && ReviewAsked > 0 && HandOver is null;

    /// <summary>Asks whoever is at work, each once in a round.</summary>
    public Decision RemindAboutReview(
        ReviewPeople people,
        AssignmentSettings settings,
        DateTimeOffset now
    )
    {
        if (NextReviewStepAt(settings) is not { } at || at > now)
        {
            return new NothingToRemind(Id);
        }

        var isNewRound = ReviewLeft.IsEmpty;
        var round = isNewRound ? ReviewAsked + 1 : ReviewAsked;
        var left = isNewRound ? AskedIn(round, people) : ReviewLeft;
        var on = ReviewOn!.Value;
        ImmutableArray<UserId> told = [.. left.Where(p => people.NextAskable(p, on, now) <= now)];
        left = left.RemoveRange(told);
        if (isNewRound && told.IsEmpty && !left.IsEmpty)
        {
            // The round begins with the first who is at work.
            return new Decision.Accepted(
                this with
                {
                    ReviewNextAt = left.Min(p => people.NextAskable(p, on, now)),
                }
            );
        }

        var began = isNewRound ? now : ReviewRoundAt ?? now;
        var next = this with
        {
            ReviewAsked = round,
            ReviewRoundAt = began,
            ReviewLeft = left,
            ReviewTold = round == 1 && isNewRound ? told : [.. ReviewTold.Union(told)],
            ReviewNextAt =
                !left.IsEmpty ? left.Min(p => people.NextAskable(p, on, now))
                : round < LastReviewRound
                    ? LaterOf(began.AddDays(settings.ReviewAskAgainAfterDays), now)
                : null,
        };
        return told.IsEmpty
            ? new Decision.Accepted(next)
            : new Decision.Accepted(
                next,
                new AssignmentFact.ReviewDue(round, on, told, settings.ReviewAfterMonths)
            );
    }

    /// <summary>It goes on until the next review.</summary>
    /// <param name="by">Who decides.</param>
    /// <param name="asked">For which review they were asked; null when they came by themselves.</param>
    /// <param name="settings">When the next one is.</param>
    /// <param name="now">When they decide.</param>
    public Decision Keep(
        ActingPerson by,
        DateOnly? asked,
        AssignmentSettings settings,
        DateTimeOffset now
    )
    {
        if (RefusingReview(by, asked) is { } why)
        {
            return why;
        }

        var until = LocalDay(now).AddMonths(settings.ReviewAfterMonths);
        return !IsReviewed(until)
                ? ReviewProblem.Of(
                    $"{Id} is temporary: it ends by itself after {CalendarDay.Write(EndsOn!.Value)}, before another review would come. Nothing was changed."
                )
            : ReviewOn == until
                ? ReviewProblem.Of($"{Id} is to be reviewed on {CalendarDay.Write(until)} already.")
            : new Decision.Accepted(
                ReviewedAnew(until) with
                {
                    ReviewedBy = by.User,
                },
                new AssignmentFact.AssignmentKept(by.User, until, ReviewTold)
            );
    }

    /// <summary>It does not go on.</summary>
    public Decision EndAtReview(ActingPerson by, DateOnly? asked, string why, DateTimeOffset now)
    {
        if (RefusingReview(by, asked) is { } refusal)
        {
            return refusal;
        }

        if (why.Length == 0 || !TextLength.Fits(why, MaxTextLength))
        {
            return ReviewProblem.Of(
                why.Length == 0
                    ? "Why does it end? The reason stays on the record."
                    : $"This takes {MaxTextLength} characters; yours has {TextLength.Told(why, MaxTextLength)}."
            );
        }

        return new Decision.Accepted(
            this with
            {
                State = AssignmentState.Ended,
                EndedBy = by.User,
                EndedAt = now,
                EndedBecause = why,
                ReviewedBy = by.User,
                // Nobody checks in about what is over, and nobody takes it over.
                Turn = null,
                HandOver = null,
                EndStepAt = null,
                TellCustomerAt = null,
            },
            new AssignmentFact.EndedAtReview(by.User, Engineer!.Value, why, ReviewTold)
        );
    }

    /// <summary>A temporary one that ends before the day is not reviewed on it.</summary>
    private bool IsReviewed(DateOnly on) => EndsOn is not { } last || on <= last;

    private Assignment ReviewedAnew(DateOnly on) =>
        this with
        {
            ReviewOn = IsReviewed(on) ? on : null,
            ReviewAsked = 0,
            ReviewRoundAt = null,
            ReviewNextAt = null,
            ReviewLeft = [],
        };

    private Refusal? RefusingReview(ActingPerson by, DateOnly? asked) =>
        !ReviewRights.Review.Allows(by, by.User == Engineer || by.User == CustomerEngineer)
            ? new MayNot(ReviewRights.Review)
        : State != AssignmentState.Active ? new NotUnderWay(this)
        : asked is { } on && on != ReviewOn ? new ReviewAnswered(this, on)
        : null;

    private ImmutableArray<UserId> AskedIn(int round, ReviewPeople people) =>
        round < LastReviewRound
            ?
            [
                .. new[] { Engineer, CustomerEngineer }
                    .OfType<UserId>()
                    .Concat(people.Leads)
                    .Distinct(),
            ]
            : people.Leads;

    private static DateOnly LocalDay(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime);

    private static DateTimeOffset LaterOf(DateTimeOffset one, DateTimeOffset other) =>
        one > other ? one : other;
}

/// <summary>Nothing is due at this moment.</summary>
internal sealed record NothingToRemind(AssignmentId Id)
    : Refusal(Sidecar.Text.Markdown.Of($"Nothing is due about {Id} now."));

/// <summary>Somebody else decided the review first (ESC-9).</summary>
internal sealed record ReviewAnswered(Assignment Assignment, DateOnly Asked)
    : Refusal(
        Sidecar.Text.Markdown.Of(
            $"The review of {Assignment.Id} of {CalendarDay.Write(Asked)} was decided by {Person(Assignment.ReviewedBy)} already; the next one is {(Assignment.ReviewOn is { } on ? CalendarDay.Write(on) : "not set")}."
        )
    )
{
    private static Sidecar.Text.Markdown Person(UserId? person) =>
        person is { } who
            ? Sidecar.Text.Markdown.Of($"{who}")
            : Sidecar.Text.Markdown.Of($"somebody");
}
