using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>From state to state (ESC-6), and who owns and follows (ESC-7).</summary>
internal sealed partial record Escalation
{
    /// <summary>
    /// Somebody says: I have seen it and take care of it. They become the owner unless somebody has been assigned
    /// already. Only the first one does (ESC-9).
    /// </summary>
    public Decision Acknowledge(ActingPerson by, DateTimeOffset now)
    {
        if (
            Refusing(
                EscalationMove.Acknowledge,
                by,
                EscalationRights.Acknowledge.Allows(by, IsOwnedBy(by.User))
            ) is
            { } why
        )
        {
            return why;
        }

        var next = AcknowledgedNow(by.User, now);
        return new Decision.Accepted(
            next,
            new EscalationFact.Acknowledged(by.User, next.Owner!.Value)
        );
    }

    /// <summary>Gives it to somebody, who is the one owner from then on (ESC-7).</summary>
    public Decision Assign(UserId to, ActingPerson by, DateTimeOffset now)
    {
        if (!EscalationRights.Assign.Allows(by, IsOwnedBy(by.User)))
        {
            return new MayNot(EscalationRights.Assign);
        }

        if (!IsOpen)
        {
            return new NotPossible(this, "be given to somebody", by.User);
        }

        return Owner == to
            ? new AlreadyOwned(this, by.User)
            : new Decision.Accepted(
                ActedOn(now) with
                {
                    Owner = to,
                },
                new EscalationFact.EscalationAssigned(by.User, Owner, to)
            );
    }

    /// <summary>
    /// The work goes on, or back when it turns out so: investigating, identified, monitoring. Whoever moves an accepted
    /// one on acknowledges it by that.
    /// </summary>
    public Decision WorkOn(ActingPerson by, EscalationState to, string note, DateTimeOffset now)
    {
        var move = to switch
        {
            EscalationState.Investigating => EscalationMove.Investigate,
            EscalationState.Identified => EscalationMove.Identify,
            EscalationState.Monitoring => EscalationMove.Monitor,
            _ => throw new ArgumentOutOfRangeException(
                nameof(to),
                to,
                "This is not a step of work."
            ),
        };
        if (Refusing(move, by, EscalationRights.Work.Allows(by, IsOwnedBy(by.User))) is { } why)
        {
            return why;
        }

        var (before, facts) = Acknowledging(by.User, now);
        facts.Add(new EscalationFact.Moved(by.User, before.State, to, note));
        return new Decision.Accepted(
            before.ActedOn(now) with
            {
                State = to,
                MovedBy = by.User,
            },
            facts
        );
    }

    /// <summary>
    /// It is solved. Nobody needs to have acknowledged it before: whoever resolves an accepted one acknowledges it by
    /// that (ESC-6), and owns it if nobody does.
    /// </summary>
    /// <param name="by">Who says so.</param>
    /// <param name="resolution">What solved it; may be empty.</param>
    /// <param name="work">What the product's makers had to do with it (ESC-13).</param>
    /// <param name="now">When.</param>
    public Decision Resolve(
        ActingPerson by,
        string resolution,
        ProductWork work,
        DateTimeOffset now
    )
    {
        if (
            Refusing(
                EscalationMove.Resolve,
                by,
                EscalationRights.Work.Allows(by, IsOwnedBy(by.User))
            ) is
            { } why
        )
        {
            return why;
        }

        var (before, facts) = Acknowledging(by.User, now);
        if (work.ChangesFrom(Work) is { IsEmpty: false } changes)
        {
            facts.Add(new EscalationFact.Edited(by.User, changes));
        }

        facts.Add(new EscalationFact.Resolved(by.User, resolution, work.SolvedWithoutChange));
        var next = before.ActedOn(now) with
        {
            State = EscalationState.Resolved,
            MovedBy = by.User,
            Owner = before.Owner ?? by.User,
            ResolvedBy = by.User,
            ResolvedAt = now,
            Resolution = resolution,
            Work = work,
        };
        return new Decision.Accepted(next, facts);
    }

    /// <summary>The customer has confirmed that it is over (PB-6).</summary>
    public Decision Confirm(ActingPerson by, string who, DateTimeOffset now)
    {
        if (
            Refusing(
                EscalationMove.Confirm,
                by,
                EscalationRights.Conclude.Allows(by, IsOf(by.User))
            ) is
            { } why
        )
        {
            return why;
        }

        return who.Length == 0 ? new ReasonMissing(this, EscalationMove.Confirm)
            : Confirmed is { } before && before.Who == who ? new AlreadyConfirmed(this, before)
            : new Decision.Accepted(
                ActedOn(now) with
                {
                    Confirmed = new Confirmation(who, now, by.User),
                },
                new EscalationFact.EscalationConfirmed(by.User, who)
            );
    }

