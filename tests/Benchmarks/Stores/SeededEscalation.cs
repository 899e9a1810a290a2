using System.Collections.Immutable;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.People;
using Sidecar.Text;

namespace Benchmarks.Stores;

using Decision = Decision<Escalation, EscalationFact>;
using FieldChange = Sidecar.Features.Escalations.Domain.FieldChange;
using Route = Sidecar.Features.Escalations.Domain.EscalationRoute;

/// <summary>
/// An escalation of a seeded store and what happened to it, decided by the product's own rules: so it stands only where
/// one can stand, with the facts that brought it there.
/// </summary>
internal sealed class SeededEscalation
{
    private static readonly TeamsNow Teams = TeamsNow.None with
    {
        Channels = Sidecar.Features.Escalations.Domain.OwningTeams.All.ToImmutableDictionary(
            t => t.Team,
            t => SeedPlan.ChannelOf(t.Team)
        ),
    };

    private static readonly Eligibility Line = new(
        new CustomerSettings().CountsFromArrAbove,
        new EscalationSettings().ArrLineHoldsFor
    );

    private readonly List<EscalationFact> _facts = [];
    private readonly int _number;
    private readonly ActingPerson _by;
    private readonly DateTimeOffset _raisedAt;

    /// <param name="number">Which.</param>
    /// <param name="share">How many facts there are, unless the rules make more.</param>
    public SeededEscalation(int number, int share = 0)
    {
        _number = number;
        _by = new ActingPerson(
            SeedPlan.Person(number + 1),
            [
                Role.DeploymentEngineer,
                Role.DeploymentEngineeringLead,
                Role.ProductEngineering,
                Role.SupportEngineer,
            ]
        );
        _raisedAt = SeedPlan.Start.AddMinutes(number);
        Current = Raised();
        var customer = new KnownCustomer(Current.CustomerName, Current.Arr);
        Do(Current.Follow(EscalationRoute.For(Current.Category, customer, Line), Teams, _raisedAt));
        if (Choice(4, 2) == 0)
        {
            Do(Current.Follow(new ActingPerson(SeedPlan.Person(number + 2), [])));
        }

        Fill(share - MostMoves);
        Go(_raisedAt.AddMinutes(5), Choice(5, 100));
        Fill(share);
    }

    /// <summary>As it is now.</summary>
    public Escalation Current { get; private set; }

    /// <summary>In order.</summary>
    public IReadOnlyList<EscalationFact> Facts => _facts;

    private const int MostMoves = 5;

    private Escalation Raised()
    {
        var raised = new Escalation
        {
            Id = new EscalationId(_number),
            Customer = new CustomerKey(SeedPlan.Customer(_number)),
            CustomerName = SeedPlan.Customer(_number),
            Arr = SeedPlan.ArrOf(_number),
            Severity = (Severity)((_number % 4) + 1),
            // Most are of the five categories that Deployment Engineering takes.
            Category = (Category)Choice(6, Choice(7, 3) == 0 ? 11 : 5),
            Summary = SeededWords.Summary(_number),
            CustomerImpact = SeededWords.Impact(_number),
            Impact = (ImpactLevel)(Choice(8, 4) + 1),
            Effort = (EffortEstimate)(Choice(9, 4) + 1),
            Reporter = SeedPlan.Person(_number),
            RaisedAt = _raisedAt,
            Channel = SeedPlan.Channel(_number),
        };
        _facts.Add(
            new EscalationFact.Raised(
                raised.Reporter,
                raised.CustomerName,
                raised.Severity,
                raised.Summary
            )
        );
        return raised;
    }

    /// <summary>From where it was sent to where it stands, by a percentage.</summary>
    private void Go(DateTimeOffset now, int chance)
    {
        switch (Current.State)
        {
            case EscalationState.Accepted:
                Work(now, chance);
                break;
            case EscalationState.Redirected when chance < 60:
                Do(Current.Close(_by, "They took it from here.", now));
                break;
            case EscalationState.NeedsInformation when chance < 50:
                Do(Current.Cancel(_by, "It went away by itself.", now));
                break;
            case EscalationState.AwaitingApproval when chance < 30:
                Do(Current.Approve(_by, "", Teams, now));
                break;
            case EscalationState.AwaitingApproval when chance < 60:
                Do(Current.Decline(_by, "It is on the road map.", Teams, now));
                break;
        }
    }

    private void Work(DateTimeOffset now, int chance)
    {
        switch (chance)
        {
            case < 60:
                break;
            case < 64:
                Do(Current.Acknowledge(_by, now));
                break;
            case < 67:
                Do(Current.WorkOn(_by, EscalationState.Investigating, "", now));
                break;
            case < 70:
                Do(Current.WorkOn(_by, EscalationState.Identified, "", now));
                break;
            case < 73:
                Do(Current.WorkOn(_by, EscalationState.Monitoring, "", now));
                break;
            case < 76:
                Do(Current.Decline(_by, "It is how it should be.", Teams, now));
                break;
            case < 79:
                Do(Current.Cancel(_by, "It went away by itself.", now));
                break;
            default:
                Resolve(now, isClosed: chance >= 85);
                break;
        }
    }

    private void Resolve(DateTimeOffset now, bool isClosed)
    {
        const string how = "The session store was full; it has been emptied and gets a limit.";
        Do(Current.Resolve(_by, how, ProductWork.None, now.AddHours(2)));
        if (isClosed)
        {
            Do(Current.Confirm(_by, "their operations lead", now.AddDays(1)));
            Do(Current.Close(_by, "", now.AddDays(1)));
        }
    }

    /// <summary>What people do on the way, until there are so many facts.</summary>
    private void Fill(int upTo)
    {
        while (_facts.Count < upTo)
        {
            var who = SeedPlan.Person(_number + _facts.Count);
            _facts.Add(
                (_facts.Count % 3) switch
                {
                    0 => new EscalationFact.Followed(who),
                    1 => new EscalationFact.Edited(who, [new FieldChange("Effort", "Low", "High")]),
                    _ => new EscalationFact.Unfollowed(who),
                }
            );
        }
    }

    private void Do(Decision decision)
    {
        if (decision is not Decision.Accepted accepted)
        {
            throw new InvalidOperationException(
                $"A rule did not let ESC-{_number} go where the seed wants it: {decision}"
            );
        }

        Current = accepted.Next;
        _facts.AddRange(accepted.Facts);
    }

    private int Choice(int salt, int choices) => Mixed.Choice(_number, salt, choices);
}
