using System.Diagnostics;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.Sqlite;

/// <summary>The tables as rows that any engine can take.</summary>
internal static class SqliteRows
{
    private const int AtOnce = 500;

    /// <summary>Every row, table by table, in the order of its key.</summary>
    public static IEnumerable<StoredRow> Read(SqliteConnection database) =>
        Documents(database)
            .Concat(Due(database))
            .Concat(
                BySequence(
                    database,
                    "SELECT sequence, id, state, lane, queued_at, attempts, not_before, problem, body FROM outbox",
                    static row => new StoredRow.EffectRow(
                        row.Number(0),
                        row.Text(1),
                        (int)row.Number(2),
                        row.Text(3),
                        row.Number(4),
                        (int)row.Number(5),
                        row.NumberOrNull(6),
                        row.TextOrNull(7),
                        row.Bytes(8)
                    ),
                    static effect => effect.Sequence
                )
            )
            .Concat(
                BySequence(
                    database,
                    "SELECT sequence, at, actor, subject, body FROM audit",
                    static row => new StoredRow.AuditRow(
                        row.Number(0),
                        row.Number(1),
                        row.Text(2),
                        row.Text(3),
                        row.Bytes(4)
                    ),
                    static entry => entry.Sequence
                )
            )
            .Concat(
                database
                    .Prepared("SELECT series, last FROM numbers ORDER BY series")
                    .All(static row => new StoredRow.NumberRow(row.Text(0), row.Number(1)))
            );

    /// <summary>Makes a store of rows of an empty file; closed and on disk when this returns.</summary>
    public static void WriteFile(string path, IEnumerable<StoredRow> rows, Disk disk)
    {
        using (var database = SqliteConnection.ForWriting(path, disk))
        {
            // Nobody uses it before it is complete.
            database.Execute("PRAGMA synchronous = OFF");
            Schema.Upgrade(database, Schema.Upgrades);
            database.Execute("BEGIN");
            foreach (var row in rows)
            {
                Write(database, row);
            }

            database.Execute("COMMIT");
        }

        disk.Flush(path);
    }

    /// <summary>Writes one into an empty store.</summary>
    public static void Write(SqliteConnection database, StoredRow row)
    {
        switch (row)
        {
            case StoredRow.DocumentRow document:
                Write(database, document);
                break;
            case StoredRow.DueRow due:
                database
                    .Prepared("INSERT INTO due(kind, id, at) VALUES(?1, ?2, ?3)")
                    .With(due.Kind)
                    .With(due.Id)
                    .With(due.At)
                    .Run();
                break;
            case StoredRow.EffectRow effect:
                Write(database, effect);
                break;
            case StoredRow.AuditRow entry:
                database
                    .Prepared(
                        "INSERT INTO audit(sequence, at, actor, subject, body) VALUES(?1, ?2, ?3, ?4, ?5)"
                    )
                    .With(entry.Sequence)
                    .With(entry.At)
                    .With(entry.Actor)
                    .With(entry.Subject)
                    .With(entry.Body)
                    .Run();
                break;
            case StoredRow.NumberRow number:
                database
                    .Prepared("INSERT INTO numbers(series, last) VALUES(?1, ?2)")
                    .With(number.Series)
                    .With(number.Last)
                    .Run();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static IEnumerable<StoredRow> Documents(SqliteConnection database)
    {
        const string rows = "SELECT kind, id, version, entries, body FROM documents";
        const string order = " ORDER BY kind, id LIMIT 500";
        StoredRow.DocumentRow? last = null;
        while (true)
        {
            var query = last is null
                ? database.Prepared(rows + order)
                : database
                    .Prepared(rows + " WHERE (kind, id) > (?1, ?2)" + order)
                    .With(last.Kind)
                    .With(last.Id);
            var page = query.All(static row => new StoredRow.DocumentRow(
                row.Text(0),
                row.Text(1),
                row.Number(2),
                row.Bytes(3),
                row.Bytes(4)
            ));
            foreach (var row in page)
            {
                yield return last = row;
            }

            if (page.Count < AtOnce)
            {
                yield break;
            }
        }
    }

    private static IEnumerable<StoredRow> Due(SqliteConnection database) =>
        database
            .Prepared("SELECT kind, id, at FROM due ORDER BY kind, id")
            .All(static row => new StoredRow.DueRow(row.Text(0), row.Text(1), row.Number(2)));

    private static IEnumerable<StoredRow> BySequence<T>(
        SqliteConnection database,
        string rows,
        Func<Statement, T> read,
        Func<T, long> place
    )
        where T : StoredRow
    {
        var last = 0L;
        while (true)
        {
            var page = database
                .Prepared(rows + " WHERE sequence > ?1 ORDER BY sequence LIMIT 500")
                .With(last)
                .All(read);
            foreach (var row in page)
            {
                last = place(row);
                yield return row;
            }

            if (page.Count < AtOnce)
            {
                yield break;
            }
        }
    }

    private static void Write(SqliteConnection database, StoredRow.DocumentRow document)
    {
        database
            .Prepared(
                "INSERT INTO documents(kind, id, version, entries, body) VALUES(?1, ?2, ?3, ?4, ?5)"
            )
            .With(document.Kind)
            .With(document.Id)
            .With(document.Version)
            .With(document.Entries)
            .With(document.Body)
            .Run();
        foreach (var entry in EntryList.Read(document.Entries))
        {
            database
                .Prepared("INSERT INTO index_entries(kind, name, key, id) VALUES(?1, ?2, ?3, ?4)")
                .With(document.Kind)
                .With(entry.Index)
                .With(entry.Key.Bytes.Span)
                .With(document.Id)
                .Run();
        }
    }

    private static void Write(SqliteConnection database, StoredRow.EffectRow effect)
    {
        var statement = database
            .Prepared(
                "INSERT INTO outbox(sequence, id, state, lane, queued_at, attempts, not_before, body, problem) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
            )
            .With(effect.Sequence)
            .With(effect.Id)
            .With(effect.State)
            .With(effect.Lane)
            .With(effect.QueuedAt)
            .With(effect.Attempts)
            .With(effect.NotBefore)
            .With(effect.Body);
        (
            effect.Problem is { } problem ? statement.With(problem) : statement.With((long?)null)
        ).Run();
    }
}
