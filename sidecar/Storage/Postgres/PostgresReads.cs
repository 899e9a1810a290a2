using Npgsql;

namespace Sidecar.Storage.Postgres;

/// <summary>The questions of the port about documents by id, the trail, the outbox and due times.</summary>
internal sealed class PostgresReads(PostgresReader ask)
{
    private const string AuditColumns = "sequence, at, actor, subject, body";

    public ValueTask<StoredDocument?> Document(DocumentKey key, CancellationToken cancel) =>
        ask.First(
            "SELECT version, body FROM documents WHERE kind = $1 AND id = $2",
            row => new StoredDocument(key, row.GetInt64(0), row.Bytes(1)),
            cancel,
            Sql.Bytes(key.Kind),
            Sql.Bytes(key.Id)
        );

    public ValueTask<IReadOnlyList<string>> Ids(
        string kind,
        string? after,
        int limit,
        CancellationToken cancel
    ) =>
        after is null
            ? ask.All(
                "SELECT id FROM documents WHERE kind = $1 ORDER BY id LIMIT $2",
                static row => row.Text(0),
                cancel,
                Sql.Bytes(kind),
                limit
            )
            : ask.All(
                "SELECT id FROM documents WHERE kind = $1 AND id > $3 ORDER BY id LIMIT $2",
                static row => row.Text(0),
                cancel,
                Sql.Bytes(kind),
                limit,
                Sql.Bytes(after)
            );

    public ValueTask<IReadOnlyList<RecordedAudit>> AuditOf(
        string subject,
        long after,
        int limit,
        CancellationToken cancel
    ) =>
        ask.All(
            $"SELECT {AuditColumns} FROM audit WHERE subject = $1 AND sequence > $2 ORDER BY sequence LIMIT $3",
            AuditRow,
            cancel,
            Sql.Bytes(subject),
            after,
            limit
        );

    public ValueTask<IReadOnlyList<RecordedAudit>> LatestAuditOf(
        string subject,
        long before,
        int limit,
        CancellationToken cancel
    ) =>
        ask.All(
            $"SELECT {AuditColumns} FROM audit WHERE subject = $1 AND sequence < $2 ORDER BY sequence DESC LIMIT $3",
            AuditRow,
            cancel,
            Sql.Bytes(subject),
            before,
            limit
        );

    public ValueTask<IReadOnlyList<RecordedAudit>> Audit(
        long after,
        int limit,
        CancellationToken cancel
    ) =>
        ask.All(
            $"SELECT {AuditColumns} FROM audit WHERE sequence > $1 ORDER BY sequence LIMIT $2",
            AuditRow,
            cancel,
            after,
            limit
        );

    public ValueTask<IReadOnlyList<QueuedEffect>> Effects(
        int state,
        long after,
        int limit,
        CancellationToken cancel
    ) =>
        ask.All(
            $"SELECT {PostgresRows.EffectColumns} FROM outbox WHERE state = $1 AND sequence > $2 ORDER BY sequence LIMIT $3",
            static row => new GroupEffect(PostgresRows.Effect(row), isNew: false).Queued(),
            cancel,
            (short)state,
            after,
            limit
        );

    public ValueTask<IReadOnlyList<DueTime>> Due(
        DateTimeOffset until,
        DueTime? after,
        int limit,
        CancellationToken cancel
    ) =>
        ask.All(
            "SELECT kind, id, at FROM due WHERE at <= $1 AND (at, kind, id) > ($2, $3, $4) ORDER BY at, kind, id LIMIT $5",
            static row => new DueTime(row.Text(0), row.Text(1), Sql.Time(row.GetInt64(2))),
            cancel,
            until.UtcTicks,
            after?.At?.UtcTicks ?? -1,
            Sql.Bytes(after?.Kind ?? ""),
            Sql.Bytes(after?.Id ?? ""),
            limit
        );

    public ValueTask<DateTimeOffset?> NextDue(DateTimeOffset after, CancellationToken cancel) =>
        ask.First(
            "SELECT at FROM due WHERE at > $1 ORDER BY at LIMIT 1",
            static row => (DateTimeOffset?)Sql.Time(row.GetInt64(0)),
            cancel,
            after.UtcTicks
        );

    private static RecordedAudit AuditRow(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            new AuditWrite(Sql.Time(row.GetInt64(1)), row.Text(2), row.Text(3), row.Bytes(4))
        );
}
