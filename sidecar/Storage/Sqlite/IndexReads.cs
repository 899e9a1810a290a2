namespace Sidecar.Storage.Sqlite;

/// <summary>Pages and counts of an index: ranges of keys from a prefix up to the first key behind it.</summary>
internal static class IndexReads
{
    private const string Page =
        // CROSS JOIN: walk the index in its order and look the documents up, never the other way round.
        "SELECT e.key, e.id, d.version, d.body FROM index_entries e CROSS JOIN documents d "
        + "ON d.kind = e.kind AND d.id = e.id WHERE e.kind = ?1 AND e.name = ?2";

    private const string InOrder = " ORDER BY e.key, e.id LIMIT ?3";
    private const string FromKey = " AND e.key >= ?4";
    private const string BehindEntry = " AND (e.key, e.id) > (?4, ?5)";

    private const string FirstPage = Page + FromKey + " AND e.key < ?5" + InOrder;
    private const string FirstPageToEnd = Page + FromKey + InOrder;
    private const string NextPage = Page + BehindEntry + " AND e.key < ?6" + InOrder;
    private const string NextPageToEnd = Page + BehindEntry + InOrder;

    private const string Entries =
        "SELECT count(*) FROM (SELECT 1 FROM index_entries WHERE kind = ?1 AND name = ?2 AND key >= ?4";

    private const string CountRange = Entries + " AND key < ?5 LIMIT ?3)";
    private const string CountToEnd = Entries + " LIMIT ?3)";

    public static IReadOnlyList<IndexedDocument> Scan(Connection database, IndexScan scan)
    {
        var end = scan.Prefix.Next();
        // A cursor in front of the prefix starts at the prefix.
        var behind =
            scan.After is { } after && after.Key >= scan.Prefix ? after : default(IndexPosition?);
        var query = database
            .Prepared(
                (behind, end) switch
                {
                    (null, null) => FirstPageToEnd,
                    (null, _) => FirstPage,
                    (_, null) => NextPageToEnd,
                    _ => NextPage,
                }
            )
            .With(scan.Kind)
            .With(scan.Index)
            .With(scan.Limit)
            .With((behind?.Key ?? scan.Prefix).Bytes.Span);
        if (behind is { } entry)
        {
            query.With(entry.Id);
        }

        if (end is { } stop)
        {
            query.With(stop.Bytes.Span);
        }

        return query.All(row => Found(row, scan.Kind));
    }

    public static int Count(
        Connection database,
        string kind,
        string index,
        IndexKey prefix,
        int atMost
    )
    {
        var end = prefix.Next();
        var query = database
            .Prepared(end is null ? CountToEnd : CountRange)
            .With(kind)
            .With(index)
            .With(atMost)
            .With(prefix.Bytes.Span);
        if (end is { } stop)
        {
            query.With(stop.Bytes.Span);
        }

        return (int)query.First(static row => row.Number(0));
    }

    private static IndexedDocument Found(Statement row, string kind) =>
        new(
            new StoredDocument(new DocumentKey(kind, row.Text(1)), row.Number(2), row.Bytes(3)),
            IndexKey.FromBytes(row.Bytes(0))
        );
}
