using Sidecar.Ids;

namespace Sidecar.Storage;

/// <summary>
/// The port behind <see cref="Store"/>: documents with versions, ordered indexes, due times, the outbox and the audit
/// trail, changed together or not at all. Engines know bytes and order, never what a document means.
/// </summary>
/// <remarks>
/// Every engine passes <c>StoreEngineConformance</c>. All times are UTC. Reads see every commit that was acknowledged
/// before they began. Cost must not grow with history: a read touches what it returns, not what the store holds.
/// How large keys and bodies may be is the same for all engines: <see cref="StoreLimits"/>.
/// </remarks>
public interface IStoreEngine : IAsyncDisposable
{
    /// <summary>The document, or null when there is none.</summary>
    ValueTask<StoredDocument?> Get(DocumentKey key, CancellationToken cancel);

    /// <summary>
    /// The documents whose entry in an index begins with a prefix, in the order of their keys, the id as tie-break.
    /// </summary>
    ValueTask<IReadOnlyList<IndexedDocument>> Scan(IndexScan scan, CancellationToken cancel);

    /// <summary>How many entries begin with a prefix; stops counting at <paramref name="atMost"/>.</summary>
    ValueTask<int> Count(
        string kind,
        string index,
        IndexKey prefix,
        int atMost,
        CancellationToken cancel
    );

    /// <summary>
    /// How many entries that begin with a prefix lie in front of a place, whether or not something is there; stops
    /// counting at <paramref name="atMost"/>.
    /// </summary>
    ValueTask<int> CountBefore(
        string kind,
        string index,
        IndexKey prefix,
        IndexPosition place,
        int atMost,
        CancellationToken cancel
    );

    /// <summary>The documents that several parts of an index have in common, in the order of the rest of their keys.</summary>
    ValueTask<IndexJoinPage> Join(IndexJoin join, CancellationToken cancel);

    /// <summary>
    /// The ids of all documents of a kind in the order of their UTF-8 bytes, after an id (null: from the beginning).
    /// What is there all the time is found, whatever changes meanwhile.
    /// </summary>
    ValueTask<IReadOnlyList<string>> ReadIds(
        string kind,
        string? after,
        int limit,
        CancellationToken cancel
    );

    /// <summary>
    /// Which texts begin as a prefix ends: of the keys under it the different ones, each cut off behind the text part in
    /// which the prefix ends (<see cref="IndexKey.ThenStart"/>), in order.
    /// </summary>
    ValueTask<IReadOnlyList<IndexKey>> TextsUnder(
        string kind,
        string index,
        IndexKey prefix,
        int atMost,
        CancellationToken cancel
    );

    /// <summary>What was recorded about a subject, oldest first, after a sequence number (0: from the beginning).</summary>
    ValueTask<IReadOnlyList<RecordedAudit>> ReadAudit(
        string subject,
        long afterSequence,
        int limit,
        CancellationToken cancel
    );

    /// <summary>What was recorded about a subject, latest first, before a sequence number (null: from the end).</summary>
    ValueTask<IReadOnlyList<RecordedAudit>> ReadLatestAudit(
        string subject,
        long? beforeSequence,
        int limit,
        CancellationToken cancel
    );

    /// <summary>The whole audit trail, oldest first, after a sequence number.</summary>
    ValueTask<IReadOnlyList<RecordedAudit>> ReadAudit(
        long afterSequence,
        int limit,
        CancellationToken cancel
    );

    /// <summary>Effects that are neither delivered nor parked, in the order in which they were committed.</summary>
    ValueTask<IReadOnlyList<QueuedEffect>> ReadOutbox(
        long afterSequence,
        int limit,
        CancellationToken cancel
    );

    /// <summary>Effects that could not be delivered and wait for an administrator, oldest first.</summary>
    ValueTask<IReadOnlyList<QueuedEffect>> ReadParked(
        long afterSequence,
        int limit,
        CancellationToken cancel
    );

    /// <summary>
    /// Due times at or before <paramref name="until"/> in the order of time, kind and id, behind
    /// <paramref name="after"/> (the last one of the page before, also when it is gone by now; null for the first page).
    /// </summary>
    ValueTask<IReadOnlyList<DueTime>> ReadDue(
        DateTimeOffset until,
        DueTime? after,
        int limit,
        CancellationToken cancel
    );

    /// <summary>The earliest due time later than <paramref name="after"/>, or null.</summary>
    ValueTask<DateTimeOffset?> NextDue(DateTimeOffset after, CancellationToken cancel);

