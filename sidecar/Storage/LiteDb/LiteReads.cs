using LiteDB;

namespace Sidecar.Storage.LiteDb;

/// <summary>The questions of the port, asked behind the gate: nothing is committed meanwhile, so each sees one moment.</summary>
internal static class LiteReads
{
    // The first byte of a key that begins with a number which is not negative is below this.
    private static readonly byte[] BehindNumbers = [0x80];

    public static StoredDocument? Document(LiteFile file, DocumentKey key)
    {
        if (file.Find(LiteCollections.Documents, LiteDocuments.IdOf(key)) is not { } found)
        {
            return null;
        }

        Checksum.Verified(found, LiteCollections.Documents);
        return new StoredDocument(key, found["v"].AsInt64, found["b"].AsBinary);
    }

    public static IReadOnlyList<string> Ids(LiteFile file, string kind, string? after, int limit)
    {
        var head = LiteKey.Of(kind);
        var from = after is null ? head.Bytes() : LiteKey.Of(kind, after).Behind();
        return
        [
            .. file.Range(LiteCollections.Documents, "_id", from, head.BehindAll(), idOnly: true)
                .Take(limit)
                .Select(found => LiteKey.TextAt(found["_id"].AsBinary, 1)),
        ];
    }

    public static IReadOnlyList<RecordedAudit> AuditOf(
        LiteFile file,
        string subject,
        long after,
        int limit
    ) => AuditBetween(file, subject, after + 1, long.MaxValue, backwards: false, limit);

    public static IReadOnlyList<RecordedAudit> LatestAuditOf(
        LiteFile file,
        string subject,
        long before,
        int limit
    ) => AuditBetween(file, subject, 1, before, backwards: true, limit);

    public static IReadOnlyList<RecordedAudit> Audit(LiteFile file, long after, int limit) =>
        [
            .. file.Range(LiteCollections.Audit, "_id", after + 1, long.MaxValue)
                .Take(limit)
                .Select(LiteDocuments.Audit),
        ];

    /// <summary>Effects in a state, in order.</summary>
    public static IReadOnlyList<QueuedEffect> Effects(
        LiteFile file,
        int state,
        long after,
        int limit
    ) =>
        [
            .. file.Range(
                    LiteCollections.Outbox,
                    "k",
                    LiteDocuments.StateKey(state, after + 1),
                    LiteDocuments.StateKey(state + 1, 0)
                )
                .Take(limit)
                .Select(static row => LiteDocuments.Queued(LiteDocuments.Effect(row))),
        ];

    public static IReadOnlyList<DueTime> Due(
        LiteFile file,
        DateTimeOffset until,
        DueTime? after,
        int limit
    ) =>
        [
            .. file.Range(
                    LiteCollections.Due,
                    "k",
                    after is { At: { } at }
                        ? new LiteKey().Then(at.UtcTicks).Then(after.Kind).Then(after.Id).Behind()
                        : [0],
                    new LiteKey().Then(until.UtcTicks + 1).Bytes()
                )
                .Take(limit)
                .Select(LiteDocuments.Due),
        ];

    public static DateTimeOffset? NextDue(LiteFile file, DateTimeOffset after) =>
        file.Range(
                LiteCollections.Due,
                "k",
                new LiteKey().Then(after.UtcTicks + 1).Bytes(),
                BehindNumbers
            )
            .Select(static row => LiteDocuments.Due(row).At)
            .FirstOrDefault();

    /// <summary>The largest number among a collection's ids; 0 when it is empty.</summary>
    public static long Last(LiteFile file, string collection) =>
        file.Range(collection, "_id", 0L, long.MaxValue, backwards: true, idOnly: true)
            .Select(static found => found["_id"].AsInt64)
            .FirstOrDefault();

    public static IReadOnlyList<(string Series, long Last)> Numbers(LiteFile file) =>
        [
            .. All(file, LiteCollections.Numbers)
                .Select(static row => Checksum.Verified(row, LiteCollections.Numbers))
                .Select(static row =>
                    (System.Text.Encoding.UTF8.GetString(row["_id"].AsBinary), row["n"].AsInt64)
                ),
        ];

    /// <summary>A collection in the order of its ids.</summary>
    public static IEnumerable<BsonDocument> All(LiteFile file, string collection) =>
        file.Range(collection, "_id", BsonValue.MinValue, BsonValue.MaxValue);

    private static IReadOnlyList<RecordedAudit> AuditBetween(
        LiteFile file,
        string subject,
        long from,
        long before,
        bool backwards,
        int limit
    ) =>
        [
            .. file.Range(
                    LiteCollections.Audit,
                    "k",
                    LiteKey.Of(subject).Then(from).Bytes(),
                    LiteKey.Of(subject).Then(before).Bytes(),
                    backwards
                )
                .Take(limit)
                .Select(LiteDocuments.Audit),
        ];
}
