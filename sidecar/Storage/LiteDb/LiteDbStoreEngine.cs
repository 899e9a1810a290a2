using Microsoft.Extensions.Logging;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>
/// The default store: one LiteDB file and its log, one thread that writes with a shared flush, reads one at a time or
/// from memory. A data directory belongs to one process at a time.
/// </summary>
/// <remarks>
/// LiteDB as it comes keeps none of the port's promises. Five rules make it keep them: one gate around every call of it
/// (<see cref="Gate"/>); nothing throws inside its commit (<see cref="PageLog"/> only remembers there); the log has
/// checksums and only its unbroken beginning counts; the writer alone checkpoints, after the log is flushed
/// (<see cref="Checkpoints"/>); nobody is answered before what they saw is on disk. Pages and rows have checksums, so
/// damage is found when it is read, and by <see cref="BackgroundCheck"/> before that. It shows in <see cref="Health"/>,
/// ends writing, leaves reading on, and makes the next start refuse.
/// </remarks>
public sealed class LiteDbStoreEngine : IStoreEngine, IReportsHealth
{
    private readonly StoreLock _lock;
    private readonly StoreFiles _files;
    private readonly HealthBoard _health;
    private readonly Gate _gate;
    private readonly LiteWriter _writer;
    private readonly RecentReads _recent;
    private readonly BackgroundCheck _check;
    private int _disposed;

    internal LiteDbStoreEngine(
        StoreLock held,
        StoreFiles files,
        HealthBoard health,
        Gate gate,
        LiteWriter writer,
        RecentReads recent,
        BackgroundCheck check
    )
    {
        _lock = held;
        _files = files;
        _health = health;
        _gate = gate;
        _writer = writer;
        _recent = recent;
        _check = check;
    }

    /// <inheritdoc/>
    public StoreHealth Health => _health.Current;

    /// <summary>Opens the store, making or upgrading it when that is needed.</summary>
    /// <exception cref="StoreUnusableException">Damaged, newer, foreign or in use; the message says what to do.</exception>
    public static Task<LiteDbStoreEngine> OpenAsync(
        LiteDbStoreOptions options,
        TimeProvider clock,
        ILogger<LiteDbStoreEngine> logger,
        CancellationToken cancel
    ) => Task.Run(() => new LiteOpening(options, clock, logger).Open(), cancel);

    /// <inheritdoc/>
    public ValueTask<StoredDocument?> Get(DocumentKey key, CancellationToken cancel) =>
        _recent.Of(key.Kind, key, () => _gate.Ask(file => LiteReads.Document(file, key), cancel));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IndexedDocument>> Scan(
        IndexScan scan,
        CancellationToken cancel
    ) => _recent.Of(scan.Kind, scan, () => _gate.Ask(file => IndexReads.Scan(file, scan), cancel));

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
            () => _gate.Ask(file => IndexReads.Count(file, kind, index, prefix, atMost), cancel)
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
                _gate.Ask(
                    file => IndexReads.CountBefore(file, kind, index, prefix, place, atMost),
                    cancel
                )
        );

    /// <inheritdoc/>
    public ValueTask<IndexJoinPage> Join(IndexJoin join, CancellationToken cancel) =>
        _gate.Ask(file => IndexReads.Join(file, join), cancel);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ReadIds(
        string kind,
        string? after,
        int limit,
        CancellationToken cancel
    ) => _gate.Ask(file => LiteReads.Ids(file, kind, after, limit), cancel);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IndexKey>> TextsUnder(
        string kind,
        string index,
        IndexKey prefix,
        int atMost,
        CancellationToken cancel
    ) =>
        _recent.Of(
            kind,
            ("texts", kind, index, prefix, atMost),
            () =>
                _gate.Ask(file => IndexReads.TextsUnder(file, kind, index, prefix, atMost), cancel)
        );

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RecordedAudit>> ReadAudit(
        string subject,
        long afterSequence,
        int limit,
        CancellationToken cancel
    ) => _gate.Ask(file => LiteReads.AuditOf(file, subject, afterSequence, limit), cancel);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RecordedAudit>> ReadLatestAudit(
        string subject,
        long? beforeSequence,
        int limit,
        CancellationToken cancel
    ) =>
        _gate.Ask(
            file => LiteReads.LatestAuditOf(file, subject, beforeSequence ?? long.MaxValue, limit),
            cancel
        );

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RecordedAudit>> ReadAudit(
        long afterSequence,
        int limit,
        CancellationToken cancel
    ) => _gate.Ask(file => LiteReads.Audit(file, afterSequence, limit), cancel);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<QueuedEffect>> ReadOutbox(
        long afterSequence,
        int limit,
        CancellationToken cancel
    ) =>
        _gate.Ask(
            file => LiteReads.Effects(file, LiteDocuments.Waiting, afterSequence, limit),
            cancel
        );

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<QueuedEffect>> ReadParked(
        long afterSequence,
        int limit,
        CancellationToken cancel
    ) =>
        _gate.Ask(
            file => LiteReads.Effects(file, LiteDocuments.Parked, afterSequence, limit),
            cancel
        );

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DueTime>> ReadDue(
        DateTimeOffset until,
        DueTime? after,
        int limit,
        CancellationToken cancel
    ) => _gate.Ask(file => LiteReads.Due(file, until, after, limit), cancel);

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> NextDue(DateTimeOffset after, CancellationToken cancel) =>
        _gate.Ask(file => LiteReads.NextDue(file, after), cancel);

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
    public ValueTask Backup(string path, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_disposed == 1, typeof(IStoreEngine));
        return new ValueTask(
            Task.Factory.StartNew(
                () => LiteBackup.Write(_files, path, cancel),
                cancel,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            )
        );
    }

    /// <summary>Keeps the files from growing, as a full disk would; for tests.</summary>
    internal void LimitPages(long pages) => _gate.File.Log.MostPages = pages;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        try
        {
            await _check.DisposeAsync();
            await _writer.Close();
            _gate.Close(abandon: Health.Damage is not null);
        }
        catch (Exception unfinished)
            when (unfinished
                    is IOException
                        or UnauthorizedAccessException
                        or LiteDB.LiteException
                        or StoreDamagedException
            )
        {
            // The log keeps what could not be moved; the next start moves it.
            _health.CheckpointFailed(unfinished.Message);
        }
        finally
        {
            _lock.Dispose();
        }
    }
}
