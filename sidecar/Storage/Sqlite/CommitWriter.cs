using Sidecar.Storage.Files;

namespace Sidecar.Storage.Sqlite;

/// <summary>
/// The one thread that writes: takes what waits, does it in one transaction, flushes once, then tells every caller.
/// </summary>
internal sealed class CommitWriter : IDisposable
{
    private readonly SqliteConnection _database;
    private readonly NumberSeries _numbers;
    private readonly HealthBoard _health;
    private readonly Changes _changes;
    private readonly WorkQueue _queue;
    private readonly int _together;
    private readonly RecentReads _recent;
    private readonly List<DocumentWrite> _written = [];
    private readonly TaskCompletionSource _ended = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public CommitWriter(
        SqliteConnection database,
        SqliteStoreOptions options,
        HealthBoard health,
        RecentReads recent
    )
    {
        _database = database;
        _health = health;
        _recent = recent;
        _numbers = NumberSeries.Of(
            database
                .Prepared("SELECT series, last FROM numbers")
                .All(static row => (row.Text(0), row.Number(1)))
        );
        _changes = new Changes(database, options.RememberedDeliveries);
        _together = options.CommitsPerFlush;
        _queue = new WorkQueue(capacity: _together * 4);
        // Flushing blocks; a thread of its own keeps that out of the pool.
        new Thread(Run) { IsBackground = true, Name = "store-writer" }.Start();
    }

    public Task<CommitOutcome> Commit(StoreCommit commit, CancellationToken cancel) =>
        Do(
            () =>
            {
                _written.AddRange(commit.Documents);
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

    /// <summary>Runs a statement between commits.</summary>
    public Task Execute(string sql, CancellationToken cancel) =>
        Do(
            () =>
            {
                _database.Execute(sql);
                return true;
            },
            cancel
        );

    /// <summary>Does what waits, gives unused numbers back and ends.</summary>
    public Task Close()
    {
        _queue.Close();
        return _ended.Task;
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

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
            return false;
        }

        try
        {
            InOneTransaction(batch);
        }
        catch (Exception)
        {
            RollBack();
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
            RollBack();
            work.Fail(AsTheCallerKnowsIt(reason));
            return;
        }

        Succeeded([work]);
    }

    private void InOneTransaction(List<QueuedWork> batch)
    {
        RollBack();
        try
        {
            _database.Prepared("BEGIN IMMEDIATE").Run();
            var reserves = _numbers.TopUp(WriteNumber);
            foreach (var work in batch)
            {
                work.Apply();
            }

            _database.Prepared("COMMIT").Run();
            _numbers.Confirm(reserves);
        }
        finally
        {
            // Also when it failed: it may be there all the same.
            _recent.Changed(_written);
            _written.Clear();
        }
    }

    private void Succeeded(List<QueuedWork> batch)
    {
        _health.WriteSucceeded();
        batch.ForEach(static work => work.Complete());
    }

    private void RollBack()
    {
        try
        {
            // Many faults have rolled back already.
            if (_database.InTransaction)
            {
                _database.Prepared("ROLLBACK").Run();
            }
        }
        catch (SqliteFault)
        {
            // The next transaction tries again before it begins, and fails with the reason when it can't.
        }
    }

    private Exception AsTheCallerKnowsIt(Exception reason)
    {
        if (reason is not SqliteFault fault)
        {
            return reason;
        }

        if (fault.IsDamage)
        {
            _health.FoundDamage(fault.Message);
        }

        if (fault.WriteProblem(_health.Database) is { } problem)
        {
            _health.WriteFailed(problem);
        }

        return fault.ForWriters(_health.Database);
    }

    private void ReturnNumbers()
    {
        try
        {
            _database.Prepared("BEGIN IMMEDIATE").Run();
            _numbers.Close(WriteNumber);
            _database.Prepared("COMMIT").Run();
        }
        catch (SqliteFault)
        {
            // A gap in the numbers is all that comes of it.
            RollBack();
        }
    }

    private void WriteNumber(string series, long last) =>
        _database
            .Prepared(
                "INSERT INTO numbers(series, last) VALUES(?1, ?2) ON CONFLICT(series) DO UPDATE SET last = excluded.last"
            )
            .With(series)
            .With(last)
            .Run();
}
