namespace Sidecar.Storage.Sqlite;

/// <summary>
/// Writes the outbox inside the writer's transaction. A delivered effect stays as an empty row while it is among the
/// newest so many, so that its id is recognised; the newest row of all stays, so that sequence numbers only grow.
/// </summary>
internal sealed class OutboxTable(SqliteConnection database, int remembered)
{
    // Old rows go a thousand at a time, in the transaction that comes by.
    private const int PrunedEvery = 1000;

    /// <summary>Queues effects; those that wait now, known ones included, in order.</summary>
    public IReadOnlyList<QueuedEffect> Queue(IReadOnlyList<OutboxWrite> effects)
    {
        var waiting = new List<QueuedEffect>(effects.Count);
        foreach (var effect in effects)
        {
            var queued = Insert(effect) ?? SqliteReads.WaitingEffect(database, effect.Id);
            if (
                queued is not null
                && waiting.TrueForAll(other => other.Sequence != queued.Sequence)
            )
            {
                waiting.Add(queued);
            }
        }

        waiting.Sort(static (left, right) => left.Sequence.CompareTo(right.Sequence));
        return waiting;
    }

    /// <summary>Notes what became of an effect; does nothing when it is not in the state that this settles.</summary>
    public void Settle(OutboxSettlement settlement)
    {
        var statement = settlement switch
        {
            OutboxSettlement.Delivered => database.Prepared(
                "UPDATE outbox SET state = 2, lane = '', problem = NULL, not_before = NULL, body = x'' WHERE id = ?1 AND state <> 2"
            ),
            OutboxSettlement.Postponed postponed => database
                .Prepared(
                    "UPDATE outbox SET attempts = attempts + 1, not_before = ?1, problem = ?2 WHERE id = ?3 AND state = 0"
                )
                .With(postponed.NotBefore.UtcTicks)
                .With(postponed.Problem),
            OutboxSettlement.Parked parked => database
                .Prepared(
                    "UPDATE outbox SET state = 1, attempts = attempts + 1, not_before = NULL, problem = ?1 WHERE id = ?2 AND state = 0"
                )
                .With(parked.Problem),
            OutboxSettlement.Released => database.Prepared(
                "UPDATE outbox SET state = 0, attempts = 0, not_before = NULL, problem = NULL WHERE id = ?1 AND state = 1"
            ),
            _ => throw new ArgumentOutOfRangeException(
                nameof(settlement),
                settlement.GetType().Name,
                "There is no rule for this settlement."
            ),
        };
        statement.With(settlement.Id.Value).Run();
    }

    private QueuedEffect? Insert(OutboxWrite effect)
    {
        database
            .Prepared(
                "INSERT INTO outbox(id, state, lane, queued_at, attempts, body) VALUES(?1, 0, ?2, ?3, 0, ?4) ON CONFLICT(id) DO NOTHING"
            )
            .With(effect.Id.Value)
            .With(effect.Lane)
            .With(effect.QueuedAt.UtcTicks)
            .With(effect.Body.Span)
            .Run();
        if (database.Changed == 0)
        {
            return null;
        }

        var sequence = database.LastInserted;
        if (sequence % PrunedEvery == 0)
        {
            Forget(sequence - Math.Max(1, remembered));
        }

        return new QueuedEffect(
            sequence,
            effect with
            {
                QueuedAt = effect.QueuedAt.ToUniversalTime(),
            },
            Attempts: 0,
            NotBefore: null,
            Problem: null
        );
    }

    /// <summary>Drops the delivered ones up to a place.</summary>
    public void Forget(long until) =>
        database
            .Prepared(
                "DELETE FROM outbox INDEXED BY outbox_state WHERE state = 2 AND sequence <= ?1"
            )
            .With(until)
            .Run();
}
