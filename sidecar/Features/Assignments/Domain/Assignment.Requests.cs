using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Domain;

using Decision = Decision<Assignment, AssignmentFact>;

/// <content>Requesting and vetting (ASG-1, ASG-2).</content>
internal sealed partial record Assignment
{
    /// <summary>Nothing more becomes of it, and the customer can have another.</summary>
    [JsonIgnore]
    public bool IsOver => State is AssignmentState.Declined or AssignmentState.Ended;

    /// <summary>Somebody asks for an engineer for a customer.</summary>
    public static Decision.Accepted Request(
        AssignmentId id,
        AssignmentDraft draft,
        UserId by,
        VettersNow vetters,
        AssignmentCalendar calendar,
        DateTimeOffset now
    )
    {
        var requested = draft.ToAssignment(id, by, now) with
        {
            EndStepAt = draft.EndsOn is { } last
                ? calendar.WhenAtWork(calendar.OverAt(last))
                : null,
        };
        return new(
            requested,
            new AssignmentFact.Requested(
                by,
                requested.CustomerName,
                requested.Kind,
                requested.EndsOn,
                requested.CustomerEngineer,
                requested.Why,
                vetters.All,
                vetters.Administrators
            )
        );
    }

    /// <summary>A lead approves it, for every vetting role that they have and nobody approved for yet.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="because">Why the CS lead exceeds the cap; empty when they do not.</param>
    /// <param name="places">As they are now.</param>
    /// <param name="vetters">Who vets.</param>
    /// <param name="calendar">The team's.</param>
    /// <param name="now">When.</param>
    public Decision Approve(
        ActingPerson actor,
        string because,
        AssignmentCapacity places,
        VettersNow vetters,
        AssignmentCalendar calendar,
        DateTimeOffset now
    )
    {
        if (MayVet(actor, because) is { } refusal)
        {
            return refusal;
        }

        ImmutableArray<Role> given =
        [
            .. RequestRights.VettingRoles.Where(role =>
                actor.Is(role) && Approvals.All(a => a.As != role)
            ),
        ];
        if (given.IsEmpty && (because.Length == 0 || BeyondCapBecause.Length > 0))
        {
            return new ApprovedAlready(this, Approvals.Last(a => actor.Is(a.As)));
        }

        if (EndsOn is { } last && now >= calendar.OverAt(last))
        {
            return new OverBeforeItBegan(this);
        }

        var approved = this with
        {
            Approvals = [.. Approvals, .. given.Select(r => new Approval(r, actor.User, now))],
            BeyondCapBecause = because.Length > 0 ? because : BeyondCapBecause,
        };
        List<AssignmentFact> facts = [];
        var waits = vetters.Without(approved.Approvals);
        if (!given.IsEmpty)
        {
            facts.Add(new AssignmentFact.Approved(actor.User, given, waits));
        }

        if (!waits.IsEmpty)
        {
            if (because.Length > 0)
            {
                facts.Add(new AssignmentFact.CapLifted(actor.User, because, waits));
            }

            return new Decision.Accepted(approved, facts);
        }

        if (!places.AreFree && approved.BeyondCapBecause.Length == 0)
        {
            return new CapReached(this, places, actor.Is(Role.CustomerSuccessLead));
        }

        var (next, taken) = approved.TakePlace(actor.User, places, vetters.Leads, calendar);
        return new Decision.Accepted(next, [.. facts, taken]);
    }

    /// <summary>One lead's no ends it.</summary>
    public Decision Decline(ActingPerson actor, string why, VettersNow vetters, DateTimeOffset now)
    {
        if (!RequestRights.Vet.Allows(actor))
        {
            return new MayNot(RequestRights.Vet);
        }

        return CantClose("Declining", why) is { } refusal
            ? refusal
            : Closed(
                actor.User,
                why,
                now,
                new AssignmentFact.Declined(
                    actor.User,
                    [.. RequestRights.VettingRoles.Where(actor.Is)],
                    why,
                    [.. vetters.All.SelectMany(v => v.People).Distinct()]
                )
            );
    }

    /// <summary>Who requested it, or the CS lead, takes it back.</summary>
    public Decision Withdraw(ActingPerson actor, string why, VettersNow vetters, DateTimeOffset now)
    {
        if (!RequestRights.Withdraw.Allows(actor, isRelated: actor.User == RequestedBy))
        {
            return new MayNot(RequestRights.Withdraw);
        }

        // Taking back what one asked for oneself needs no reason.
        return CantClose("Taking it back", why.Length > 0 ? why : "–") is { } refusal
            ? refusal
            : Closed(
                actor.User,
                why,
                now,
                new AssignmentFact.Withdrawn(
                    actor.User,
                    why,
                    [.. vetters.All.SelectMany(v => v.People).Distinct()]
                ),
                isWithdrawn: true
            );
    }

    private Refusal? MayVet(ActingPerson actor, string because) =>
        !RequestRights.Vet.Allows(actor) ? new MayNot(RequestRights.Vet)
        : State != AssignmentState.Requested ? new NotRequested(this)
        : !TextLength.Fits(because, MaxTextLength) ? new TextTooLong(because)
        : because.Length > 0 && !actor.Is(Role.CustomerSuccessLead) ? new OnlyTheLeadExceeds()
        : null;

    private Refusal? CantClose(string what, string why) =>
        State != AssignmentState.Requested ? new NotRequested(this)
        : why.Length == 0 ? new ReasonMissing(what)
        : !TextLength.Fits(why, MaxTextLength) ? new TextTooLong(why)
        : null;

    private Decision.Accepted Closed(
        UserId by,
        string why,
        DateTimeOffset now,
        AssignmentFact fact,
        bool isWithdrawn = false
    ) =>
        new(
            this with
            {
                State = AssignmentState.Declined,
                IsWithdrawn = isWithdrawn,
                EndedBy = by,
                EndedAt = now,
                EndedBecause = why,
                EndStepAt = null,
            },
            fact
        );

    private (Assignment Next, AssignmentFact.PlaceTaken Fact) TakePlace(
        UserId by,
        AssignmentCapacity places,
        ImmutableArray<UserId> leads,
        AssignmentCalendar calendar
    )
    {
        // A reason that was given in advance, and was not needed after all, is not kept.
        var beyond = places.AreFree ? "" : BeyondCapBecause;
        return (
            this with
            {
                State = AssignmentState.Approved,
                BeyondCapBecause = beyond,
                EndStepAt = EndsOn is { } last ? calendar.NextStepAt(last, isTold: false) : null,
            },
            new AssignmentFact.PlaceTaken(by, places.Taken.Length + 1, places.Most, beyond, leads)
        );
    }
}
