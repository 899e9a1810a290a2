using System.Text;
using LiteDB;
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

    private long _sequence = LiteReads.Last(file, Collections.Outbox);

    public void Reset() => _sequence = LiteReads.Last(file, Collections.Outbox);

    /// <summary>Queues effects; those that wait now, known ones included, in order.</summary>
    public IReadOnlyList<QueuedEffect> Queue(IReadOnlyList<OutboxWrite> effects)
    {
        var waiting = new SortedDictionary<long, QueuedEffect>();
        foreach (var effect in effects)
        {
            var row = Find(effect.Id) ?? Insert(effect);
            if (row.State == Rows.Waiting)
            {
                waiting[row.Sequence] = Rows.Queued(row);
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
            OutboxSettlement.Delivered => row.State == Rows.Delivered
                ? null
                : row with
                {
                    State = Rows.Delivered,
                    Lane = "",
                    NotBefore = null,
                    Problem = null,
                    Body = [],
                },
            OutboxSettlement.Postponed postponed => row.State != Rows.Waiting
                ? null
                : row with
                {
                    Attempts = row.Attempts + 1,
                    NotBefore = postponed.NotBefore.UtcTicks,
                    Problem = postponed.Problem,
                },
            OutboxSettlement.Parked parked => row.State != Rows.Waiting
                ? null
                : row with
                {
                    State = Rows.Parked,
                    Attempts = row.Attempts + 1,
                    NotBefore = null,
                    Problem = parked.Problem,
                },
            OutboxSettlement.Released => row.State != Rows.Parked
                ? null
                : row with
                {
                    State = Rows.Waiting,
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
            file.Engine.Update(Collections.Outbox, [Rows.Effect(settled)]);
        }
    }

    private StoredRow.Effect? Find(EffectId id) =>
        file.FindBy(Collections.Outbox, "i", Encoding.UTF8.GetBytes(id.Value)) is { } row
            ? Rows.Effect(row)
            : null;

    private StoredRow.Effect Insert(OutboxWrite effect)
    {
        var row = new StoredRow.Effect(
            ++_sequence,
            effect.Id.Value,
            Rows.Waiting,
            effect.Lane,
            effect.QueuedAt.UtcTicks,
            Attempts: 0,
            NotBefore: null,
            Problem: null,
            effect.Body.ToArray()
        );
        file.Insert(Collections.Outbox, [Rows.Effect(row)]);
        if (_sequence % PrunedEvery == 0)
        {
            Forget(_sequence - Math.Max(1, remembered));
        }

        return row;
    }

    private void Forget(long until) =>
        file.Delete(
            Collections.Outbox,
            [
                .. file.Range(
                        Collections.Outbox,
                        "k",
                        Rows.StateKey(Rows.Delivered, 0),
                        Rows.StateKey(Rows.Delivered, until + 1),
                        idOnly: false
                    )
                    .Select(static found => found["_id"]),
            ]
        );
}