    /// <summary>
    /// The next number of a series (<c>ESC</c> gives 1, 2, 3 …). A number is never given twice, not even after a crash;
    /// one whose commit never came is left out.
    /// </summary>
    ValueTask<long> NextNumber(string series, CancellationToken cancel);

    /// <summary>
    /// Applies all of a commit, or nothing. When it answers <see cref="CommitOutcome.Committed"/> the change survives a
    /// power cut. Concurrent commits share one flush to disk.
    /// </summary>
    /// <exception cref="StoreUnwritableException">The disk is full or the file can't be written; nothing changed.</exception>
    /// <exception cref="StoreLimitException">A key or a body is larger than <see cref="StoreLimits"/> allows; nothing changed.</exception>
    /// <exception cref="StoreUncertainException">The database was lost while it was made, and did not come back: nobody knows whether it was.</exception>
    /// <exception cref="LeaseLostException">Another process holds <see cref="StoreCommit.Under"/> now; nothing changed.</exception>
    ValueTask<CommitOutcome> Commit(StoreCommit commit, CancellationToken cancel);

    /// <summary>Copies the whole store, while it is in use, into a new file that a restore accepts.</summary>
    ValueTask Backup(string path, CancellationToken cancel);
}

/// <summary>Where a document lives: its kind (<c>escalation</c>) and its id within the kind.</summary>
public readonly record struct DocumentKey(string Kind, string Id);

/// <summary>A document as it is stored: UTF-8 JSON and the version that the next write must name.</summary>
public sealed record StoredDocument(DocumentKey Key, long Version, ReadOnlyMemory<byte> Body);

/// <summary>A document found through an index, with the index key under which it was found.</summary>
public sealed record IndexedDocument(StoredDocument Document, IndexKey At);

/// <summary>
/// A page of an index: entries that begin with <see cref="Prefix"/>, after <see cref="After"/> when it is given; from
/// the end towards the front when <see cref="Backwards"/>, and then “after” is in front of that place.
/// </summary>
/// <param name="Kind">The documents' kind.</param>
/// <param name="Index">The index's name within the kind.</param>
/// <param name="Prefix">What the keys begin with; <see cref="IndexKey.Empty"/> for all.</param>
/// <param name="After">The last entry of the page before; the page starts behind it even when it is gone by now.</param>
/// <param name="Limit">How many at the most.</param>
/// <param name="Backwards">From the last entry towards the first.</param>
public sealed record IndexScan(
    string Kind,
    string Index,
    IndexKey Prefix,
    IndexPosition? After,
    int Limit,
    bool Backwards = false
);

/// <summary>
/// A page of what parts of an index have in common. A document belongs to it when it has, for each of
/// <see cref="AllOf"/>, an entry that begins with one of the prefixes named there and goes on with one and the same
/// rest; by that rest the page is ordered, the id as tie-break.
/// </summary>
/// <param name="Kind">The documents' kind.</param>
/// <param name="Index">The index's name within the kind.</param>
/// <param name="AllOf">For each condition the prefixes that meet it; at least one condition.</param>
/// <param name="After">Rest of the key and id of the last document of the page before.</param>
/// <param name="Limit">How many documents at the most.</param>
/// <param name="Steps">
/// After about so many entries looked up it stops, wherever it is, though never before it got past one more.
/// </param>
public sealed record IndexJoin(
    string Kind,
    string Index,
    IReadOnlyList<IReadOnlyList<IndexKey>> AllOf,
    IndexPosition? After,
    int Limit,
    int Steps
);

/// <summary>What a join has found.</summary>
/// <param name="Items">The documents, each with the rest of the key under which it was found.</param>
/// <param name="StoppedAt">Where it stopped for its number of steps, to go on behind; null when it got to its limit or to the end.</param>
/// <param name="Steps">How many entries were looked up.</param>
public sealed record IndexJoinPage(
    IReadOnlyList<IndexedDocument> Items,
    IndexPosition? StoppedAt,
    int Steps
);

/// <summary>A place in an index: key and id.</summary>
public readonly record struct IndexPosition(IndexKey Key, string Id);

/// <summary>One write of a commit.</summary>
/// <param name="Key">Which document.</param>
/// <param name="ExpectedVersion">The version that was read; 0 when it must not exist yet. The new version is one more.</param>
/// <param name="Body">The new content as UTF-8 JSON; null deletes.</param>
/// <param name="Indexes">All index entries of the new content; those of the old content go.</param>
public sealed record DocumentWrite(
    DocumentKey Key,
    long ExpectedVersion,
    ReadOnlyMemory<byte>? Body,
    IReadOnlyList<IndexEntry> Indexes
);

