using Sidecar.Features.Customers;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

/// <summary>A list of escalations that somebody can ask for.</summary>
/// <param name="Index">Its order.</param>
/// <param name="Group">The first parts of the keys: whose list it is.</param>
/// <param name="Filter">How its command names it, to be asked for the next page.</param>
/// <param name="Title">How its heading names it.</param>
internal sealed record EscalationList(
    DocumentIndex<Escalation> Index,
    IndexKey Group,
    string Filter,
    string Title
)
{
    /// <summary>As many as are read without scrolling far.</summary>
    public const int PageSize = 15;

    /// <summary>Beyond this a list says “more than”.</summary>
    public const int CountedUpTo = 200;

    /// <summary>Resolved ones are in it, at the end.</summary>
    public bool WithResolved { get; init; }

    /// <summary>Only this severity is in it.</summary>
    public Severity? Only { get; init; }

    /// <summary>What the keys of all that is in it begin with.</summary>
    public IndexKey Prefix =>
        (WithResolved, Only) switch
        {
            (true, _) => Group,
            (_, { } severity) => Group.Then(false).Then((long)severity),
            _ => Group.Then(false),
        };

    /// <summary>Everything open.</summary>
    public static EscalationList Open { get; } =
        new(EscalationBook.ByUrgency, IndexKey.Empty, "", "Open escalations");

    /// <summary>Everything.</summary>
    public static EscalationList All { get; } =
        new(EscalationBook.ByUrgency, IndexKey.Empty, "all", "All escalations")
        {
            WithResolved = true,
        };

    /// <summary>What is open of one severity.</summary>
    public static EscalationList Of(Severity severity) =>
        new(
            EscalationBook.ByUrgency,
            IndexKey.Empty,
            Vocabulary.Severities.Code(severity),
            $"Open {Vocabulary.Severities.Label(severity)} escalations"
        )
        {
            Only = severity,
        };

    /// <summary>What is open and owned or raised by a person.</summary>
    public static EscalationList Of(UserId person) =>
        new(
            EscalationBook.ByPerson,
            IndexKey.Empty.Then(person.Value),
            "mine",
            "Open escalations that you own or raised"
        );

    /// <summary>Everything of one customer.</summary>
    public static EscalationList Of(CustomerKey customer, string name) =>
        new(
            EscalationBook.ByCustomer,
            IndexKey.Empty.Then(customer.Value),
            customer.Value,
            $"Escalations of {name}"
        )
        {
            WithResolved = true,
        };

    /// <summary>
    /// The place of an escalation in this list. One that has left an open list since the page before was shown keeps
    /// the place that it had, so the next page starts where the last one ended.
    /// </summary>
    public IndexPosition PositionOf(Escalation escalation)
    {
        var key = EscalationBook.Urgency(
            Group,
            WithResolved ? escalation : escalation with { State = EscalationState.New }
        );
        return new IndexPosition(key, escalation.Id.ToString());
    }
}
