using LiteDB;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>
/// Looks at everything in a store, in small steps, while it may be in use: each page, the checksum of each row, that
/// each document has its entries and each entry its document.
/// </summary>
internal sealed class ContentCheck
{
    private const int PagesAtOnce = 128;
    private const int RowsAtOnce = 40;

    private static readonly string[] Walked =
    [
        LiteCollections.Documents,
        LiteCollections.Entries,
        LiteCollections.Due,
        LiteCollections.Outbox,
        LiteCollections.Audit,
        LiteCollections.Numbers,
    ];

    private long _page;
    private int _collection;
    private BsonValue _behind = BsonValue.MinValue;

    /// <summary>Looks at everything that is left.</summary>
    /// <exception cref="StoreDamagedException">Something is not what was written.</exception>
    public void Finish(LiteFile file, CancellationToken cancel)
    {
        while (Step(file))
        {
            cancel.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Looks at all pages of the data file.</summary>
    public void FinishPages(LiteFile file)
    {
        while (_page < file.Data.Pages)
        {
            Pages(file);
        }
    }

    /// <summary>Looks at a little more, behind the gate.</summary>
    /// <returns>False when there is nothing left.</returns>
    public bool Step(LiteFile file)
    {
        if (_page < file.Data.Pages)
        {
            Pages(file);
            return true;
        }

        if (_collection == Walked.Length)
        {
            return false;
        }

        var rows = file.Range(Walked[_collection], "_id", _behind, BsonValue.MaxValue)
            .Where(row => row["_id"] != _behind)
            .Take(RowsAtOnce)
            .ToList();
        if (rows.Count == 0)
        {
            _collection++;
            _behind = BsonValue.MinValue;
            return true;
        }

        foreach (var row in rows)
        {
            Row(file, Walked[_collection], row);
        }

        _behind = rows[^1]["_id"];
        return true;
    }

    private void Pages(LiteFile file)
    {
        Span<byte> page = stackalloc byte[Checksum.PageSize];
        for (var i = 0; i < PagesAtOnce && _page < file.Data.Pages; i++, _page++)
        {
            // After a checkpoint that failed the log has the whole page.
            if (
                !file.Data.TryRead(_page, page) && !Replay.Latest(file.Log).ContainsKey((uint)_page)
            )
            {
                throw new StoreDamagedException($"page {_page} is not what was written");
            }
        }
    }

    private static void Row(LiteFile file, string collection, BsonDocument row)
    {
        switch (collection)
        {
            case LiteCollections.Documents:
                Checksum.Verified(row, collection);
                HasItsEntries(file, row);
                break;
            case LiteCollections.Entries:
                HasItsDocument(file, row["_id"].AsBinary);
                break;
            default:
                Checksum.Verified(row, collection);
                break;
        }
    }

    private static void HasItsEntries(LiteFile file, BsonDocument row)
    {
        var id = row["_id"].AsBinary;
        var (kind, name) = (LiteKey.TextAt(id, 0), LiteKey.TextAt(id, 1));
        foreach (var entry in EntryList.Read(row["e"].AsBinary))
        {
            var key = LiteDocuments.Entry(kind, entry.Index, entry.Key, name).Bytes();
            if (file.Find(LiteCollections.Entries, key) is null)
            {
                throw new StoreDamagedException($"the index {entry.Index} lacks {kind} {name}");
            }
        }
    }

    private static void HasItsDocument(LiteFile file, byte[] entry)
    {
        ReadOnlySpan<byte> rest = entry;
        var kind = System.Text.Encoding.UTF8.GetString(LiteKey.Part(ref rest));
        var index = System.Text.Encoding.UTF8.GetString(LiteKey.Part(ref rest));
        var key = IndexKey.FromBytes(LiteKey.Part(ref rest));
        var id = System.Text.Encoding.UTF8.GetString(LiteKey.Part(ref rest));
        var document = file.Find(LiteCollections.Documents, LiteKey.Of(kind, id).Bytes());
        if (
            document is null
            || !EntryList.Read(document["e"].AsBinary).Contains(new IndexEntry(index, key))
        )
        {
            throw new StoreDamagedException(
                $"the index {index} has an entry of {kind} {id} that should not be there"
            );
        }
    }
}
