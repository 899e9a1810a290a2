using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Features.Customers;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>
/// All escalations: how they are found, and the one way in which they change. Whatever a rule decides is committed with
/// its card, its line in the thread and its entry in the audit trail, or not at all.
/// </summary>
internal sealed class EscalationBook(Store store, CustomerBook customers, TimeProvider clock)
{
    /// <summary>Open ones first, the worst first, the oldest first; resolved ones behind, the latest first.</summary>
    public static DocumentIndex<Escalation> ByUrgency { get; } =
        new("by-urgency", e => [Urgency(IndexKey.Empty, e)]);

    /// <summary>The same order for each customer.</summary>
    public static DocumentIndex<Escalation> ByCustomer { get; } =
        new("by-customer", e => [Urgency(IndexKey.Empty.Then(e.Customer.Value), e)]);

    /// <summary>The same order for each person: what they own, and what they raised.</summary>
    public static DocumentIndex<Escalation> ByPerson { get; } =
        new("by-person", e => People(e).Select(p => Urgency(IndexKey.Empty.Then(p.Value), e)));

    public static DocumentKind<Escalation> Kind { get; } =
        new("escalation", EscalationJson.Default.Escalation)
        {
            Indexes = [ByUrgency, ByCustomer, ByPerson],
        };

    public ValueTask<Versioned<Escalation>?> Find(EscalationId id, CancellationToken cancel) =>
        store.Find(Kind, id.ToString(), cancel);

    /// <summary>A page of a list.</summary>
    public ValueTask<Page<Escalation>> List(
        EscalationList list,
        IndexPosition? after,
        CancellationToken cancel
    ) => store.List(Kind, list.Index, list.Prefix, after, EscalationList.PageSize, cancel);

    /// <summary>How many a list holds, counted up to a limit so that it stays quick.</summary>
    public ValueTask<int> Count(EscalationList list, CancellationToken cancel) =>
        store.Count(Kind, list.Index, list.Prefix, EscalationList.CountedUpTo, cancel);

    /// <summary>What happened, oldest first, a page at a time.</summary>
    public async ValueTask<IReadOnlyList<TimelineEntry>> Timeline(
        EscalationId id,
        long after,
        int limit,
        CancellationToken cancel
    ) =>
        [
            .. (await store.Engine.ReadAudit(id.ToString(), after, limit, cancel)).Select(
                entry => new TimelineEntry(
                    entry.Sequence,
                    entry.Entry.At,
                    JsonSerializer.Deserialize(
                        entry.Entry.Body.Span,
                        EscalationJson.Default.EscalationFact
                    )!
                )
            ),
        ];

    /// <summary>
    /// Raises an escalation. The same act (a retried delivery, a double click on the form's button) raises it once and
    /// gets the same one back (ESC-9).
    /// </summary>
    public async Task<Escalation> Raise(Intake intake, Envelope from, CancellationToken cancel)
    {
        while (true)
        {
            if (await store.Find(ActReceipt.Kind, from.Act, cancel) is { } receipt)
            {
                return (await store.Find(Kind, receipt.Value.Made, cancel))!.Value;
            }

            var now = clock.GetUtcNow();
            var (key, customer) =
                await customers.Find(intake.CustomerName, cancel)
                ?? throw new ArgumentException("An intake names its customer.", nameof(intake));
            var id = new EscalationId(await store.Engine.NextNumber(EscalationId.Series, cancel));
            var escalation = intake.ToEscalation(
                id,
                key,
                customer?.Name ?? intake.CustomerName,
                from,
                now
            );

            var change = new Change(now, from.User.Value)
                .Add(ActReceipt.Kind, from.Act, new ActReceipt(id.ToString(), now))
                .Add(Kind, id.ToString(), escalation);
            if (customer is null)
            {
                var added = new Customer(key, intake.CustomerName, now, from.User);
                change.Add(Customer.Kind, key.Value, added);
            }

            var fact = new EscalationFact.Raised(
                from.User,
                escalation.CustomerName,
                intake.Severity,
                intake.Summary
            );
            Tell(change, escalation, [fact], from.User);
            if (await store.Commit(change, cancel))
            {
                return escalation;
            }
        }
    }

    /// <summary>
    /// Lets a rule decide about an escalation and commits what it decided. When somebody else was quicker, the rule
    /// decides again on what they left (ESC-9).
    /// </summary>
    public async Task<Decision> Decide(
        EscalationId id,
        UserId by,
        Func<Escalation, DateTimeOffset, Decision> rule,
        CancellationToken cancel
    )
    {
        while (true)
        {
            if (await Find(id, cancel) is not { } read)
            {
                return new NoSuchEscalation(id);
            }

            var now = clock.GetUtcNow();
            var decision = rule(read.Value, now);
            if (decision is not Decision.Accepted accepted)
            {
                return decision;
            }

            var change = new Change(now, by.Value).Replace(Kind, read, accepted.Next);
            Tell(change, accepted.Next, accepted.Facts, by);
            if (await store.Commit(change, cancel))
            {
                return decision;
            }
        }
    }

    private static void Tell(
        Change change,
        Escalation escalation,
        IReadOnlyList<EscalationFact> facts,
        UserId by
    )
    {
        change.Do(EscalationCards.Show(escalation, by));
        foreach (var fact in facts)
        {
            change.Record(escalation.Id.ToString(), fact, EscalationJson.Default.EscalationFact);
            if (!fact.IsToldByCard)
            {
                change.Do(EscalationCards.Tell(escalation, fact, by));
            }
        }
    }

    private static IEnumerable<UserId> People(Escalation escalation) =>
        escalation.Owner is { } owner && owner != escalation.Reporter
            ? [escalation.Reporter, owner]
            : [escalation.Reporter];

    /// <summary>The order of all lists: open before resolved, then the worst, then the oldest; resolved ones the latest first.</summary>
    public static IndexKey Urgency(IndexKey group, Escalation escalation) =>
        escalation.IsOpen
            ? group
                .Then(false)
                .Then((long)escalation.Severity)
                .Then(escalation.RaisedAt)
                .Then(escalation.Id.Number)
            : group
                .Then(true)
                .ThenDescending(escalation.ResolvedAt!.Value)
                .ThenDescending(escalation.Id.Number);
}

/// <summary>An entry of an escalation's timeline.</summary>
/// <param name="Sequence">Its place in the audit trail; the next page starts behind it.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Fact">What happened.</param>
internal sealed record TimelineEntry(long Sequence, DateTimeOffset At, EscalationFact Fact);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(Escalation))]
[JsonSerializable(typeof(EscalationFact))]
[JsonSerializable(typeof(EscalationRef))]
[JsonSerializable(typeof(RaiseState))]
internal sealed partial class EscalationJson : JsonSerializerContext;