    /// <summary>It is over. A resolved Sev 1 only once the customer's confirmation is recorded (ESC-6, PB-6).</summary>
    public Decision Close(ActingPerson by, string note, DateTimeOffset now)
    {
        if (
            Refusing(
                EscalationMove.Close,
                by,
                EscalationRights.Conclude.Allows(by, IsOf(by.User) || IsOfTheTeam(by))
            ) is
            { } why
        )
        {
            return why;
        }

        if (State == EscalationState.Resolved && Severity == Severity.Sev1 && Confirmed is null)
        {
            return new ConfirmationMissing(this);
        }

        return new Decision.Accepted(
            Ended(EscalationState.Closed, by.User, now) with
            {
                StateReason = note,
                RedirectedTo = RedirectedTo,
            },
            new EscalationFact.EscalationClosed(by.User, State, note)
        );
    }

    /// <summary>It was not solved after all. It is its owner's again, acknowledged (ESC-6).</summary>
    public Decision Reopen(ActingPerson by, string reason, DateTimeOffset now)
    {
        if (
            Refusing(
                EscalationMove.Reopen,
                by,
                EscalationRights.Conclude.Allows(by, IsOf(by.User))
            ) is
            { } why
        )
        {
            return why;
        }

        return reason.Length == 0
            ? new ReasonMissing(this, EscalationMove.Reopen)
            : new Decision.Accepted(
                ActedOn(now) with
                {
                    State = EscalationState.Acknowledged,
                    MovedBy = by.User,
                    ResolvedBy = null,
                    ResolvedAt = null,
                    Resolution = "",
                    Reopenings = Reopenings + 1,
                    Confirmed = null,
                    Work = Work with { SolvedWithoutChange = null },
                },
                new EscalationFact.Reopened(by.User, reason)
            );
    }

    /// <summary>It is taken back, by who raised it or by a lead.</summary>
    public Decision Cancel(ActingPerson by, string reason, DateTimeOffset now)
    {
        if (
            Refusing(
                EscalationMove.Cancel,
                by,
                EscalationRights.Cancel.Allows(by, Reporter == by.User)
            ) is
            { } why
        )
        {
            return why;
        }

        return new Decision.Accepted(
            Ended(EscalationState.Cancelled, by.User, now) with
            {
                StateReason = reason,
            },
            new EscalationFact.EscalationCancelled(by.User, State, reason)
        );
    }

    /// <summary>
    /// Somebody wants to hear of it. Into its channel, when that is private, they come by a role; else a member lets them
    /// in (ALL-7).
    /// </summary>
    public Decision Follow(ActingPerson who) =>
        who.User is var by && Followers.Contains(by)
            ? new FollowsAlready(this)
            : new Decision.Accepted(
                this with
                {
                    Followers = Followers.Add(by),
                    Incident =
                        who.Roles.IsEmpty || Incident?.Channel is null
                            ? Incident
                            : Incident.Admitting([by]),
                },
                new EscalationFact.Followed(by) { IsAgain = FormerFollowers.Contains(by) }
            );

    /// <summary>Somebody has heard enough of it; whoever raised it, too.</summary>
    public Decision Unfollow(UserId by) =>
        Followers.Contains(by) || (by == Reporter && IsRaiserListening)
            ? new Decision.Accepted(
                this with
                {
                    Followers = Followers.Remove(by),
                    FormerFollowers = FormerFollowers.Contains(by)
                        ? FormerFollowers
                        : FormerFollowers.Add(by),
                },
                new EscalationFact.Unfollowed(by)
            )
            : new FollowsNot(this);

    private Escalation AcknowledgedNow(UserId by, DateTimeOffset now) =>
        ActedOn(now) with
        {
            State = EscalationState.Acknowledged,
            MovedBy = by,
            AcknowledgedBy = by,
            AcknowledgedAt = now,
            Owner = Owner ?? by,
        };

    private (Escalation Next, List<EscalationFact> Facts) Acknowledging(
        UserId by,
        DateTimeOffset now
    )
    {
        if (State != EscalationState.Accepted)
        {
            return (this, []);
        }

        var next = AcknowledgedNow(by, now);
        return (next, [new EscalationFact.Acknowledged(by, next.Owner!.Value)]);
    }

    private bool IsOfTheTeam(ActingPerson by) =>
        RedirectedTo is { } team && team.Named().Members.Any(by.Is);

    /// <summary>First whether somebody may, then whether it is possible: who may not learns nothing more.</summary>
    private Refusal? Refusing(EscalationMove move, ActingPerson by, bool isAllowed) =>
        !isAllowed ? new MayNot(RightsOf(move))
        : PossibleMoves.PossibleWith(this).Contains(move) ? null
        : NotPossible.For(this, move, by.User);

    private static Permission RightsOf(EscalationMove move) =>
        move switch
        {
            EscalationMove.Acknowledge => EscalationRights.Acknowledge,
            EscalationMove.Investigate or EscalationMove.Identify or EscalationMove.Monitor =>
                EscalationRights.Work,
            EscalationMove.Resolve => EscalationRights.Resolve,
            EscalationMove.Confirm or EscalationMove.Close or EscalationMove.Reopen =>
                EscalationRights.Conclude,
            EscalationMove.Approve => EscalationRights.Approve,
            EscalationMove.Decline => EscalationRights.Decline,
            EscalationMove.Override or EscalationMove.EscalateSpecifically =>
                EscalationRights.Accept,
            _ => EscalationRights.Cancel,
        };
}
