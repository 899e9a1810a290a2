using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features;

/// <summary>
/// All of one kind: how they are found, and the one way in which they change. Whatever a rule decides is committed with
/// what is told of it, its reminders and its entries in the audit trail, or not at all.
/// </summary>
/// <typeparam name="TId">Its number; its text is the document's id and the audit trail's subject.</typeparam>
/// <typeparam name="TState">What rules decide about.</typeparam>
/// <typeparam name="TFact">What can happen to it.</typeparam>
internal abstract class AggregateStore<TId, TState, TFact>(
    DocumentKind<TState> kind,
    JsonTypeInfo<TFact> facts,
    Store store,
    RoleStore roles,
    TimeProvider clock
)
    where TId : struct
    where TState : class
    where TFact : class
{
    /// <summary>The time, UTC, for what is shown of a state.</summary>
    protected DateTimeOffset Now => clock.GetUtcNow();

    protected Store Store => store;

    public ValueTask<Versioned<TState>?> Find(TId id, CancellationToken cancel) =>
        store.Find(kind, Text(id), cancel);

    /// <summary>What happened, oldest first, a page at a time.</summary>
    public async ValueTask<IReadOnlyList<HistoryEntry<TFact>>> History(
        TId id,
        long after,
        int limit,
        CancellationToken cancel
    ) => [.. (await store.Engine.ReadAudit(Text(id), after, limit, cancel)).Select(Entry)];

    /// <summary>What happened, latest first, a page at a time.</summary>
    /// <param name="id">To which.</param>
    /// <param name="before">The last entry of the page before; null for the latest.</param>
    /// <param name="limit">How many.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<IReadOnlyList<HistoryEntry<TFact>>> LatestHistory(
        TId id,
        long? before,
        int limit,
        CancellationToken cancel
    ) => [.. (await store.Engine.ReadLatestAudit(Text(id), before, limit, cancel)).Select(Entry)];

    /// <summary>Records something that changes nothing about it: what was said in a meeting, say.</summary>
    /// <param name="id">About which.</param>
    /// <param name="by">Who.</param>
    /// <param name="fact">What is recorded.</param>
    /// <param name="act">The act's name: delivered twice, it is recorded once.</param>
    /// <param name="also">Committed with it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Why not; null when it is recorded.</returns>
    public async Task<Refusal?> Note(
        TId id,
        UserId by,
        TFact fact,
        string act,
        Func<Change, CancellationToken, ValueTask> also,
        CancellationToken cancel
    ) =>
        await Decide(
            id,
            by,
            (it, _, _) => new Decision<TState, TFact>.Accepted(it, fact),
            cancel,
            act,
            also
        )
            is Decision<TState, TFact>.Refused { Why: var why }
            ? why
            : null;

    /// <summary>
    /// Lets a rule decide on behalf of somebody, with the roles that they have at this moment, and commits what it
    /// decided. When somebody else was quicker, the rule decides again on what they left (ESC-9).
    /// </summary>
    /// <param name="id">About which.</param>
    /// <param name="by">Who.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="act">
    /// The act's name when it may be reported again long after, as reactions are; then it is done once and only refused
    /// afterwards.
    /// </param>
    /// <param name="also">Committed with it.</param>
    /// <param name="first">Reads what the rule needs besides; again each time before it decides again.</param>
    public async Task<Decision<TState, TFact>> Decide(
        TId id,
        UserId by,
        Func<TState, ActingPerson, DateTimeOffset, Decision<TState, TFact>> rule,
        CancellationToken cancel,
        string? act = null,
        Func<Change, CancellationToken, ValueTask>? also = null,
        Func<CancellationToken, ValueTask>? first = null
    )
    {
        var actor = await roles.Of(by, cancel);
        var decision = await Decide(
            id,
            by,
            by.Value,
            (state, now) => rule(state, actor, now),
            act,
            also,
            cancel,
            first
        );
        return decision is Decision<TState, TFact>.Refused { Why: MayNot { Permission: var what } }
            ? await roles.Refuse(what, cancel)
            : decision;
    }

    /// <summary>Why a rule would refuse, now; null when it would not. Nothing changes.</summary>
    public async Task<Refusal?> WouldRefuse(
        TState state,
        UserId by,
        Func<TState, ActingPerson, DateTimeOffset, Decision<TState, TFact>> rule,
        CancellationToken cancel
    ) =>
        rule(state, await roles.Of(by, cancel), clock.GetUtcNow()) switch
        {
            Decision<TState, TFact>.Refused { Why: MayNot { Permission: var what } } =>
                await roles.Refuse(what, cancel),
            Decision<TState, TFact>.Refused { Why: var why } => why,
            _ => null,
        };

    /// <summary>
    /// Lets a rule decide because a time came or a fact arrived. When it finds nothing to do, reminders are set to when
    /// there will be.
    /// </summary>
    /// <param name="id">About which.</param>
    /// <param name="because">The part of the product that decides.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="also">Committed with it, also when there is nothing to do.</param>
    public async Task<Decision<TState, TFact>> DecideByItself(
        TId id,
        string because,
        Func<TState, DateTimeOffset, Decision<TState, TFact>> rule,
        CancellationToken cancel,
        Func<Change, CancellationToken, ValueTask>? also = null
    )
    {
        while (true)
        {
            var decision = await Decide(id, by: null, because, rule, act: null, also, cancel);
            if (decision is not Decision<TState, TFact>.Refused)
            {
                return decision;
            }

            var current = await Find(id, cancel);
            var change = new Change(clock.GetUtcNow(), because);
            SetReminders(change, id, current?.Value);
            if (also is not null)
            {
                await also(change, cancel);
            }

            if (current is not null)
            {
                // Should somebody change it meanwhile, the reminders that they set stay.
                change.Replace(kind, current, current.Value);
            }

            if (await store.Commit(change, cancel))
            {
                return decision;
            }
        }
    }

    /// <summary>
    /// Lets a rule each decide about two that change together, on behalf of somebody, and commits both or neither.
    /// </summary>
    /// <returns>What was decided about the first one, or why one of the two is refused.</returns>
    public async Task<Decision<TState, TFact>> DecideBoth(
        TId first,
        TId second,
        UserId by,
        Func<TState, TState, ActingPerson, DateTimeOffset, Decision<TState, TFact>> ruleOfFirst,
        Func<TState, TState, ActingPerson, DateTimeOffset, Decision<TState, TFact>> ruleOfSecond,
        CancellationToken cancel
    )
    {
        var actor = await roles.Of(by, cancel);
        while (true)
        {
            if (await Find(first, cancel) is not { } one)
            {
                return NoSuch(first);
            }

            if (await Find(second, cancel) is not { } other)
            {
                return NoSuch(second);
            }

            var now = clock.GetUtcNow();
            var change = new Change(now, by.Value);
            var decisions = new[]
            {
                (Id: first, Read: one, Decision: ruleOfFirst(one.Value, other.Value, actor, now)),
                (
                    Id: second,
                    Read: other,
                    Decision: ruleOfSecond(one.Value, other.Value, actor, now)
                ),
            };
            foreach (var (id, read, decision) in decisions)
            {
                if (decision is not Decision<TState, TFact>.Accepted decided)
                {
                    return
                        decision
                            is Decision<TState, TFact>.Refused
                            {
                                Why: MayNot { Permission: var what }
                            }
                        ? await roles.Refuse(what, cancel)
                        : decision;
                }

                var accepted = WithWhatFollows(read.Value, decided, now);
                change.Replace(kind, read, accepted.Next);
                await Keep(change, id, read.Value, accepted, by, cancel);
            }

            if (await store.Commit(change, cancel))
            {
                return decisions[0].Decision;
            }
        }
    }

    /// <summary>Commits one that is new.</summary>
    /// <returns>False when this act was committed before, or a document was changed by somebody else.</returns>
    protected async Task<bool> Add(
        TId id,
        Decision<TState, TFact>.Accepted made,
        Envelope from,
        DateTimeOffset now,
        CancellationToken cancel,
        Func<Change, CancellationToken, ValueTask>? also = null
    )
    {
        var change = new Change(now, from.User.Value);
        if (also is not null)
        {
            await also(change, cancel);
        }

        await Include(change, id, made, from, cancel);
        return await store.Commit(change, cancel);
    }

    /// <summary>Adds one that is new to a change of something else: both are committed, or neither.</summary>
    protected async ValueTask Include(
        Change change,
        TId id,
        Decision<TState, TFact>.Accepted made,
        Envelope from,
        CancellationToken cancel
    )
    {
        made = WithWhatFollows(before: null, made, change.Now);
        change
            .Add(IdempotencyRecord.Kind, from.Act, new IdempotencyRecord(Text(id), change.Now))
            .Add(kind, Text(id), made.Next);
        await Keep(change, id, before: null, made, from.User, cancel);
    }

    /// <summary>
    /// Queues a named post as it is now. The commit fails when a newer state was committed meanwhile, and is made again
    /// with that: an older state never overtakes a newer one.
    /// </summary>
    /// <param name="id">Of which.</param>
    /// <param name="post">The effect that shows the post; null when there is nothing to show.</param>
    /// <param name="cancel">Gives up.</param>
    protected async Task<bool> ShowAgain(
        TId id,
        Func<TState, Effect?> post,
        CancellationToken cancel
    )
    {
        while (await Find(id, cancel) is { } read)
        {
            if (post(read.Value) is not { } effect)
            {
                return false;
            }

            var change = new Change(clock.GetUtcNow(), "shown-again");
            if (await store.Commit(change.Replace(kind, read, read.Value).Do(effect), cancel))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>There is none with that number.</summary>
    protected abstract Refusal NoSuch(TId id);

    /// <summary>The act was done before.</summary>
    protected abstract Refusal Done(TId id);

    /// <summary>What other systems are told of what happens to it (HOOK-1); null when they are told nothing.</summary>
    protected virtual FactTable<TState, TFact>? Told => null;

    /// <summary>The decision with what follows from it by itself.</summary>
    protected virtual Decision<TState, TFact>.Accepted WithWhatFollows(
        TState? before,
        Decision<TState, TFact>.Accepted decided,
        DateTimeOffset now
    ) => decided;

    /// <summary>Other documents that a decision makes, in the same commit.</summary>
    protected virtual void AddTo(Change change, Decision<TState, TFact>.Accepted decided) { }

    /// <summary>Sets when it falls due.</summary>
    /// <param name="change">The change that makes it so.</param>
    /// <param name="id">Which.</param>
    /// <param name="state">As it is after the change; null when there is none.</param>
    protected abstract void SetReminders(Change change, TId id, TState? state);

    /// <summary>What is to be done in the chat.</summary>
    protected abstract IEnumerable<Effect> Tell(
        TState? before,
        Decision<TState, TFact>.Accepted decided,
        UserId? by
    );

    /// <summary>How a decision settles what a message asks; null when it is still open.</summary>
    /// <param name="before">The state before.</param>
    /// <param name="decided">The decision.</param>
    /// <param name="message">A message with buttons about it.</param>
    protected virtual Settlement? Settles(
        TState before,
        Decision<TState, TFact>.Accepted decided,
        OpenMessage message
    ) => null;

    /// <summary>The card of an open message as it is after a decision; null when it stays as it is.</summary>
    protected virtual Sidecar.Chat.Card? Refreshed(
        TState before,
        Decision<TState, TFact>.Accepted decided,
        OpenMessage message
    ) => null;

    private static string Text(TId id) => id.ToString()!;

    private HistoryEntry<TFact> Entry(RecordedAudit recorded) =>
        new(
            recorded.Sequence,
            recorded.Entry.At,
            JsonSerializer.Deserialize(recorded.Entry.Body.Span, facts)!
        );

    private async Task<Decision<TState, TFact>> Decide(
        TId id,
        UserId? by,
        string actor,
        Func<TState, DateTimeOffset, Decision<TState, TFact>> rule,
        string? act,
        Func<Change, CancellationToken, ValueTask>? also,
        CancellationToken cancel,
        Func<CancellationToken, ValueTask>? first = null
    )
    {
        while (true)
        {
            if (first is not null)
            {
                await first(cancel);
            }

            if (
                act is not null
                && await store.Find(IdempotencyRecord.Kind, act, cancel) is not null
            )
            {
                return Done(id);
            }

            if (await Find(id, cancel) is not { } read)
            {
                return NoSuch(id);
            }

            var now = clock.GetUtcNow();
            var decision = rule(read.Value, now);
            if (decision is not Decision<TState, TFact>.Accepted decided)
            {
                return decision;
            }

            var accepted = WithWhatFollows(read.Value, decided, now);
            var change = new Change(now, actor).Replace(kind, read, accepted.Next);
            if (act is not null)
            {
                change.Add(IdempotencyRecord.Kind, act, new IdempotencyRecord(Text(id), now));
            }

            if (also is not null)
            {
                await also(change, cancel);
            }

            await Keep(change, id, read.Value, accepted, by, cancel);
            if (await store.Commit(change, cancel))
            {
                return accepted;
            }
        }
    }

    private async ValueTask Keep(
        Change change,
        TId id,
        TState? before,
        Decision<TState, TFact>.Accepted decided,
        UserId? by,
        CancellationToken cancel
    )
    {
        foreach (var fact in decided.Facts)
        {
            change.Record(Text(id), fact, facts);
        }

        if (Told is { } told && store.Tells is { } tells)
        {
            var outgoing = decided
                .Facts.Select(f => told.Of(decided.Next, f))
                .OfType<OutgoingFact>();
            await tells(change, [.. outgoing], cancel);
        }

        AddTo(change, decided);
        var effects = Tell(before, decided, by).ToList();
        if (before is not null)
        {
            await BringUpToDate(change, id, before, decided, effects, cancel);
        }

        foreach (var effect in effects)
        {
            change.Do(effect);
        }

        SetReminders(change, id, decided.Next);
    }

    /// <summary>
    /// Messages whose question the decision settles say so and lose their buttons, in the commit that settles it: by
    /// whichever way it was, a command, a button in another copy, or time. Who is asked the same again has the buttons
    /// in the newer message only.
    /// </summary>
    private async ValueTask BringUpToDate(
        Change change,
        TId id,
        TState before,
        Decision<TState, TFact>.Accepted decided,
        IReadOnlyList<Effect> effects,
        CancellationToken cancel
    )
    {
        foreach (var open in await store.OpenAbout(Text(id), cancel))
        {
            if (Settles(before, decided, open.Value) is { } settlement)
            {
                change.Settle(open, settlement);
            }
            else if (effects.Any(e => AsksAgain(e, open.Value)))
            {
                change.Settle(open, AskedElsewhere.Again);
            }
            else if (Refreshed(before, decided, open.Value) is { } card)
            {
                change.Show(open, card);
            }
        }
    }

    private static bool AsksAgain(Effect effect, OpenMessage open) =>
        open.Asks is not null
        && effect switch
        {
            Effect.TellPerson tell => tell.To == open.To && tell.Asks == open.Asks,
            Effect.Say say => say.Channel == open.Channel && say.Asks == open.Asks,
            _ => false,
        };
}

/// <summary>An entry of the audit trail about one of a kind.</summary>
/// <param name="Sequence">Its place in the trail; the next page starts behind it.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Fact">What happened.</param>
internal sealed record HistoryEntry<TFact>(long Sequence, DateTimeOffset At, TFact Fact);

/// <summary>
/// Somebody has no role that may do it, and does not stand in the relation that may. The book says who could.
/// </summary>
internal sealed record MayNot(Permission Permission)
    : Refusal(
        Sidecar.Text.Markdown.Of($"You may not {Sidecar.Text.Markdown.Typed(Permission.What)}.")
    );

/// <summary>How a question ends that is asked again in a newer message.</summary>
internal static class AskedElsewhere
{
    public static Settlement Again { get; } =
        new(Sidecar.Text.Markdown.Of($"I have asked again in a newer message."), IsGood: false);
}
