using LiteDB;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>
/// The one thread that writes: takes what waits, does it in one LiteDB transaction behind the gate, flushes the log
/// outside of it, then tells every caller. It also checkpoints, since LiteDB on its own would do so before the log is
/// on disk.
/// </summary>
internal sealed class LiteWriter
{
    private readonly HealthBoard _health;
    private readonly NumberSeries _numbers;
    private readonly LiteChanges _changes;
    private readonly DurableTransactions _transactions;
    private readonly Checkpoints _checkpoints;
    private readonly WorkQueue _queue;
    private readonly int _together;
    private readonly TaskCompletionSource _ended = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public LiteWriter(
        Gate gate,
        LiteDbStoreOptions options,
        HealthBoard health,
        RecentReads recent,
        Checkpoints checkpoints
    )
    {
        _health = health;
        _checkpoints = checkpoints;
        _together = options.CommitsPerFlush;
        _numbers = NumberSeries.Of(LiteReads.Numbers(gate.File));
        _changes = new LiteChanges(gate.File, options.RememberedDeliveries);
        _transactions = new DurableTransactions(gate, recent, _changes.Reset);
        _queue = new WorkQueue(capacity: Math.Max(1024, _together * 4));
        // Flushing blocks; a thread of its own keeps that out of the pool.
        new Thread(Run) { IsBackground = true, Name = "store-writer" }.Start();
    }

    public Task<CommitOutcome> Commit(StoreCommit commit, CancellationToken cancel) =>
        Do(
            () =>
            {
                _transactions.Writes(commit.Documents);
                return _changes.Apply(commit);
            },
            cancel
        );

    public async ValueTask<long> NextNumber(string series, CancellationToken cancel)
    {
        long number;
        while (!_numbers.TryTake(series, out number))
        {
            // Any flush tops the reserve up; this one makes sure that there is a flush.
            await Do(static () => true, cancel);
        }

        return number;
    }

    /// <summary>Does what waits, gives unused numbers back and ends.</summary>
    public Task Close()
    {
        _queue.Close();
        return _ended.Task;
    }

    private async Task<T> Do<T>(Func<T> work, CancellationToken cancel)
    {
        if (_health.Current.Damage is { } damage)
        {
            throw new StoreUnwritableException(damage);
        }

        var queued = new QueuedWork<T>(work);
        await _queue.Enqueue(queued, cancel);
        return await queued.Result(cancel);
    }

    private void Run()
    {
        var batch = new List<QueuedWork>(_together);
        while (_queue.TakeWaiting(batch, _together))
        {
            batch.RemoveAll(static work => !work.TryClaim());
            if (!TryTogether(batch))
            {
                // One of them may be to blame: alone, it fails alone.
                batch.ForEach(Alone);
            }

            batch.Clear();
            if (_health.Current.Damage is null)
            {
                _checkpoints.WhenDue();
            }
        }

        if (_health.Current.Damage is null)
        {
            ReturnNumbers();
        }

        _ended.SetResult();
    }

    private bool TryTogether(List<QueuedWork> batch)
    {
        if (batch.Count <= 1)
        {
            return batch.Count == 0;
        }

        try
        {
            InOneTransaction(batch);
        }
        catch (Exception)
        {
            return false;
        }

        Succeeded(batch);
        return true;
    }

    private void Alone(QueuedWork work)
    {
        try
        {
            InOneTransaction([work]);
        }
        // Whatever it is belongs to the caller; the thread has to go on for the others.
        catch (Exception reason)
        {
            work.Fail(AsTheCallerKnowsIt(reason));
            return;
        }

        Succeeded([work]);
    }

    private void InOneTransaction(List<QueuedWork> batch)
    {
        IReadOnlyList<(string, long)> reserves = [];
        _transactions.Run(() =>
        {
            reserves = _numbers.TopUp(_changes.WriteNumber);
            foreach (var work in batch)
            {
                work.Apply();
            }
        });
        _numbers.Confirm(reserves);
    }

    private void Succeeded(List<QueuedWork> batch)
    {
        _health.WriteSucceeded();
        batch.ForEach(static work => work.Complete());
    }

    private Exception AsTheCallerKnowsIt(Exception reason)
    {
        if (reason is StoreDamagedException damage)
        {
            _health.FoundDamage(damage.Message);
            return new StoreUnwritableException(
                StoreRemedies.Damaged(_health.Database, damage.Message),
                reason
            );
        }

        if (reason is not (IOException or UnauthorizedAccessException or LiteException))
        {
            return reason;
        }

        var problem = DiskTrouble.Says(reason, _health.Database);
        _health.WriteFailed(problem);
        return new StoreUnwritableException(problem, reason);
    }

    private void ReturnNumbers()
    {
        try
        {
            _transactions.Run(() => _numbers.Close(_changes.WriteNumber));
        }
        catch (Exception gap) when (gap is LiteException or IOException or StoreDamagedException)
        {
            // A gap in the numbers is all that comes of it.
            _health.WriteFailed(DiskTrouble.Says(gap, _health.Database));
        }
    }
}