/// <summary>An entry in an index of the document's kind. A document may have several entries in one index.</summary>
public readonly record struct IndexEntry(string Index, IndexKey Key);

/// <summary>When something falls due; one per kind and id, a later write replaces it. A null time removes it.</summary>
public sealed record DueTime(string Kind, string Id, DateTimeOffset? At);

/// <summary>An effect to be delivered: its stable id, the lane within which order is kept, and what to do as JSON.</summary>
public sealed record OutboxWrite(
    EffectId Id,
    string Lane,
    ReadOnlyMemory<byte> Body,
    DateTimeOffset QueuedAt
);

/// <summary>An effect in the outbox.</summary>
/// <param name="Sequence">Its place in the order of commits.</param>
/// <param name="Effect">What was committed.</param>
/// <param name="Attempts">How often delivery was tried and recorded as failed.</param>
/// <param name="NotBefore">When it may be tried again; null: now.</param>
/// <param name="Problem">Why the last try failed, or why it is parked.</param>
public sealed record QueuedEffect(
    long Sequence,
    OutboxWrite Effect,
    int Attempts,
    DateTimeOffset? NotBefore,
    string? Problem
);

/// <summary>What became of an effect.</summary>
public abstract record OutboxSettlement(EffectId Id)
{
    /// <summary>Mattermost has it: it leaves the outbox.</summary>
    public sealed record Delivered(EffectId Id) : OutboxSettlement(Id);

    /// <summary>It failed and is tried again at a time.</summary>
    public sealed record Postponed(EffectId Id, DateTimeOffset NotBefore, string Problem)
        : OutboxSettlement(Id);

    /// <summary>It can't be delivered as things are; an administrator sees it and can release it.</summary>
    public sealed record Parked(EffectId Id, string Problem) : OutboxSettlement(Id);

    /// <summary>A parked one goes back into the queue at its old place, its attempts forgotten.</summary>
    public sealed record Released(EffectId Id) : OutboxSettlement(Id);
}

/// <summary>An entry of the append-only audit trail.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Actor">Who: a user id, or the name of what did it.</param>
/// <param name="Subject">About what: <c>ESC-12</c>.</param>
/// <param name="Body">What, as UTF-8 JSON.</param>
public sealed record AuditWrite(
    DateTimeOffset At,
    string Actor,
    string Subject,
    ReadOnlyMemory<byte> Body
);

/// <summary>An audit entry with its place in the trail.</summary>
public sealed record RecordedAudit(long Sequence, AuditWrite Entry);

/// <summary>Everything that changes together.</summary>
public sealed record StoreCommit
{
    /// <summary>Documents written or deleted; each key at most once.</summary>
    public IReadOnlyList<DocumentWrite> Documents { get; init; } = [];

    /// <summary>Due times set or removed.</summary>
    public IReadOnlyList<DueTime> Due { get; init; } = [];

    /// <summary>Effects queued for delivery. An id that is already there (delivered or not) is left alone.</summary>
    public IReadOnlyList<OutboxWrite> Outbox { get; init; } = [];

    /// <summary>What became of effects queued before. Settling one that is gone already does nothing.</summary>
    public IReadOnlyList<OutboxSettlement> Settlements { get; init; } = [];

    /// <summary>Entries appended to the audit trail.</summary>
    public IReadOnlyList<AuditWrite> Audit { get; init; } = [];

    /// <summary>The lease that must still be held; null when anybody may make this commit, as on a store of one process.</summary>
    public LeaseToken? Under { get; init; }
}

/// <summary>How a commit ended.</summary>
public abstract record CommitOutcome
{
    private CommitOutcome() { }

    /// <summary>All of it is on disk.</summary>
    /// <param name="Queued">The effects of this commit as they now stand in the outbox, in order.</param>
    public sealed record Committed(IReadOnlyList<QueuedEffect> Queued) : CommitOutcome;

    /// <summary>Nothing was changed: this document is not at the version that the commit expected.</summary>
    public sealed record Conflict(DocumentKey Key) : CommitOutcome;
}

/// <summary>The store can be read but not written: the reason is for an administrator's eyes.</summary>
public sealed class StoreUnwritableException(string message, Exception? inner = null)
    : Exception(message, inner);

/// <summary>
/// The connection was lost while a change was being saved, and what became of it can't be asked. It is there as a whole
/// or not at all; whoever wants to repeat it looks first.
/// </summary>
public sealed class StoreUncertainException(string message, Exception? inner = null)
    : Exception(message, inner);

/// <summary>The store can't be opened: damaged, newer than this program, or in use by another process.</summary>
public sealed class StoreUnusableException(string message, Exception? inner = null)
    : Exception(message, inner);
