using System.Text;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>Questions about indexes, read from the entries' own keys.</summary>
internal sealed class IndexReads : IJoinSource
{
    private readonly LiteFile _file;

    private IndexReads(LiteFile file) => _file = file;

    public static IReadOnlyList<IndexedDocument> Scan(LiteFile file, IndexScan scan)
    {
        var (from, before) = RangeOf(scan.Kind, scan.Index, scan.Prefix);
        if (scan.After is { } after)
        {
            var place = LiteDocuments.Entry(scan.Kind, scan.Index, after.Key, after.Id);
            if (scan.Backwards)
            {
                before = Lesser(before, place.Bytes());
            }
            else
            {
                from = Greater(from, place.Behind());
            }
        }

        var found = new List<IndexedDocument>();
        // Read to the end before anything else is asked: the conditions are prepared once and shared.
        foreach (var place in Places(file, from, before, scan.Backwards).Take(scan.Limit).ToList())
        {
            if (LiteReads.Document(file, new DocumentKey(scan.Kind, place.Id)) is { } document)
            {
                found.Add(new IndexedDocument(document, place.Key));
            }
        }

        return found;
    }

    public static int Count(LiteFile file, string kind, string index, IndexKey prefix, int atMost)
    {
        var (from, before) = RangeOf(kind, index, prefix);
        return CountOf(file, from, before, atMost);
    }

    public static int CountBefore(
        LiteFile file,
        string kind,
        string index,
        IndexKey prefix,
        IndexPosition place,
        int atMost
    )
    {
        var (from, before) = RangeOf(kind, index, prefix);
        var stop = LiteDocuments.Entry(kind, index, place.Key, place.Id).Bytes();
        return CountOf(file, from, Lesser(before, stop), atMost);
    }

    public static IReadOnlyList<IndexKey> TextsUnder(
        LiteFile file,
        string kind,
        string index,
        IndexKey prefix,
        int atMost
    )
    {
        var texts = new List<IndexKey>();
        var (from, before) = RangeOf(kind, index, prefix);
        while (
            texts.Count < atMost
            && Places(file, from, before).FirstOrDefault() is { Id: not null } place
        )
        {
            var text = place.Key.UpToText(prefix);
            texts.Add(text);
            from = Start(kind, index, text).BehindAll();
        }

        return texts;
    }

    public static IndexJoinPage Join(LiteFile file, IndexJoin join) =>
        LeapingJoin.Read(new IndexReads(file), join);

    /// <inheritdoc/>
    public StoredDocument? Document(DocumentKey key) => LiteReads.Document(_file, key);

    /// <inheritdoc/>
    public IndexPosition? FirstUnder(
        IndexJoin join,
        IndexKey prefix,
        IndexPosition place,
        bool isIn
    )
    {
        var (from, before) = RangeOf(join.Kind, join.Index, prefix);
        var start = LiteDocuments.Entry(
            join.Kind,
            join.Index,
            prefix.Then(place.Key),
            place.Id ?? ""
        );
        var found = Places(_file, Greater(from, isIn ? start.Bytes() : start.Behind()), before)
            .FirstOrDefault();
        return found.Id is null
            ? null
            : new IndexPosition(
                IndexKey.FromBytes(found.Key.Bytes.Span[prefix.Bytes.Length..].ToArray()),
                found.Id
            );
    }

    private static int CountOf(LiteFile file, byte[] from, byte[] before, int atMost) =>
        file.Range(LiteCollections.Entries, "_id", from, before, idOnly: true).Take(atMost).Count();

    private static IEnumerable<IndexPosition> Places(
        LiteFile file,
        byte[] from,
        byte[] before,
        bool backwards = false
    ) =>
        file.Range(LiteCollections.Entries, "_id", from, before, backwards, idOnly: true)
            .Select(found =>
            {
                ReadOnlySpan<byte> rest = found["_id"].AsBinary;
                LiteKey.Part(ref rest);
                LiteKey.Part(ref rest);
                var key = LiteKey.Part(ref rest);
                return new IndexPosition(
                    IndexKey.FromBytes(key),
                    Encoding.UTF8.GetString(LiteKey.Part(ref rest))
                );
            });

    private static LiteKey Start(string kind, string index, IndexKey prefix) =>
        LiteKey.Of(kind, index).ThenStart(prefix.Bytes.Span);

    private static (byte[] From, byte[] Before) RangeOf(string kind, string index, IndexKey prefix)
    {
        var start = Start(kind, index, prefix);
        return (start.Bytes(), start.BehindAll());
    }

    private static byte[] Greater(byte[] left, byte[] right) =>
        left.AsSpan().SequenceCompareTo(right) >= 0 ? left : right;

    private static byte[] Lesser(byte[] left, byte[] right) =>
        left.AsSpan().SequenceCompareTo(right) <= 0 ? left : right;
}
