namespace Sidecar.Storage.Sqlite;

/// <summary>
/// The one thread that writes: takes what waits, does it in one transaction, flushes once, then tells every caller.
/// </summary>
internal sealed class CommitWriter : IDisposable
{
    private readonly Connection _database;
    private readonly NumberSeries _numbers;
    private readonly HealthBoard _health;
    private readonly Changes _changes;
    private readonly WorkQueue _queue;
    private readonly int _together;
    private long _flushes;
    private readonly TaskCompletionSource _ended = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public CommitWriter(Connection database, SqliteStoreOptions options, HealthBoard health)
    {
        _database = database;
        _health = health;
        _numbers = NumberSeries.Load(database);
        _changes = new Changes(database, options.RememberedDeliveries);
        _together = options.CommitsPerFlush;
        _queue = new WorkQueue(capacity: _together * 4);
        // Flushing blocks; a thread of its own keeps that out of the pool.
        new Thread(Run) { IsBackground = true, Name = "store-writer" }.Start();
    }

    /// <summary>How many flushes there were, counted before any caller is told of one.</summary>
    public long Flushes => Interlocked.Read(ref _flushes);

    public Task<CommitOutcome> Commit(StoreCommit commit, CancellationToken cancel) =>
        Do(() => _changes.Apply(commit), cancel);

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
            var reserves = _numbers.TopUp(_database);
            foreach (var work in batch)
            {
                work.Apply();
            }

            _database.Prepared("COMMIT").Run();
            _numbers.Confirm(reserves);
        }
        finally
        {
            Interlocked.Increment(ref _flushes);
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
            _numbers.Close(_database);
            _database.Prepared("COMMIT").Run();
        }
        catch (SqliteFault)
        {
            // A gap in the numbers is all that comes of it.
            RollBack();
        }
    }
}
