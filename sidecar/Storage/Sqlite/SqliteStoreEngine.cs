using Microsoft.Extensions.Logging;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.Sqlite;

/// <summary>
/// The embedded store: one SQLite file in write-ahead mode, one thread that writes with a shared flush, readers beside
/// it. A data directory belongs to one process at a time.
/// </summary>
/// <remarks>
/// At the start the header, the schema and the log of the last run are always looked at. The pages are all checked
/// before the store opens when the file is small (<see cref="SqliteStoreOptions.CheckedBeforeOpening"/>) or when an
/// earlier check has found damage; in a larger file the check runs beside the first requests, since nobody should wait
/// seconds for it in an outage, and a crash is no reason for doubt: SQLite replays its log. Damage found late shows in
/// <see cref="Health"/>, ends writing, leaves reading on, and makes the next start refuse.
/// </remarks>
public sealed class SqliteStoreEngine : IStoreEngine, IReportsHealth
{
    private readonly StoreLock _lock;
    private readonly HealthBoard _health;
    private readonly ReaderPool _readers;
    private readonly CommitWriter _writer;
    private readonly BackgroundCheck? _check;
    private readonly RecentReads _recent;
    private int _disposed;

    internal SqliteStoreEngine(
        StoreLock held,
        HealthBoard health,
        ReaderPool readers,
        CommitWriter writer,
        RecentReads recent,
        BackgroundCheck? check
    )
    {
        _lock = held;
        _health = health;
        _readers = readers;
        _writer = writer;
        _check = check;
        _recent = recent;
    }

    /// <summary>The version of SQLite that this process uses.</summary>
    public static string SqliteVersion => NativeSqlite.Version;

    /// <inheritdoc/>
    public StoreHealth Health => _health.Current;

    /// <summary>Opens the store, making or upgrading it when that is needed.</summary>
    /// <exception cref="StoreUnusableException">Damaged, newer, foreign or in use; the message says what to do.</exception>
    public static Task<SqliteStoreEngine> OpenAsync(
        SqliteStoreOptions options,
        TimeProvider clock,
        ILogger<SqliteStoreEngine> logger,
        CancellationToken cancel
    ) => Task.Run(() => new SqliteOpening(options, clock, logger).Open(), cancel);

    /// <inheritdoc/>
    public ValueTask<StoredDocument?> Get(DocumentKey key, CancellationToken cancel) =>
        _recent.Of(
            key.Kind,
            key,
            () => _readers.Ask(database => SqliteReads.Document(database, key), cancel)
        );

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IndexedDocument>> Scan(
        IndexScan scan,
        CancellationToken cancel
    ) =>
        _recent.Of(
            scan.Kind,
            scan,
            () => _readers.Ask(database => IndexReads.Scan(database, scan), cancel)
        );

    /// <inheritdoc/>
    public ValueTask<int> Count(
        string kind,
        string index,
        IndexKey prefix,
        int atMost,
        CancellationToken cancel
    ) =>
        _recent.Of(
            kind,
            (kind, index, prefix, atMost),
            () =>
                _readers.Ask(
                    database => IndexReads.Count(database, kind, index, prefix, atMost),
                    cancel
                )
        );

    /// <inheritdoc/>
    public ValueTask<int> CountBefore(
        string kind,
        string index,
        IndexKey prefix,
        IndexPosition place,
        int atMost,
        CancellationToken cancel
    ) =>
        _recent.Of(
            kind,
            (kind, index, prefix, place, atMost),
            () =>
                _readers.Ask(
                    database =>
                        IndexReads.CountBefore(database, kind, index, prefix, place, atMost),
                    cancel
                )
        );

    /// <inheritdoc/>
    public ValueTask<IndexJoinPage> Join(IndexJoin join, CancellationToken cancel) =>
        _readers.Ask(database => IndexJoins.Read(database, join), cancel);

    public ValueTask<IReadOnlyList<string>> ReadIds(
        string kind,
        string? after,
        int limit,
        CancellationToken cancel
    ) => _readers.Ask(database => SqliteReads.Ids(database, kind, after, limit), cancel);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IndexKey>> TextsUnder(
        string kind,
        string index,
        IndexKey prefix,
        int atMost,
        CancellationToken cancel
    ) =>
        _readers.Ask(
            database => IndexReads.TextsUnder(database, kind, index, prefix, atMost),
            cancel
        );

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RecordedAudit>> ReadAudit(
        string subject,
        long afterSequence,
        int limit,
        CancellationToken cancel
    ) =>
        _readers.Ask(
            database => SqliteReads.AuditOf(database, subject, afterSequence, limit),
            cancel
        );

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RecordedAudit>> ReadLatestAudit(
        string subject,
        long? beforeSequence,
        int limit,
        CancellationToken cancel
    ) =>
        _readers.Ask(
            database =>
                SqliteReads.LatestAuditOf(
                    database,
                    subject,
                    beforeSequence ?? long.MaxValue,
                    limit
                ),
            cancel
        );

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RecordedAudit>> ReadAudit(
        long afterSequence,
        int limit,
        CancellationToken cancel
    ) => _readers.Ask(database => SqliteReads.Audit(database, afterSequence, limit), cancel);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<QueuedEffect>> ReadOutbox(
        long afterSequence,
        int limit,
        CancellationToken cancel
    ) => _readers.Ask(database => SqliteReads.Outbox(database, afterSequence, limit), cancel);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<QueuedEffect>> ReadParked(
        long afterSequence,
        int limit,
        CancellationToken cancel
    ) =>
        _readers.Ask(database => SqliteReads.ParkedEffects(database, afterSequence, limit), cancel);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DueTime>> ReadDue(
        DateTimeOffset until,
        DueTime? after,
        int limit,
        CancellationToken cancel
    ) => _readers.Ask(database => SqliteReads.Due(database, until, after, limit), cancel);

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> NextDue(DateTimeOffset after, CancellationToken cancel) =>
        _readers.Ask(database => SqliteReads.NextDue(database, after), cancel);

    /// <inheritdoc/>
    public ValueTask<long> NextNumber(string series, CancellationToken cancel) =>
        _writer.NextNumber(series, cancel);

    /// <inheritdoc/>
    public ValueTask<CommitOutcome> Commit(StoreCommit commit, CancellationToken cancel)
    {
        StoreLimits.Verify(commit);
        return new ValueTask<CommitOutcome>(_writer.Commit(commit, cancel));
    }

    /// <inheritdoc/>
    public ValueTask Backup(string path, CancellationToken cancel) =>
        new(SqliteBackup.Write(_readers, path, cancel));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        if (_check is not null)
        {
            await _check.Stop();
        }

        await _writer.Close();
        await _readers.Close();
        // The last connection moves the log into the database and removes it: that marks a clean end.
        _writer.Dispose();
        _lock.Dispose();
    }

    /// <summary>Keeps the file from growing, as a full disk would; for tests.</summary>
    internal Task LimitPages(long pages) =>
        _writer.Execute(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"PRAGMA max_page_count = {pages}"
            ),
            CancellationToken.None
        );
}
