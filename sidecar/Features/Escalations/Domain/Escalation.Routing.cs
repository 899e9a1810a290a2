using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>Whose it is (ESC-2 to ESC-4).</summary>
internal sealed partial record Escalation
{
    /// <summary>It has just been raised, or what it waited for has changed: where does it go?</summary>
    /// <param name="route">Where.</param>
    /// <param name="teams">Who is there to be told.</param>
    /// <param name="now">When.</param>
    public Decision Follow(EscalationRoute route, TeamsNow teams, DateTimeOffset now) =>
        route switch
        {
            EscalationRoute.Redirect redirect when IsUrgent && teams.HasNobodyOf(redirect.To) =>
                Take(new EscalationRoute.AcceptedRoute { Elsewhere = redirect }, teams, now),
            EscalationRoute.AcceptedRoute accept => Take(accept, teams, now),
            EscalationRoute.AwaitFacts wait
                when State == EscalationState.NeedsInformation
                    && wait.Missing.SequenceEqual(Missing) => new NothingNew(this),
            EscalationRoute.AwaitFacts wait => new Decision.Accepted(
                Leave() with
                {
                    State = EscalationState.NeedsInformation,
                    Missing = wait.Missing,
                },
                new EscalationFact.EscalationWaits(
                    wait.Missing,
                    Customer.Value,
                    teams.CanAddCustomers
                )
            ),
            EscalationRoute.Redirect redirect
                when State == EscalationState.Redirected
                    && redirect.To == RedirectedTo
                    && redirect.Reason == StateReason => new NothingNew(this),
            EscalationRoute.Redirect redirect => new Decision.Accepted(
                ShownTo(redirect.To, teams).Leave() with
                {
                    State = EscalationState.Redirected,
                    RedirectedTo = redirect.To,
                    StateReason = redirect.Reason,
                },
                new EscalationFact.Redirected(
                    redirect.To,
                    redirect.Reason,
                    teams.ToName(redirect.To)
                )
                {
                    IsNobodyThere = teams.HasNobodyOf(redirect.To),
                }
            ),
            _ when State == EscalationState.AwaitingApproval => new NothingNew(this),
            _ => new Decision.Accepted(
                ShownTo(OwningTeam.ProductEngineering, teams).Leave() with
                {
                    State = EscalationState.AwaitingApproval,
                    // What was approved before was something else.
                    ApprovedBy = null,
                },
                new EscalationFact.ApprovalAsked(teams.ToName(OwningTeam.ProductEngineering))
                {
                    IsNobodyThere = teams.HasNobodyOf(OwningTeam.ProductEngineering),
                }
            ),
        };

    /// <summary>
    /// It is being worked on, and something about whose it is has become known: it stays where it is, whoever works on it
    /// decides (ESC-2).
    /// </summary>
    public Decision Settle(EscalationRoute route, TeamsNow teams)
    {
        var (missing, elsewhere) = route switch
        {
            EscalationRoute.AcceptedRoute accept => (accept.Missing, accept.Elsewhere),
            EscalationRoute.AwaitFacts wait => (wait.Missing, null),
            EscalationRoute.Redirect redirect => ([], redirect),
            _ => ([], null),
        };
        return missing.SequenceEqual(Missing) && elsewhere == Elsewhere
            ? new NothingNew(this)
            : new Decision.Accepted(
                this with
                {
                    Missing = missing,
                    Elsewhere = elsewhere,
                },
                missing.IsEmpty && elsewhere is null
                    ? new EscalationFact.RouteSettled(null, "")
                    : new EscalationFact.TakenProvisionally(
                        Id,
                        missing,
                        Customer.Value,
                        teams.CanAddCustomers,
                        elsewhere
                    )
            );
    }

    /// <summary>It turned out to be another team's: they get it with what was done (ESC-2).</summary>
    /// <param name="by">Who says so.</param>
    /// <param name="to">Whose it is; null: whose it is by what is known.</param>
    /// <param name="note">What the other team should know; may be empty.</param>
    /// <param name="teams">Who is there to be told.</param>
    /// <param name="now">When.</param>
    public Decision HandOver(
        ActingPerson by,
        OwningTeam? to,
        string note,
        TeamsNow teams,
        DateTimeOffset now
    )
    {
        if (!EscalationRights.HandOver.Allows(by, IsOwnedBy(by.User)))
        {
            return new MayNot(EscalationRights.HandOver);
        }

        if (State != EscalationState.Accepted && !PossibleMoves.IsWork(State))
        {
            return new NotPossible(this, "be handed over to another team", by.User);
        }

        if ((to ?? Elsewhere?.To) is not { } team || team == OwningTeam.DeploymentEngineering)
        {
            return new TeamMissing(this);
        }

        var reason =
            Elsewhere is { } known && known.To == team
                ? known.Reason
                : $"it belongs to {team.Label()}";
        var told = teams.ToName(team);
        return new Decision.Accepted(
            ShownTo(team, teams).Leave().ActedOn(now) with
            {
                State = EscalationState.Redirected,
                RedirectedTo = team,
                StateReason = note.Length > 0 ? note : reason,
                MovedBy = by.User,
                Incident = Incident is { Channel: not null } ? Incident.Admitting(told) : Incident,
            },
            new EscalationFact.HandedOver(by.User, team, reason, note, WhatWasDone(now), told)
            {
                IsNobodyThere = teams.HasNobodyOf(team),
            }
        );
    }

