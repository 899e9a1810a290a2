using Sidecar.Features.Assignments.Reviews;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Domain;

using Decision = Decision<Assignment, AssignmentFact>;

/// <content>The hand-over at the engineer's request (ASG-12).</content>
internal sealed partial record Assignment
{
    /// <summary>The engineer asks for somebody else to take it.</summary>
    public Decision AskForHandOver(
        ActingPerson by,
        string reason,
        string note,
        HandOverOutlook outlook,
        DateTimeOffset now
    )
    {
        if (RefusingHandOver(by, ReviewRights.HandOver, by.User == Engineer) is { } why)
        {
            return why;
        }

        if (!TextLength.Fits(note, MaxTextLength))
        {
            return ReviewProblem.Of(
                $"This takes {MaxTextLength} characters; yours has {TextLength.Told(note, MaxTextLength)}."
            );
        }

        return HandOver is { } underWay
            ? new HandOverUnderWay(this, underWay)
            : new Decision.Accepted(
                this with
                {
                    HandOver = new PlannedHandOver(Engineer!.Value, reason, note, now, To: null)
                    {
                        Leads = outlook.Leads,
                    },
                },
                new AssignmentFact.HandOverAsked(by.User, Engineer.Value, reason, note, outlook)
            );
    }

    /// <summary>It is not handed over after all.</summary>
    public Decision DropHandOver(ActingPerson by)
    {
        if (RefusingHandOver(by, ReviewRights.HandOver, by.User == Engineer) is { } why)
        {
            return why;
        }

        return HandOver is not { } dropped
            ? new NoHandOver(this)
            : new Decision.Accepted(
                this with
                {
                    HandOver = null,
                },
                new AssignmentFact.HandOverDropped(by.User, dropped)
            );
    }

    /// <summary>The CS lead names who shall take it, also when nobody had asked.</summary>
    public Decision NameSuccessor(ActingPerson by, UserId to, DateTimeOffset now)
    {
        if (RefusingHandOver(by, ReviewRights.NameSuccessor, isRelated: false) is { } why)
        {
            return why;
        }

        if (to == Engineer)
        {
            return ReviewProblem.Of($"This person is the engineer of {Id} already.");
        }

        if (to == CustomerEngineer)
        {
            return ReviewProblem.Of(
                $"This person is the CE of {Id}, with whom its engineer checks in: somebody else has to take it."
            );
        }

        if (HandOver?.To == to)
        {
            return new HandOverUnderWay(this, HandOver);
        }

        var underWay =
            HandOver
            ?? new PlannedHandOver(Engineer!.Value, HandOverReasons.Other, "", now, To: null)
            {
                Leads = [by.User],
            };
        return new Decision.Accepted(
            this with
            {
                HandOver = underWay with { To = to, NamedBy = by.User },
            },
            new AssignmentFact.SuccessorNamed(by.User, underWay.From, to, underWay.AskedAt)
        );
    }

    /// <summary>Whoever was named does not take it; somebody else is to be named.</summary>
    public Decision RefuseToTakeOver(ActingPerson by, DateTimeOffset? asked, string why)
    {
        if (RefusingAnswer(by, asked) is { } refusal)
        {
            return refusal;
        }

        if (!TextLength.Fits(why, MaxTextLength))
        {
            return ReviewProblem.Of(
                $"This takes {MaxTextLength} characters; yours has {TextLength.Told(why, MaxTextLength)}."
            );
        }

        var handOver = HandOver!;
        return new Decision.Accepted(
            this with
            {
                HandOver = handOver with
                {
                    To = null,
                    Declined = [.. handOver.Declined.Append(by.User).Distinct()],
                },
            },
            new AssignmentFact.HandOverDeclined(by.User, handOver, why)
        );
    }

    /// <summary>
    /// Whoever was named takes it. Check-ins go on with them: at the time that was planned when they work then, else when
    /// they do next; one that the one before was asked for is asked for again.
    /// </summary>
    /// <param name="by">Who takes it.</param>
    /// <param name="asked">Which hand-over they answer; null when they came by themselves.</param>
    /// <param name="time">When they work.</param>
    /// <param name="settings">When it is reviewed with them.</param>
    /// <param name="now">When.</param>
    public Decision TakeOver(
        ActingPerson by,
        DateTimeOffset? asked,
        PersonTime time,
        AssignmentSettings settings,
        DateTimeOffset now
    )
    {
        if (RefusingAnswer(by, asked) is { } refusal)
        {
            return refusal;
        }

        var handOver = HandOver!;
        var since = Formerly is [.., var last] ? last.To : StartedAt ?? RequestedAt;
        var next = ReviewedAnew(LocalDay(now).AddMonths(settings.ReviewAfterMonths)) with
        {
            Engineer = by.User,
            BackUp = BackUp == by.User ? null : BackUp,
            HandOver = null,
            Formerly = Formerly.Add(new FormerEngineer(handOver.From, since, now)),
            // Whom the customer was told of is not who it is now.
            Communicated = null,
            TellCustomerAt = IsInternal
                ? null
                : time.Calendar.AddWorkingDays(now, AssignmentCalendar.WorkingDaysToTell),
        };
        return new Decision.Accepted(
            next,
            new AssignmentFact.HandedOver(by.User, handOver.From, by.User, handOver)
            {
                WasBackUp = BackUp == by.User,
            }
        );
    }

    private Refusal? RefusingHandOver(ActingPerson by, Permission permission, bool isRelated) =>
        !permission.Allows(by, isRelated) ? new MayNot(permission)
        : State != AssignmentState.Active ? new NotUnderWay(this)
        : null;

    private Refusal? RefusingAnswer(ActingPerson by, DateTimeOffset? asked) =>
        HandOver is not { To: { } to } handOver || (asked is { } at && at != handOver.AskedAt)
            ? new NoHandOver(this)
        : to != by.User ? new SomebodyElseWasNamed(this, to)
        : State != AssignmentState.Active ? new NotUnderWay(this)
        : null;
}

internal sealed record HandOverUnderWay(Assignment Assignment, PlannedHandOver Now)
    : Refusal(
        Sidecar.Text.Markdown.Of(
            $"{ReviewWords.Named(Assignment)} is being handed over already, {Waits(Assignment.Id, Now)} {ReviewWords.Command($"engineer handover {Assignment.Id} cancel")} takes it back."
        )
    )
{
    private static Sidecar.Text.Markdown Waits(AssignmentId id, PlannedHandOver now) =>
        now.To is { } to
            ? Sidecar.Text.Markdown.Of($"and waits for {to} to accept.")
            : Sidecar.Text.Markdown.Of(
                $"and waits for the CS lead to name somebody: {ReviewWords.Command($"engineer handover {id} to @name")}"
            );
}

internal sealed record NoHandOver(Assignment Assignment)
    : Refusal(
        Sidecar.Text.Markdown.Of(
            $"{ReviewWords.Named(Assignment)} is not waiting for that answer any more; its engineer is {Who(Assignment.Engineer)}."
        )
    )
{
    private static Sidecar.Text.Markdown Who(UserId? person) =>
        person is { } who
            ? Sidecar.Text.Markdown.Of($"{who}")
            : Sidecar.Text.Markdown.Of($"nobody");
}

internal sealed record SomebodyElseWasNamed(Assignment Assignment, UserId To)
    : Refusal(
        Sidecar.Text.Markdown.Of(
            $"{To} was named to take {ReviewWords.Named(Assignment)} over, and answers."
        )
    );
