using System.Diagnostics;
using Npgsql;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.Postgres;

/// <summary>The tables as rows that any engine can give and take.</summary>
internal static class PostgresRows
{
    public const string EffectColumns =
        "sequence, id, state, lane, queued_at, attempts, not_before, problem, body";

    private const int AtOnce = 500;

    public static StoredRow.EffectRow Effect(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            row.Text(1),
            row.GetInt16(2),
            row.Text(3),
            row.GetInt64(4),
            row.GetInt32(5),
            row.NumberOrNull(6),
            row.TextOrNull(7),
            row.Bytes(8)
        );

    /// <summary>Every row, table by table, in the order of its key; all of one moment when a transaction sees to that.</summary>
    public static IEnumerable<StoredRow> Read(NpgsqlConnection connection) =>
        Table(
                connection,
                "SELECT kind, id, version, entries, body FROM documents ORDER BY kind, id",
                static row =>
                    (StoredRow)
                        new StoredRow.DocumentRow(
                            row.Text(0),
                            row.Text(1),
                            row.GetInt64(2),
                            row.Bytes(3),
                            row.Bytes(4)
                        )
            )
            .Concat(
                Table(
                    connection,
                    "SELECT kind, id, at FROM due ORDER BY kind, id",
                    static row => new StoredRow.DueRow(row.Text(0), row.Text(1), row.GetInt64(2))
                )
            )
            .Concat(
                Table(
                    connection,
                    $"SELECT {EffectColumns} FROM outbox ORDER BY sequence",
                    static row => Effect(row)
                )
            )
            .Concat(
                Table(
                    connection,
                    "SELECT sequence, at, actor, subject, body FROM audit ORDER BY sequence",
                    static row => new StoredRow.AuditRow(
                        row.GetInt64(0),
                        row.GetInt64(1),
                        row.Text(2),
                        row.Text(3),
                        row.Bytes(4)
                    )
                )
            )
            .Concat(
                Table(
                    connection,
                    "SELECT series, last FROM numbers ORDER BY series",
                    static row => new StoredRow.NumberRow(row.Text(0), row.GetInt64(1))
                )
            );

    /// <summary>Writes rows into empty tables; the caller's transaction makes them appear.</summary>
    public static void Write(NpgsqlConnection connection, IEnumerable<StoredRow> rows)
    {
        var (lastEffect, lastAudit) = (0L, 0L);
        foreach (var some in rows.Chunk(AtOnce))
        {
            using var statements = new Statements(connection);
            Write(statements, some);
            statements.Run();
            lastEffect = some.OfType<StoredRow.EffectRow>()
                .Select(e => e.Sequence)
                .Append(lastEffect)
                .Max();
            lastAudit = some.OfType<StoredRow.AuditRow>()
                .Select(e => e.Sequence)
                .Append(lastAudit)
                .Max();
        }

        using var end = new Statements(connection);
        end.Add("UPDATE store SET last_effect = $1, last_audit = $2", lastEffect, lastAudit).Run();
    }

    private static void Write(Statements statements, IReadOnlyCollection<StoredRow> rows)
    {
        List<StoredRow.DocumentRow> documents = [.. rows.OfType<StoredRow.DocumentRow>()];
        GroupWriting.Documents(statements, documents);
        GroupWriting.Entries(
            statements,
            [
                .. documents.SelectMany(document =>
                    EntryList
                        .Read(document.Entries)
                        .Select(entry => (new DocumentKey(document.Kind, document.Id), entry))
                ),
            ]
        );
        GroupWriting.Due(
            statements,
            [
                .. rows.OfType<StoredRow.DueRow>()
                    .Select(due => (new DocumentKey(due.Kind, due.Id), due.At)),
            ]
        );
        GroupWriting.Effects(statements, [.. rows.OfType<StoredRow.EffectRow>()]);
        GroupWriting.Audit(statements, [.. rows.OfType<StoredRow.AuditRow>()]);
        var numbers = rows.OfType<StoredRow.NumberRow>().ToDictionary(n => n.Series, n => n.Last);
        if (numbers.Count > 0)
        {
            GroupWriting.Numbers(statements, numbers);
        }
    }

    private static IEnumerable<StoredRow> Table(
        NpgsqlConnection connection,
        string sql,
        Func<NpgsqlDataReader, StoredRow> read
    )
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return read(rows);
        }
    }
}