    private Done WhatWasDone(DateTimeOffset now) =>
        new(now - RaisedAt, State, Owner, LastUpdate?.Summary ?? "", Incident?.Channel);

    private Decision Take(EscalationRoute.AcceptedRoute accept, TeamsNow teams, DateTimeOffset now)
    {
        if (State == EscalationState.Accepted)
        {
            return Settle(accept, teams);
        }

        var taken = AcceptedNow(teams, now);
        var fact = new EscalationFact.Accepted(State);
        return taken.Settle(accept, teams) is Decision.Accepted { Next: var next, Facts: var facts }
            ? new Decision.Accepted(next, [fact, .. facts])
            : new Decision.Accepted(taken, fact);
    }

    /// <summary>Product Engineering approves (ESC-4).</summary>
    public Decision Approve(ActingPerson by, string note, TeamsNow teams, DateTimeOffset now)
    {
        if (Refusing(EscalationMove.Approve, by, EscalationRights.Approve.Allows(by)) is { } why)
        {
            return why;
        }

        return new Decision.Accepted(
            AcceptedNow(teams, now) with
            {
                StateReason = note,
                MovedBy = by.User,
                ApprovedBy = by.User,
            },
            new EscalationFact.Approved(by.User, note)
        );
    }

    /// <summary>
    /// It is accepted whatever its routing says: by a lead, or by the TAM for what would be the TAM's. On the record,
    /// with the reason (ESC-4).
    /// </summary>
    public Decision Accept(ActingPerson by, string reason, TeamsNow teams, DateTimeOffset now)
    {
        var isTheTams =
            by.Is(Role.TechnicalAccountManager)
            && PossibleMoves.PossibleWith(this).Contains(EscalationMove.EscalateSpecifically);
        if (
            Refusing(EscalationMove.Override, by, EscalationRights.Accept.Allows(by, isTheTams)) is
            { } why
        )
        {
            return why;
        }

        if (reason.Length == 0)
        {
            return new ReasonMissing(this, EscalationMove.Override);
        }

        if (IsProvisional)
        {
            // It is being worked on already: what spoke against it does so no more.
            return new Decision.Accepted(
                ActedOn(now) with
                {
                    Missing = [],
                    Elsewhere = null,
                },
                new EscalationFact.RouteSettled(by.User, reason)
            );
        }

        return new Decision.Accepted(
            AcceptedNow(teams, now) with
            {
                StateReason = reason,
                MovedBy = by.User,
            },
            isTheTams
                ? new EscalationFact.EscalatedSpecifically(by.User, reason)
                : new EscalationFact.Overridden(by.User, State, reason)
        );
    }

    /// <summary>It is not done: declined by a lead, or by Product Engineering when asked for approval.</summary>
    public Decision Decline(ActingPerson by, string reason, TeamsNow teams, DateTimeOffset now)
    {
        var wasAsked = State == EscalationState.AwaitingApproval && by.Is(Role.ProductEngineering);
        if (
            Refusing(EscalationMove.Decline, by, EscalationRights.Decline.Allows(by, wasAsked)) is
            { } why
        )
        {
            return why;
        }

        if (reason.Length == 0)
        {
            return new ReasonMissing(this, EscalationMove.Decline);
        }

        // An in-product feature stays R&D's when it is not approved (ESC-3), so R&D hears of it.
        var shown =
            State == EscalationState.AwaitingApproval
                ? ShownTo(OwningTeam.ResearchAndDevelopment, teams)
                : this;
        return new Decision.Accepted(
            shown.Ended(EscalationState.Declined, by.User, now) with
            {
                StateReason = reason,
            },
            new EscalationFact.Declined(by.User, State, reason)
        );
    }

    /// <summary>What is known of the customer has changed; name and place in lists follow (ESC-5).</summary>
    public Decision Learn(CustomerKey key, KnownCustomer customer) =>
        Customer == key
        && !CustomerIsUnknown
        && CustomerName == customer.Name
        && Arr == customer.Arr
            ? new NothingNew(this)
            : new Decision.Accepted(
                this with
                {
                    Customer = key,
                    CustomerIsUnknown = false,
                    CustomerName = customer.Name,
                    Arr = customer.Arr,
                    Suggested = [],
                },
                new EscalationFact.CustomerChanged(customer.Name, CustomerName != customer.Name)
            );

    private Escalation AcceptedNow(TeamsNow teams, DateTimeOffset now) =>
        ShownTo(OwningTeam.DeploymentEngineering, teams).Leave() with
        {
            State = EscalationState.Accepted,
            AcceptedAt = now,
            // Accepted again, it waits again: its ladder begins anew.
            WaitingSince = now,
            RungsTold = 0,
            Rounds = 0,
        };

    private Escalation Leave() =>
        this with
        {
            Missing = [],
            Elsewhere = null,
            RedirectedTo = null,
            StateReason = "",
            MovedBy = null,
        };

    private Escalation Ended(EscalationState state, UserId by, DateTimeOffset now) =>
        Leave().ActedOn(now) with
        {
            State = state,
            MovedBy = by,
            EndedBy = by,
            EndedAt = now,
        };

    private Escalation ShownTo(OwningTeam team, TeamsNow teams) =>
        teams.ChannelOf(team) is { } channel
        && channel != Channel
        && Copies.All(c => c.Channel != channel && c.Team != team)
            ? this with
            {
                Copies = Copies.Add(new TeamCopy(team, channel)),
            }
            : this;
}
