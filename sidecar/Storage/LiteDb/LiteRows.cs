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
        Pages(file, LiteCollections.Documents)
            .Select(static StoredRow (row) => Document(row))
            .Concat(Pages(file, LiteCollections.Due).Select(static StoredRow (row) => Due(row)))
            .Concat(
                Pages(file, LiteCollections.Outbox)
                    .Select(static StoredRow (row) => LiteDocuments.Effect(row))
            )
            .Concat(Pages(file, LiteCollections.Audit).Select(static StoredRow (row) => Audit(row)))
            .Concat(
                LiteReads
                    .Numbers(file)
                    .Select(
                        static StoredRow (number) =>
                            new StoredRow.NumberRow(number.Series, number.Last)
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
                LiteCollections.Entries,
                [.. some.OfType<StoredRow.DocumentRow>().SelectMany(EntriesOf)]
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

    private static StoredRow.DocumentRow Document(BsonDocument row)
    {
        Checksum.Verified(row, LiteCollections.Documents);
        var id = row["_id"].AsBinary;
        return new StoredRow.DocumentRow(
            LiteKey.TextAt(id, 0),
            LiteKey.TextAt(id, 1),
            row["v"].AsInt64,
            row["e"].AsBinary,
            row["b"].AsBinary
        );
    }

    private static StoredRow.DueRow Due(BsonDocument row)
    {
        var due = LiteDocuments.Due(row);
        return new StoredRow.DueRow(due.Kind, due.Id, row["t"].AsInt64);
    }

    private static StoredRow.AuditRow Audit(BsonDocument row)
    {
        var (sequence, entry) = LiteDocuments.Audit(row);
        return new StoredRow.AuditRow(
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
            StoredRow.DocumentRow => LiteCollections.Documents,
            StoredRow.DueRow => LiteCollections.Due,
            StoredRow.EffectRow => LiteCollections.Outbox,
            StoredRow.AuditRow => LiteCollections.Audit,
            StoredRow.NumberRow => LiteCollections.Numbers,
            _ => throw new UnreachableException(),
        };

    private static BsonDocument RowOf(StoredRow row) =>
        row switch
        {
            StoredRow.DocumentRow document => LiteDocuments.Document(
                LiteKey.Of(document.Kind, document.Id).Bytes(),
                document.Version,
                document.Entries,
                document.Body
            ),
            StoredRow.DueRow due => LiteDocuments.Due(due.Kind, due.Id, due.At),
            StoredRow.EffectRow effect => LiteDocuments.Effect(effect),
            StoredRow.AuditRow entry => LiteDocuments.Audit(
                entry.Sequence,
                entry.At,
                entry.Actor,
                entry.Subject,
                entry.Body
            ),
            StoredRow.NumberRow number => LiteDocuments.Number(number.Series, number.Last),
            _ => throw new UnreachableException(),
        };

    private static IEnumerable<BsonDocument> EntriesOf(StoredRow.DocumentRow document) =>
        EntryList
            .Read(document.Entries)
            .Select(entry => new BsonDocument
            {
                ["_id"] = LiteDocuments
                    .Entry(document.Kind, entry.Index, entry.Key, document.Id)
                    .Bytes(),
            });
}
