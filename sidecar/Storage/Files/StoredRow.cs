namespace Sidecar.Storage.Files;

/// <summary>
/// One row of a store, as every engine can give and take it: what a copy into another engine is made of. Times are
/// ticks of 100 ns, UTC.
/// </summary>
internal abstract record StoredRow
{
    private StoredRow() { }

    /// <summary>A document with its index entries, as <see cref="EntryList"/> writes them.</summary>
    public sealed record DocumentRow(
        string Kind,
        string Id,
        long Version,
        byte[] Entries,
        byte[] Body
    ) : StoredRow;

    /// <summary>A due time.</summary>
    public sealed record DueRow(string Kind, string Id, long At) : StoredRow;

    /// <summary>An effect: 0 waiting, 1 parked, 2 delivered and remembered.</summary>
    public sealed record EffectRow(
        long Sequence,
        string Id,
        int State,
        string Lane,
        long QueuedAt,
        int Attempts,
        long? NotBefore,
        string? Problem,
        byte[] Body
    ) : StoredRow;

    /// <summary>An entry of the audit trail.</summary>
    public sealed record AuditRow(long Sequence, long At, string Actor, string Subject, byte[] Body)
        : StoredRow;

    /// <summary>How far a series of numbers has been given out.</summary>
    public sealed record NumberRow(string Series, long Last) : StoredRow;
}
