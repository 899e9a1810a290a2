using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Outbox;

/// <summary>Takes down what became of effects, each in one commit.</summary>
internal sealed class OutboxSettlements(
    Store store,
    RefusalNotice notices,
    IChat chat,
    TimeProvider clock
)
{
    private const string Actor = "outbox";
    private const int PageSize = 200;

    /// <summary>Delivered: they leave the outbox, and where the post stands is known, or neither.</summary>
    public async Task Delivered(OutboxBatch batch, CancellationToken cancel)
    {
        PostedAt? moved;
        CommitOutcome outcome;
        do
        {
            moved = null;
            var now = clock.GetUtcNow();
            var change = new Change(now, Actor);
            if (batch.Arrived is { Name: { } name, At: { } at })
            {
                var known = await store.Find(PostedPosts.Kind, name.Value, cancel);
                var shown = PostedPosts.Shown(known?.Value, at, now);
                _ = known switch
                {
                    null => change.Add(PostedPosts.Kind, name.Value, shown),
                    _ when known.Value == shown => change,
                    _ => change.Replace(PostedPosts.Kind, known, shown),
                };
                moved = known?.Value.Post == shown.Post ? null : shown;
            }

            await Report(change, batch, batch.Arrived?.Outcome ?? Outcome.Done, now, cancel);
            outcome = await Commit(
                change,
                batch.All.Select(e => new OutboxSettlement.Delivered(e.Id)),
                cancel
            );
        } while (outcome is not CommitOutcome.Committed);

        if (moved is not null)
        {
            store.Posted?.Invoke(moved.Post);
        }

        notices.Forget(batch.Head.LaneName);
    }

    /// <summary>
    /// Refused: they are parked, and in the same commit who asked for them is told, or who waits for them has the outcome.
    /// </summary>
    /// <returns>The messages queued.</returns>
    public async Task<IReadOnlyList<QueuedEffect>> Parked(
        OutboxBatch batch,
        Exception problem,
        CancellationToken cancel
    )
    {
        Effect? effect = null;
        foreach (var entry in batch.All)
        {
            effect = await entry.Effect(store.Engine, cancel);
        }

        var obstacle = (problem as ChatException)?.Obstacle ?? ChatObstacle.Unknown;
        var messages = notices.For(batch, effect, obstacle, await Place(effect, cancel));
        var reason = RefusalNotice.Reason(problem);
        var said = problem is ChatException ? problem.Message : reason;
        var outcome = new Outcome { Hindered = new Hindrance(obstacle, said) };
        try
        {
            while (true)
            {
                var now = clock.GetUtcNow();
                var change = new Change(now, Actor);
                foreach (var message in messages)
                {
                    change.Do(message);
                }

                await Report(change, batch, outcome, now, cancel);
                var parked = batch.All.Select(e => new OutboxSettlement.Parked(e.Id, reason));
                if (await Commit(change, parked, cancel) is CommitOutcome.Committed done)
                {
                    return done.Queued;
                }
            }
        }
        catch
        {
            notices.Forget(batch.Head.LaneName);
            throw;
        }
    }

    /// <summary>The channel by the name that it has now, also when it is archived; null when nobody can say.</summary>
    private async Task<NamedChannel?> Place(Effect? effect, CancellationToken cancel)
    {
        ChannelId? channel = effect switch
        {
            Effect.ShowCard show => show.Channel,
            Effect.Say say => say.Channel,
            Effect.ReplyInThread reply => reply.Channel,
            Effect.Admit admit => admit.Channel,
            Effect.SetHeader header => header.Channel,
            Effect.SendFiles files => files.Channel,
            _ => null,
        };
        try
        {
            return
                channel is { } id
                && await chat.FindChannel(id, cancel) is { Named: { Name.Length: > 0 } named }
                ? named
                : null;
        }
        catch (ChatException)
        {
            return null;
        }
    }

    /// <summary>Tried in vain: noted so that the next life of the process knows of it.</summary>
    public Task Postponed(
        OutboxEntry entry,
        DateTimeOffset notBefore,
        string problem,
        CancellationToken cancel
    ) =>
        Commit(
            new Change(clock.GetUtcNow(), Actor),
            [new OutboxSettlement.Postponed(entry.Id, notBefore, problem)],
            cancel
        );

    /// <summary>Parked effects that fit go back into the queue.</summary>
    /// <param name="fits">Which.</param>
    /// <param name="overtaken">The effect that is at work in a lane and now has others before it.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<QueuedEffect>> Released(
        Func<QueuedEffect, bool> fits,
        Func<string, OutboxEntry?> overtaken,
        CancellationToken cancel
    )
    {
        var released = (await ReadParked(cancel)).Where(fits).ToList();
        if (released.Count == 0)
        {
            return [];
        }

        // Whoever presses “try again” is told again when it is refused again.
        foreach (var lane in released.Select(q => q.Effect.Lane).Distinct(StringComparer.Ordinal))
        {
            TellAnew(lane);
        }

        // After a crash only the first of a lane is looked for; one that was sent and is not first any more must say so.
        var now = clock.GetUtcNow();
        var sent = released
            .Select(q => q.Effect.Lane)
            .Distinct(StringComparer.Ordinal)
            .Select(overtaken)
            .OfType<OutboxEntry>()
            .Select(e => new OutboxSettlement.Postponed(e.Id, now, "Others were released."));
        await Commit(
            new Change(now, Actor),
            [.. sent, .. released.Select(q => new OutboxSettlement.Released(q.Effect.Id))],
            cancel
        );
        return released;
    }

    /// <summary>What is refused in a lane is told, whatever was told of it before.</summary>
    public void TellAnew(string lane) => notices.Forget(lane);

    /// <summary>All that is parked.</summary>
    public async Task<IReadOnlyList<QueuedEffect>> ReadParked(CancellationToken cancel)
    {
        List<QueuedEffect> parked = [];
        IReadOnlyList<QueuedEffect> page;
        do
        {
            var after = parked.Count > 0 ? parked[^1].Sequence : 0;
            page = await store.Engine.ReadParked(after, PageSize, cancel);
            parked.AddRange(page);
        } while (page.Count == PageSize);

        return parked;
    }

    /// <summary>Stores what came of it for those who wait for it, and has them woken.</summary>
    private async Task Report(
        Change change,
        OutboxBatch batch,
        Outcome outcome,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        HashSet<string> told = new(StringComparer.Ordinal);
        foreach (var entry in batch.All.Where(e => e.IsAwaited))
        {
            if (
                await entry.Effect(store.Engine, cancel) is not { Awaited: { } waiting }
                || !told.Add(waiting.Id)
            )
            {
                continue;
            }

            // One that nobody has read yet is of an earlier try: what came of this one is what counts.
            var earlier = await store.Find(Outcome.Kind, waiting.Id, cancel);
            _ = earlier is null
                ? change.Add(Outcome.Kind, waiting.Id, outcome)
                : change.Replace(Outcome.Kind, earlier, outcome);
            change.Due(waiting.Task, waiting.Id, now);
        }
    }

    private async Task<CommitOutcome> Commit(
        Change change,
        IEnumerable<OutboxSettlement> settlements,
        CancellationToken cancel
    )
    {
        var commit = change.ToCommit() with { Settlements = [.. settlements] };
        var outcome = await store.Write(commit, cancel);
        if (outcome is CommitOutcome.Committed && commit.Due.Count > 0)
        {
            store.DueSet?.Invoke(commit.Due);
        }

        return outcome;
    }
}
