using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Cards;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>
/// All escalations: how they are found, and the one way in which they change. Whatever a rule decides is committed with
/// its cards, its line in the thread, its reminders and its entry in the audit trail, or not at all.
/// </summary>
internal sealed class EscalationBook(
    Store store,
    RoleBook roles,
    Aftermath aftermath,
    ReminderPlan plan,
    TimeProvider clock
)
{
    public ValueTask<Versioned<Escalation>?> Find(EscalationId id, CancellationToken cancel) =>
        store.Find(EscalationIndexes.Kind, id.ToString(), cancel);

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
    /// Lets a rule decide about an escalation on behalf of somebody, with the roles that they have at this moment, and
    /// commits what it decided. When somebody else was quicker, the rule decides again on what they left (ESC-9).
    /// </summary>
    /// <param name="id">Which.</param>
    /// <param name="by">Who.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="act">
    /// The act's name when it may be reported again long after, as reactions are; then it is done once and only refused
    /// afterwards.
    /// </param>
    public async Task<Decision> Decide(
        EscalationId id,
        UserId by,
        Func<Escalation, Actor, DateTimeOffset, Decision> rule,
        CancellationToken cancel,
        string? act = null
    )
    {
        var actor = await roles.Of(by, cancel);
        var decision = await Decide(
            id,
            by,
            by.Value,
            (escalation, now) => rule(escalation, actor, now),
            act,
            also: null,
            cancel
        );
        return decision is Decision.Refused { Why: MayNot { Permission: var permission } }
            ? await roles.Refuse(permission, cancel)
            : decision;
    }

    /// <summary>Why a rule would refuse, now; null when it would not. Nothing changes.</summary>
    public async Task<Refusal?> WouldRefuse(
        Escalation escalation,
        UserId by,
        Func<Escalation, Actor, DateTimeOffset, Decision> rule,
        CancellationToken cancel
    ) =>
        rule(escalation, await roles.Of(by, cancel), clock.GetUtcNow()) switch
        {
            Decision.Refused { Why: MayNot { Permission: var permission } } => await roles.Refuse(
                permission,
                cancel
            ),
            Decision.Refused { Why: var why } => why,
            _ => null,
        };

    /// <summary>
    /// Lets a rule decide about an escalation because a time came or a fact arrived. When it finds nothing to do, its
    /// reminders are set to when there will be.
    /// </summary>
    /// <param name="id">Which.</param>
    /// <param name="because">The part of the product that decides.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="also">Committed with it, also when there is nothing to do.</param>
    public async Task<Decision> DecideByItself(
        EscalationId id,
        string because,
        Func<Escalation, DateTimeOffset, Decision> rule,
        CancellationToken cancel,
        Action<Change>? also = null
    )
    {
        while (true)
        {
            var decision = await Decide(id, by: null, because, rule, act: null, also, cancel);
            if (decision is not Decision.Refused)
            {
                return decision;
            }

            var current = await Find(id, cancel);
            var change = new Change(clock.GetUtcNow(), because);
            plan.Set(change, id, current?.Value);
            also?.Invoke(change);
            if (current is not null)
            {
                // Should somebody change it meanwhile, the reminders that they set stay.
                change.Replace(EscalationIndexes.Kind, current, current.Value);
            }

            if (await store.Commit(change, cancel))
            {
                return decision;
            }
        }
    }

    /// <summary>Commits an escalation that is new.</summary>
    /// <returns>False when this act was committed before, or a document was changed by somebody else.</returns>
    public async Task<bool> Add(
        Decision.Accepted raised,
        Envelope from,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        raised = aftermath.Of(before: null, raised, now);
        var id = raised.Next.Id.ToString();
        var change = new Change(now, from.User.Value)
            .Add(ActReceipt.Kind, from.Act, new ActReceipt(id, now))
            .Add(EscalationIndexes.Kind, id, raised.Next);
        Tell(change, before: null, raised, from.User);
        return await store.Commit(change, cancel);
    }

    private async Task<Decision> Decide(
        EscalationId id,
        UserId? by,
        string actor,
        Func<Escalation, DateTimeOffset, Decision> rule,
        string? act,
        Action<Change>? also,
        CancellationToken cancel
    )
    {
        while (true)
        {
            if (act is not null && await store.Find(ActReceipt.Kind, act, cancel) is not null)
            {
                return new DoneAlready(id);
            }

            if (await Find(id, cancel) is not { } read)
            {
                return new NoSuchEscalation(id);
            }

            var now = clock.GetUtcNow();
            var decision = rule(read.Value, now);
            if (decision is not Decision.Accepted decided)
            {
                return decision;
            }

            var accepted = aftermath.Of(read.Value, decided, now);

            var change = new Change(now, actor).Replace(
                EscalationIndexes.Kind,
                read,
                accepted.Next
            );
            if (act is not null)
            {
                change.Add(ActReceipt.Kind, act, new ActReceipt(id.ToString(), now));
            }

            also?.Invoke(change);
            Tell(change, read.Value, accepted, by);
            if (await store.Commit(change, cancel))
            {
                return accepted;
            }
        }
    }

    private void Tell(Change change, Escalation? before, Decision.Accepted decided, UserId? by)
    {
        var escalation = decided.Next;
        if (decided.Facts.Any(f => f.ChangesCard))
        {
            foreach (var card in EscalationCards.Show(escalation, by))
            {
                change.Do(card);
            }
        }

        foreach (var fact in decided.Facts)
        {
            change.Record(escalation.Id.ToString(), fact, EscalationJson.Default.EscalationFact);
            if (fact is EscalationFact.UpdatePosted { Update: var update })
            {
                var stored = new StoredUpdate(escalation.Id, update);
                change.Add(StoredUpdate.Kind, stored.Id, stored);
            }

            foreach (var effect in EscalationNotices.Of(escalation, fact, by))
            {
                change.Do(effect);
            }
        }

        foreach (var effect in IncidentEffects.Of(before, escalation, decided.Facts))
        {
            change.Do(effect);
        }

        plan.Set(change, escalation.Id, escalation);
    }
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
[JsonSerializable(typeof(MoveRef))]
[JsonSerializable(typeof(IntakeState))]
[JsonSerializable(typeof(IntakeDraft))]
[JsonSerializable(typeof(DraftRef))]
[JsonSerializable(typeof(KeptDraft))]
[JsonSerializable(typeof(EditState))]
internal sealed partial class EscalationJson : JsonSerializerContext;
