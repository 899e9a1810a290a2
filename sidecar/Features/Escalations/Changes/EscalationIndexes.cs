using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations.Changes;

/// <summary>
/// By what escalations are found. Every list has the same order: open before the rest, by priority (ESC-5); the rest by
/// when it ended or was sent elsewhere, the latest first.
/// </summary>
internal static class EscalationIndexes
{
    /// <summary>All.</summary>
    public static DocumentIndex<Escalation> ByPriority { get; } =
        new("by-priority", e => [Order(IndexKey.Empty, e)]);

    /// <summary>The same without what customers pay.</summary>
    public static DocumentIndex<Escalation> ByPriorityPlain { get; } =
        new("by-priority-plain", e => [Order(IndexKey.Empty, e, withoutArr: true)]);

    /// <summary>Of each severity.</summary>
    public static DocumentIndex<Escalation> BySeverity { get; } =
        new("by-severity", e => [Order(IndexKey.Empty.Then((long)e.Severity), e)]);

    /// <summary>The same without what customers pay.</summary>
    public static DocumentIndex<Escalation> BySeverityPlain { get; } =
        new(
            "by-severity-plain",
            e => [Order(IndexKey.Empty.Then((long)e.Severity), e, withoutArr: true)]
        );

    /// <summary>In each state.</summary>
    public static DocumentIndex<Escalation> ByState { get; } =
        new("by-state", e => [Order(IndexKey.Empty.Then(Vocabulary.States.Code(e.State)), e)]);

    /// <summary>The same without what customers pay.</summary>
    public static DocumentIndex<Escalation> ByStatePlain { get; } =
        new(
            "by-state-plain",
            e => [Order(IndexKey.Empty.Then(Vocabulary.States.Code(e.State)), e, withoutArr: true)]
        );

    /// <summary>Of each customer.</summary>
    public static DocumentIndex<Escalation> ByCustomer { get; } =
        new(
            "by-customer",
            e => [Order(e.CustomerIsUnknown ? Unknown(e.CustomerName) : Of(e.Customer), e)]
        );

    /// <summary>Of each person: what they own, raised or follow.</summary>
    public static DocumentIndex<Escalation> ByPerson { get; } =
        new("by-person", e => People(e).Select(p => Order(IndexKey.Empty.Then(p.Value), e)));

    /// <summary>The same without what customers pay.</summary>
    public static DocumentIndex<Escalation> ByPersonPlain { get; } =
        new(
            "by-person-plain",
            e => People(e).Select(p => Order(IndexKey.Empty.Then(p.Value), e, withoutArr: true))
        );

    /// <summary>
    /// Of each person who has to do something: what they own and what has a task of theirs, until it is closed; then only
    /// what has a task that is still owed. What is over is not in it, so that it stays short.
    /// </summary>
    public static DocumentIndex<Escalation> ByWorker { get; } =
        new("by-worker", e => Workers(e).Select(p => Order(IndexKey.Empty.Then(p.Value), e)))
        {
            Version = 2,
        };

    /// <summary>Whose incident channel each is: the channel's own.</summary>
    public static DocumentIndex<Escalation> ByIncidentChannel { get; } =
        new(
            "by-incident-channel",
            e => e.Incident?.Channel is { } own ? [Order(IndexKey.Empty.Then(own.Id.Value), e)] : []
        );

    /// <summary>Raised from, shown in or worked on in each channel.</summary>
    public static DocumentIndex<Escalation> ByChannel { get; } =
        new("by-channel", e => Channels(e).Select(c => Order(IndexKey.Empty.Then(c.Value), e)));

    /// <summary>The same without what customers pay.</summary>
    public static DocumentIndex<Escalation> ByChannelPlain { get; } =
        new(
            "by-channel-plain",
            e => Channels(e).Select(c => Order(IndexKey.Empty.Then(c.Value), e, withoutArr: true))
        )
        {
            Version = 2,
        };

    /// <summary>By the words in it, the latest first: an order that no move changes.</summary>
    public static WordIndex<Escalation> ByWord { get; } =
        new(
            "by-word",
            e => [e.Id.ToString(), e.Summary, e.CustomerName, e.CustomerImpact, e.Resolution],
            e => IndexKey.Empty.ThenDescending(e.Id.Number)
        );

    public static DocumentKind<Escalation> Kind { get; } =
        new("escalation", EscalationJson.Default.Escalation)
        {
            Indexes =
            [
                ByPriority,
                BySeverity,
                ByState,
                ByCustomer,
                ByPerson,
                ByWorker,
                ByChannel,
                ByIncidentChannel,
                ByPriorityPlain,
                BySeverityPlain,
                ByStatePlain,
                ByPersonPlain,
                ByChannelPlain,
                ByWord.Index,
            ],
        };

    /// <summary>Where an escalation stands in a list.</summary>
    /// <param name="group">The first parts of the keys: which list.</param>
    /// <param name="escalation">Which.</param>
    /// <param name="withoutArr">In the order of who may not know what customers pay.</param>
    public static IndexKey Order(IndexKey group, Escalation escalation, bool withoutArr = false) =>
        escalation.IsOpen
            ? withoutArr
                ? escalation.Priority.WithoutArrUnder(group.Then(false))
                : escalation.Priority.Under(group.Then(false))
            : group
                .Then(true)
                .ThenDescending(escalation.EndedAt ?? escalation.ResolvedAt ?? escalation.RaisedAt)
                .ThenDescending(escalation.Id.Number);

    /// <summary>The first parts of the keys of a customer's.</summary>
    public static IndexKey Of(CustomerKey customer) => IndexKey.Empty.Then(customer.Value);

    /// <summary>
    /// The first parts of the keys of those whose customer nobody has added: by the name as typed, since two names may
    /// lead to one key.
    /// </summary>
    public static IndexKey Unknown(string name) =>
        IndexKey.Empty.Then("?" + CustomerIndexes.Plain(name));

    private static IEnumerable<UserId> Workers(Escalation escalation) => (
            escalation.State == EscalationState.Redirected ? []
            : escalation.IsOver ? escalation.OwedTasks.Select(t => escalation.Owing(t.Task))
            : (escalation.Incident?.Tasks ?? [])
                .Where(t => t.State == TaskState.Open)
                .Select(t => t.Assignee)
                .Append(escalation.Owner)
        ).OfType<UserId>().Distinct();

    private static IEnumerable<ChannelId> Channels(Escalation escalation) =>
        escalation
            .Copies.Select(c => c.Channel)
            .Prepend(escalation.Channel)
            .Concat(escalation.Incident?.Channel is { } own ? [own.Id] : [])
            .Distinct();

    private static IEnumerable<UserId> People(Escalation escalation) =>
        escalation
            .Followers.Append(escalation.Reporter)
            .Concat(escalation.Owner is { } owner ? [owner] : [])
            .Distinct();
}
