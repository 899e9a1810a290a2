using System.Diagnostics;
using LiteDB;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>The collections as rows that any engine can take.</summary>
internal static class LiteRows
{
    private const int AtOnce = 200;
    private const int PagesPerCheckpoint = 4000;

    /// <summary>Every row, collection by collection, in the order of its key.</summary>
    /// <exception cref="StoreDamagedException">One is not what was written.</exception>
    public static IEnumerable<StoredRow> Read(LiteFile file) =>
        Pages(file, Collections.Documents)
            .Select(static StoredRow (row) => Document(row))
            .Concat(Pages(file, Collections.Due).Select(static StoredRow (row) => Due(row)))
            .Concat(
                Pages(file, Collections.Outbox).Select(static StoredRow (row) => Rows.Effect(row))
            )
            .Concat(Pages(file, Collections.Audit).Select(static StoredRow (row) => Audit(row)))
            .Concat(
                LiteReads
                    .Numbers(file)
                    .Select(
                        static StoredRow (number) =>
                            new StoredRow.Number(number.Series, number.Last)
                    )
            );

    /// <summary>Writes all of them into an empty file that nobody else uses.</summary>
    public static void Write(LiteFile file, IEnumerable<StoredRow> rows)
    {
        foreach (var some in rows.Chunk(AtOnce))
        {
            file.Engine.BeginTrans();
            foreach (var kind in some.GroupBy(static row => row.GetType()))
            {
                file.Insert(CollectionOf(kind.First()), [.. kind.Select(RowOf)]);
            }

            file.Insert(
                Collections.Entries,
                [.. some.OfType<StoredRow.Document>().SelectMany(EntriesOf)]
            );
            file.Engine.Commit();
            file.Log.Flush();
            if (file.Log.Pages > PagesPerCheckpoint)
            {
                file.Checkpoint();
            }
        }
    }

    // Page by page, each read to its end: an open question would hold LiteDB up for everybody else.
    private static IEnumerable<BsonDocument> Pages(LiteFile file, string collection)
    {
        BsonValue behind = BsonValue.MinValue;
        while (true)
        {
            var page = file.Range(collection, "_id", behind, BsonValue.MaxValue)
                .Where(row => row["_id"] != behind)
                .Take(AtOnce)
                .ToList();
            if (page.Count == 0)
            {
                yield break;
            }

            foreach (var row in page)
            {
                yield return row;
            }

            behind = page[^1]["_id"];
        }
    }

    private static StoredRow.Document Document(BsonDocument row)
    {
        Checksum.Verified(row, Collections.Documents);
        var id = row["_id"].AsBinary;
        return new StoredRow.Document(
            Key.TextAt(id, 0),
            Key.TextAt(id, 1),
            row["v"].AsInt64,
            row["e"].AsBinary,
            row["b"].AsBinary
        );
    }

    private static StoredRow.Due Due(BsonDocument row)
    {
        var due = Rows.Due(row);
        return new StoredRow.Due(due.Kind, due.Id, row["t"].AsInt64);
    }

    private static StoredRow.Audit Audit(BsonDocument row)
    {
        var (sequence, entry) = Rows.Audit(row);
        return new StoredRow.Audit(
            sequence,
            row["t"].AsInt64,
            entry.Actor,
            entry.Subject,
            row["b"].AsBinary
        );
    }

    private static string CollectionOf(StoredRow row) =>
        row switch
        {
            StoredRow.Document => Collections.Documents,
            StoredRow.Due => Collections.Due,
            StoredRow.Effect => Collections.Outbox,
            StoredRow.Audit => Collections.Audit,
            StoredRow.Number => Collections.Numbers,
            _ => throw new UnreachableException(),
        };

    private static BsonDocument RowOf(StoredRow row) =>
        row switch
        {
            StoredRow.Document document => Rows.Document(
                Key.Of(document.Kind, document.Id).Bytes(),
                document.Version,
                document.Entries,
                document.Body
            ),
            StoredRow.Due due => Rows.Due(due.Kind, due.Id, due.At),
            StoredRow.Effect effect => Rows.Effect(effect),
            StoredRow.Audit entry => Rows.Audit(
                entry.Sequence,
                entry.At,
                entry.Actor,
                entry.Subject,
                entry.Body
            ),
            StoredRow.Number number => Rows.Number(number.Series, number.Last),
            _ => throw new UnreachableException(),
        };

    private static IEnumerable<BsonDocument> EntriesOf(StoredRow.Document document) =>
        EntryList
            .Read(document.Entries)
            .Select(entry => new BsonDocument
            {
                ["_id"] = Rows.Entry(document.Kind, entry.Index, entry.Key, document.Id).Bytes(),
            });
}
