using Microsoft.Extensions.Logging;
using Npgsql;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.Postgres;

/// <summary>
/// The store on a PostgreSQL server, which several sidecars may use at a time. Reads go to the server, always: nobody
/// answers from a memory that another machine has made old.
/// </summary>
internal sealed class PostgresStoreEngine : IStoreEngine, IReportsHealth
{
    private readonly NpgsqlDataSource _source;
    private readonly PostgresHealth _health;
    private readonly PostgresWriter _writer;
    private readonly PostgresReads _reads;
    private readonly PostgresIndexReads _indexes;
    private int _disposed;

    private PostgresStoreEngine(
        NpgsqlDataSource source,
        PostgresStoreOptions options,
        PostgresHealth health
    )
    {
        (_source, _health, Name, Schema) = (source, health, options.Name, options.Address.Schema);
        Ask = new PostgresReader(source, options.Address);
        (_reads, _indexes) = (new PostgresReads(Ask), new PostgresIndexReads(Ask));
        _writer = new PostgresWriter(source, options, health, Sidecar);
    }

    /// <summary>This life of this process, among those that use the store.</summary>
    public Guid Sidecar { get; } = Guid.CreateVersion7();

    /// <summary>The name of this process for administrators.</summary>
    public string Name { get; }

    /// <summary>The schema of the tables, by which the channel for notices is called too.</summary>
    public string Schema { get; }

    /// <summary>For what sidecars share beside the store.</summary>
    internal NpgsqlDataSource Source => _source;

    /// <summary>Asks the database.</summary>
    internal PostgresReader Ask { get; }

    /// <inheritdoc/>
    public StoreHealth Health => _health.Current;

    /// <summary>Opens the store, making or upgrading the tables when that is needed.</summary>
    /// <exception cref="StoreUnusableException">There is no such database, or not the rights, or newer tables; the message says what to do.</exception>
    public static Task<PostgresStoreEngine> OpenAsync(
        PostgresStoreOptions options,
        ILogger<PostgresStoreEngine> logger,
        CancellationToken cancel
    ) =>
        Task.Run(
            () =>
            {
                var source = options.Address.Connect(options.Name);
                try
                {
                    PostgresSchema.Prepare(source, options.Address, options.Upgrades);
                    return new PostgresStoreEngine(
                        source,
                        options,
                        new PostgresHealth(options.Address, logger)
                    );
                }
                catch
                {
                    source.Dispose();
                    throw;
                }
            },
            cancel
        );

    /// <inheritdoc/>
    public ValueTask<StoredDocument?> Get(DocumentKey key, CancellationToken cancel) =>
        Reads.Document(key, cancel);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IndexedDocument>> Scan(
        IndexScan scan,
        CancellationToken cancel
    ) => Indexes.Scan(scan, cancel);

    /// <inheritdoc/>
    public ValueTask<int> Count(
        string kind,
        string index,
        IndexKey prefix,
        int atMost,
        CancellationToken cancel
    ) => Indexes.Count(kind, index, prefix, atMost, cancel);

    /// <inheritdoc/>
    public ValueTask<int> CountBefore(
        string kind,
        string index,
        IndexKey prefix,
        IndexPosition place,
        int atMost,
        CancellationToken cancel
    ) => Indexes.CountBefore(kind, index, prefix, place, atMost, cancel);

    /// <inheritdoc/>
    public ValueTask<IndexJoinPage> Join(IndexJoin join, CancellationToken cancel) =>
        Indexes.Join(join, cancel);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ReadIds(
        string kind,
        string? after,
        int limit,
        CancellationToken cancel
    ) => Reads.Ids(kind, after, limit, cancel);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IndexKey>> TextsUnder(
        string kind,
        string index,
        IndexKey prefix,
        int atMost,
        CancellationToken cancel
    ) => Indexes.TextsUnder(kind, index, prefix, atMost, cancel);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RecordedAudit>> ReadAudit(
        string subject,
        long afterSequence,
        int limit,
        CancellationToken cancel
    ) => Reads.AuditOf(subject, afterSequence, limit, cancel);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RecordedAudit>> ReadLatestAudit(
        string subject,
        long? beforeSequence,
        int limit,
        CancellationToken cancel
    ) => Reads.LatestAuditOf(subject, beforeSequence ?? long.MaxValue, limit, cancel);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RecordedAudit>> ReadAudit(
        long afterSequence,
        int limit,
        CancellationToken cancel
    ) => Reads.Audit(afterSequence, limit, cancel);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<QueuedEffect>> ReadOutbox(
        long afterSequence,
        int limit,
        CancellationToken cancel
    ) => Reads.Effects(OutboxState.Waiting, afterSequence, limit, cancel);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<QueuedEffect>> ReadParked(
        long afterSequence,
        int limit,
        CancellationToken cancel
    ) => Reads.Effects(OutboxState.Parked, afterSequence, limit, cancel);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DueTime>> ReadDue(
        DateTimeOffset until,
        DueTime? after,
        int limit,
        CancellationToken cancel
    ) => Reads.Due(until, after, limit, cancel);

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> NextDue(DateTimeOffset after, CancellationToken cancel) =>
        Reads.NextDue(after, cancel);

    /// <inheritdoc/>
    /// <remarks>Taken one by one, so that numbers follow each other whichever machine gives them.</remarks>
    public ValueTask<long> NextNumber(string series, CancellationToken cancel) =>
        new(_writer.NextNumber(series, cancel));

    /// <inheritdoc/>
    public ValueTask<CommitOutcome> Commit(StoreCommit commit, CancellationToken cancel)
    {
        StoreLimits.Verify(commit);
        return new ValueTask<CommitOutcome>(_writer.Commit(commit, cancel));
    }

    /// <inheritdoc/>
    public ValueTask Backup(string path, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_disposed == 1, typeof(IStoreEngine));
        return new ValueTask(Task.Run(() => PostgresBackup.Write(_source, path, cancel), cancel));
    }

    /// <summary>Does something while no other sidecar does anything of the kind.</summary>
    /// <exception cref="StoreUnusableException">The database does not answer.</exception>
    internal async Task InTurn(Func<Task> work, CancellationToken cancel)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await using var take = new NpgsqlCommand(
                "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' start', 0))",
                connection
            );
            await take.ExecuteNonQueryAsync(cancel);
            await work();
            await transaction.CommitAsync(cancel);
        }
        catch (NpgsqlException problem)
        {
            throw new StoreUnusableException(
                PostgresRemedy.NoDatabase(_writer.Address, problem),
                problem
            );
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _writer.Close();
        _writer.Dispose();
        await _source.DisposeAsync();
    }

    private PostgresReads Reads
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed == 1, typeof(IStoreEngine));
            return _reads;
        }
    }

    private PostgresIndexReads Indexes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed == 1, typeof(IStoreEngine));
            return _indexes;
        }
    }
}
