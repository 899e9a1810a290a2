using System.Text;
using LiteDB;
using Sidecar.Ids;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>
/// Writes the outbox inside the writer's transaction. A delivered effect stays as an empty row while it is among the
/// newest so many, so that its id is recognised; the newest row of all stays, so that sequence numbers only grow.
/// </summary>
internal sealed class OutboxRows(LiteFile file, int remembered)
{
    // Old rows go a thousand at a time, in the transaction that comes by.
    private const int PrunedEvery = 1000;

    private long _sequence = LiteReads.Last(file, LiteCollections.Outbox);

    public void Reset() => _sequence = LiteReads.Last(file, LiteCollections.Outbox);

    /// <summary>Queues effects; those that wait now, known ones included, in order.</summary>
    public IReadOnlyList<QueuedEffect> Queue(IReadOnlyList<OutboxWrite> effects)
    {
        var waiting = new SortedDictionary<long, QueuedEffect>();
        foreach (var effect in effects)
        {
            var row = Find(effect.Id) ?? Insert(effect);
            if (row.State == LiteDocuments.Waiting)
            {
                waiting[row.Sequence] = LiteDocuments.Queued(row);
            }
        }

        return [.. waiting.Values];
    }

    /// <summary>Notes what became of an effect; does nothing when it is not in the state that this settles.</summary>
    public void Settle(OutboxSettlement settlement)
    {
        if (Find(settlement.Id) is not { } row)
        {
            return;
        }

        var settled = settlement switch
        {
            OutboxSettlement.Delivered => row.State == LiteDocuments.Delivered
                ? null
                : row with
                {
                    State = LiteDocuments.Delivered,
                    Lane = "",
                    NotBefore = null,
                    Problem = null,
                    Body = [],
                },
            OutboxSettlement.Postponed postponed => row.State != LiteDocuments.Waiting
                ? null
                : row with
                {
                    Attempts = row.Attempts + 1,
                    NotBefore = postponed.NotBefore.UtcTicks,
                    Problem = postponed.Problem,
                },
            OutboxSettlement.Parked parked => row.State != LiteDocuments.Waiting
                ? null
                : row with
                {
                    State = LiteDocuments.Parked,
                    Attempts = row.Attempts + 1,
                    NotBefore = null,
                    Problem = parked.Problem,
                },
            OutboxSettlement.Released => row.State != LiteDocuments.Parked
                ? null
                : row with
                {
                    State = LiteDocuments.Waiting,
                    Attempts = 0,
                    NotBefore = null,
                    Problem = null,
                },
            _ => throw new ArgumentOutOfRangeException(
                nameof(settlement),
                settlement.GetType().Name,
                "There is no rule for this settlement."
            ),
        };
        if (settled is not null)
        {
            file.Engine.Update(LiteCollections.Outbox, [LiteDocuments.Effect(settled)]);
        }
    }

    private StoredRow.EffectRow? Find(EffectId id) =>
        file.FindBy(LiteCollections.Outbox, "i", Encoding.UTF8.GetBytes(id.Value)) is { } row
            ? LiteDocuments.Effect(row)
            : null;

    private StoredRow.EffectRow Insert(OutboxWrite effect)
    {
        var row = new StoredRow.EffectRow(
            ++_sequence,
            effect.Id.Value,
            LiteDocuments.Waiting,
            effect.Lane,
            effect.QueuedAt.UtcTicks,
            Attempts: 0,
            NotBefore: null,
            Problem: null,
            effect.Body.ToArray()
        );
        file.Insert(LiteCollections.Outbox, [LiteDocuments.Effect(row)]);
        if (_sequence % PrunedEvery == 0)
        {
            Forget(_sequence - Math.Max(1, remembered));
        }

        return row;
    }

    private void Forget(long until) =>
        file.Delete(
            LiteCollections.Outbox,
            [
                .. file.Range(
                        LiteCollections.Outbox,
                        "k",
                        LiteDocuments.StateKey(LiteDocuments.Delivered, 0),
                        LiteDocuments.StateKey(LiteDocuments.Delivered, until + 1),
                        idOnly: false
                    )
                    .Select(static found => found["_id"]),
            ]
        );
}
