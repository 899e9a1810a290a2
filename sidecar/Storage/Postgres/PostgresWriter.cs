using Npgsql;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.Postgres;

/// <summary>
/// The one thread that writes: takes what waits, makes one group of it in one transaction, then tells every caller. When
/// the connection is lost in the middle of a commit, it asks what became of it before it does anything else.
/// </summary>
internal sealed class PostgresWriter : IDisposable
{
    private const int Tries = 3;
    private const string IdleInTransactionTimeout = "25P03";

    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(200);

    private readonly NpgsqlDataSource _source;
    private readonly PostgresStoreOptions _options;
    private readonly PostgresHealth _health;
    private readonly Guid _sidecar;
    private readonly WorkQueue _queue;
    private readonly ManualResetEventSlim _closing = new();
    private readonly TaskCompletionSource _ended = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    // What failed by itself in the group, and leaves the others alone.
    private readonly Dictionary<QueuedWork, Exception> _failed = [];
    private NpgsqlConnection? _connection;
    private CommitGroup _group = new();
    private long _number;

    public PostgresWriter(
        NpgsqlDataSource source,
        PostgresStoreOptions options,
        PostgresHealth health,
        Guid sidecar
    )
    {
        (_source, _options, _health, _sidecar) = (source, options, health, sidecar);
        _queue = new WorkQueue(options.CommitsPerGroup * 4);
        // A thread of its own: it blocks on the server, and the pool is busy just when commits are many.
        new Thread(Run) { IsBackground = true, Name = "store-writer" }.Start();
    }

    public PostgresAddress Address => _options.Address;

    public Task<CommitOutcome> Commit(StoreCommit commit, CancellationToken cancel) =>
        Do(new CommitWork(commit, () => _group.Apply(commit)), cancel);

    public Task<long> NextNumber(string series, CancellationToken cancel) =>
        Do(new NumberWork(series, () => _group.NextNumber(series)), cancel);

    /// <summary>Does what waits, and ends.</summary>
    public Task Close()
    {
        _queue.Close();
        _closing.Set();
        return _ended.Task;
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _closing.Dispose();
    }

    private async Task<T> Do<T>(QueuedWork<T> work, CancellationToken cancel)
    {
        await _queue.Enqueue(work, cancel);
        return await work.Result(cancel);
    }

    private void Run()
    {
        var batch = new List<QueuedWork>(_options.CommitsPerGroup);
        while (_queue.TakeWaiting(batch, _options.CommitsPerGroup))
        {
            batch.RemoveAll(static work => !work.TryClaim());
            if (batch.Count > 0)
            {
                Do(batch);
            }

            batch.Clear();
        }

        _ended.SetResult();
    }

    private void Do(List<QueuedWork> batch)
    {
        try
        {
            Together(batch);
        }
        catch (PostgresException) when (batch.Count > 1)
        {
            // One of them may be to blame: alone, it fails alone.
            foreach (var work in batch)
            {
                Do([work]);
            }
        }
        // Whatever it is belongs to the callers; the thread has to go on for the others.
        catch (Exception reason)
        {
            var known = AsCallersKnowIt(reason);
            batch.ForEach(work => work.Fail(known));
        }
    }

    private void Together(List<QueuedWork> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            var id = new CommitGroupId(_sidecar, ++_number);
            var isCommitting = false;
            try
            {
                Transact(batch, id, ref isCommitting);
                Succeeded(batch);
                return;
            }
            catch (NpgsqlException problem)
            {
                Hang();
                if (isCommitting && WasCommitted(id, problem))
                {
                    Succeeded(batch);
                    return;
                }

                if (!IsPassing(problem) || attempt >= Tries)
                {
                    throw;
                }
            }
        }
    }

    private void Transact(List<QueuedWork> batch, CommitGroupId id, ref bool isCommitting)
    {
        _failed.Clear();
        var connection = Open();
        using var transaction = connection.BeginTransaction();
        _group = GroupReading.Read(
            connection,
            [.. batch.OfType<CommitWork>().Select(work => work.Commit)],
            [.. batch.OfType<NumberWork>().Select(work => work.Series).Distinct()]
        );
        foreach (var work in batch)
        {
            try
            {
                work.Apply();
            }
            catch (Exception reason)
            {
                _failed[work] = reason;
            }
        }

        GroupWriting.Write(connection, _group, id, _options);
        _options.BeforeCommit?.Invoke(connection);
        isCommitting = true;
        transaction.Commit();
        _options.AfterCommit?.Invoke(connection);
    }

    /// <summary>
    /// Whether a group is there. The lock on the store's row is waited for first: while the lost connection's transaction
    /// has not ended on the server, it has that lock.
    /// </summary>
    /// <exception cref="StoreUncertainException">Nobody can be asked.</exception>
    private bool WasCommitted(CommitGroupId id, Exception lost)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var connection = _source.OpenConnection();
                using var transaction = connection.BeginTransaction();
                using var statements = new Statements(connection);
                statements
                    .Add("SELECT 1 FROM store FOR UPDATE")
                    .Add("SELECT last_group FROM sidecars WHERE id = $1", id.Sidecar);
                using var rows = statements.Read();
                rows.NextResult();
                return rows.Read() && rows.GetInt64(0) >= id.Number;
            }
            catch (NpgsqlException problem)
            {
                _health.WriteFailed(Reason(problem));
                if (patience.Elapsed > _options.AskAfterCommit || _closing.Wait(BetweenQuestions))
                {
                    throw new StoreUncertainException(
                        $"{_options.Address} was lost while a change was being saved ({PostgresRemedy.Reason(lost)}), and did not come back. Whether it was saved is not known.",
                        problem
                    );
                }
            }
        }
    }

    // The server ends what a frozen process has begun; that process begins anew when it wakes.
    private static bool IsPassing(NpgsqlException problem) =>
        problem.IsTransient || problem.SqlState is IdleInTransactionTimeout;

    private NpgsqlConnection Open()
    {
        if (_connection is { FullState: System.Data.ConnectionState.Open } open)
        {
            return open;
        }

        Hang();
        return _connection = _source.OpenConnection();
    }

    private void Hang()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private void Succeeded(List<QueuedWork> batch)
    {
        _health.WriteSucceeded();
        foreach (var work in batch)
        {
            if (_failed.TryGetValue(work, out var reason))
            {
                work.Fail(reason);
            }
            else
            {
                work.Complete();
            }
        }
    }

    private Exception AsCallersKnowIt(Exception reason)
    {
        if (reason is not NpgsqlException problem)
        {
            return reason;
        }

        var sentence = Reason(problem);
        _health.WriteFailed(sentence);
        return new StoreUnwritableException(sentence, problem);
    }

    private string Reason(Exception problem) =>
        $"{_options.Address} takes no changes: {PostgresRemedy.Reason(problem)}. Nothing was changed.";

    private sealed class CommitWork(StoreCommit commit, Func<CommitOutcome> apply)
        : QueuedWork<CommitOutcome>(apply)
    {
        public StoreCommit Commit => commit;
    }

    private sealed class NumberWork(string series, Func<long> apply) : QueuedWork<long>(apply)
    {
        public string Series => series;
    }
}
