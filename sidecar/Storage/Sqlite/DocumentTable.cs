using Sidecar.Storage.Files;

namespace Sidecar.Storage.Sqlite;

/// <summary>Writes documents with their index entries, inside the writer's transaction.</summary>
internal sealed class DocumentTable(SqliteConnection database)
{
    /// <summary>What is there of a document before it is written.</summary>
    internal readonly record struct Present(long Number, long Version, byte[] Entries);

    /// <summary>The row of a document that is at the expected version; false when it is at another.</summary>
    public bool TryExpect(DocumentWrite write, out Present present)
    {
        present = database
            .Prepared("SELECT number, version, entries FROM documents WHERE kind = ?1 AND id = ?2")
            .With(write.Key.Kind)
            .With(write.Key.Id)
            .First(static row => new Present(row.Number(0), row.Number(1), row.Bytes(2)));
        return present.Version == write.ExpectedVersion;
    }

    /// <summary>Inserts, updates or deletes; touches only index entries that change.</summary>
    public void Apply(DocumentWrite write, Present present)
    {
        var entries = write.Body is null ? [] : EntryList.Write(write.Indexes);
        var (gone, come) = EntryList.Differ(present.Entries, entries);
        foreach (var entry in gone)
        {
            ChangeEntry(
                "DELETE FROM index_entries WHERE kind = ?1 AND name = ?2 AND key = ?3 AND id = ?4",
                write.Key,
                entry
            );
        }

        foreach (var entry in come)
        {
            ChangeEntry(
                "INSERT INTO index_entries(kind, name, key, id) VALUES(?1, ?2, ?3, ?4)",
                write.Key,
                entry
            );
        }

        if (write.Body is { } body)
        {
            Put(write, present, entries, body.Span);
        }
        else if (present.Version > 0)
        {
            database.Prepared("DELETE FROM documents WHERE number = ?1").With(present.Number).Run();
        }
    }

    private void Put(
        DocumentWrite write,
        Present present,
        ReadOnlySpan<byte> entries,
        ReadOnlySpan<byte> body
    )
    {
        if (present.Version > 0)
        {
            database
                .Prepared(
                    "UPDATE documents SET version = ?1, entries = ?2, body = ?3 WHERE number = ?4"
                )
                .With(write.ExpectedVersion + 1)
                .With(entries)
                .With(body)
                .With(present.Number)
                .Run();
            return;
        }

        database
            .Prepared(
                "INSERT INTO documents(kind, id, version, entries, body) VALUES(?1, ?2, 1, ?3, ?4)"
            )
            .With(write.Key.Kind)
            .With(write.Key.Id)
            .With(entries)
            .With(body)
            .Run();
    }

    private void ChangeEntry(string sql, DocumentKey document, IndexEntry entry) =>
        database
            .Prepared(sql)
            .With(document.Kind)
            .With(entry.Index)
            .With(entry.Key.Bytes.Span)
            .With(document.Id)
            .Run();
}
