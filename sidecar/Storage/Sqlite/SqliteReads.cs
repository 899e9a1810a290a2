using Sidecar.Ids;

namespace Sidecar.Storage.Sqlite;

/// <summary>
/// The questions of the port, asked of one connection. Each is one statement, so it sees one moment; each names the
/// index it walks, so it costs what it returns.
/// </summary>
internal static class SqliteReads
{
    private const string Waiting = "0";
    private const string Parked = "1";

    private const string EffectColumns =
        "sequence, id, lane, body, queued_at, attempts, not_before, problem";

    private const string WaitingEffects =
        $"SELECT {EffectColumns} FROM outbox INDEXED BY outbox_state WHERE state = {Waiting} AND sequence > ?1 ORDER BY sequence LIMIT ?2";

    private const string ParkedOnes =
        $"SELECT {EffectColumns} FROM outbox INDEXED BY outbox_state WHERE state = {Parked} AND sequence > ?1 ORDER BY sequence LIMIT ?2";

    public static StoredDocument? Document(SqliteConnection database, DocumentKey key) =>
        database
            .Prepared("SELECT version, body FROM documents WHERE kind = ?1 AND id = ?2")
            .With(key.Kind)
            .With(key.Id)
            .First(row => new StoredDocument(key, row.Number(0), row.Bytes(1)));

    public static IReadOnlyList<string> Ids(
        SqliteConnection database,
        string kind,
        string? after,
        int limit
    ) =>
        (
            after is null
                ? database
                    .Prepared("SELECT id FROM documents WHERE kind = ?1 ORDER BY id LIMIT ?2")
                    .With(kind)
                : database
                    .Prepared(
                        "SELECT id FROM documents WHERE kind = ?1 AND id > ?2 ORDER BY id LIMIT ?3"
                    )
                    .With(kind)
                    .With(after)
        )
            .With(limit)
            .All(static row => row.Text(0));

    public static IReadOnlyList<RecordedAudit> AuditOf(
        SqliteConnection database,
        string subject,
        long after,
        int limit
    ) =>
        database
            .Prepared(
                """
                SELECT sequence, at, actor, subject, body FROM audit INDEXED BY audit_subject
                WHERE subject = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3
                """
            )
            .With(subject)
            .With(after)
            .With(limit)
            .All(AuditRow);

    public static IReadOnlyList<RecordedAudit> LatestAuditOf(
        SqliteConnection database,
        string subject,
        long before,
        int limit
    ) =>
        database
            .Prepared(
                """
                SELECT sequence, at, actor, subject, body FROM audit INDEXED BY audit_subject
                WHERE subject = ?1 AND sequence < ?2 ORDER BY sequence DESC LIMIT ?3
                """
            )
            .With(subject)
            .With(before)
            .With(limit)
            .All(AuditRow);

    public static IReadOnlyList<RecordedAudit> Audit(
        SqliteConnection database,
        long after,
        int limit
    ) =>
        database
            .Prepared(
                "SELECT sequence, at, actor, subject, body FROM audit WHERE sequence > ?1 ORDER BY sequence LIMIT ?2"
            )
            .With(after)
            .With(limit)
            .All(AuditRow);

    public static IReadOnlyList<QueuedEffect> Outbox(
        SqliteConnection database,
        long after,
        int limit
    ) => Effects(database.Prepared(WaitingEffects), after, limit);

    public static IReadOnlyList<QueuedEffect> ParkedEffects(
        SqliteConnection database,
        long after,
        int limit
    ) => Effects(database.Prepared(ParkedOnes), after, limit);

    /// <summary>The effect of this id when it waits for delivery.</summary>
    public static QueuedEffect? WaitingEffect(SqliteConnection database, EffectId id) =>
        database
            .Prepared($"SELECT {EffectColumns} FROM outbox WHERE id = ?1 AND state = {Waiting}")
            .With(id.Value)
            .First(EffectRow);

    public static IReadOnlyList<DueTime> Due(
        SqliteConnection database,
        DateTimeOffset until,
        DueTime? after,
        int limit
    ) =>
        database
            .Prepared(
                """
                SELECT kind, id, at FROM due INDEXED BY due_at
                WHERE at <= ?1 AND (at, kind, id) > (?2, ?3, ?4) ORDER BY at, kind, id LIMIT ?5
                """
            )
            .With(until.UtcTicks)
            .With(after?.At?.UtcTicks ?? -1)
            .With(after?.Kind ?? "")
            .With(after?.Id ?? "")
            .With(limit)
            .All(static row => new DueTime(row.Text(0), row.Text(1), Time(row.Number(2))));

    public static DateTimeOffset? NextDue(SqliteConnection database, DateTimeOffset after) =>
        database
            .Prepared("SELECT at FROM due INDEXED BY due_at WHERE at > ?1 ORDER BY at LIMIT 1")
            .With(after.UtcTicks)
            .First(static row => (DateTimeOffset?)Time(row.Number(0)));

    private static IReadOnlyList<QueuedEffect> Effects(Statement query, long after, int limit) =>
        query.With(after).With(limit).All(EffectRow);

    private static RecordedAudit AuditRow(Statement row) =>
        new(
            row.Number(0),
            new AuditWrite(Time(row.Number(1)), row.Text(2), row.Text(3), row.Bytes(4))
        );

    private static QueuedEffect EffectRow(Statement row) =>
        new(
            row.Number(0),
            new OutboxWrite(
                EffectId.From(row.Text(1)),
                row.Text(2),
                row.Bytes(3),
                Time(row.Number(4))
            ),
            (int)row.Number(5),
            row.NumberOrNull(6) is { } ticks ? Time(ticks) : null,
            row.TextOrNull(7)
        );

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
