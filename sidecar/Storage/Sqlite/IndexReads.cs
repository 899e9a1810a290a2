namespace Sidecar.Storage.Sqlite;

/// <summary>Pages and counts of an index: ranges of keys from a prefix up to the first key behind it.</summary>
internal static class IndexReads
{
    private const string Page =
        // CROSS JOIN: walk the index in its order and look the documents up, never the other way round.
        "SELECT e.key, e.id, d.version, d.body FROM index_entries e CROSS JOIN documents d "
        + "ON d.kind = e.kind AND d.id = e.id WHERE e.kind = ?1 AND e.name = ?2";

    private const string FromKey = " AND e.key >= ?4";
    private const string InOrder = " ORDER BY e.key, e.id LIMIT ?3";
    private const string InReverse = " ORDER BY e.key DESC, e.id DESC LIMIT ?3";

    private const string FirstPage = Page + FromKey + " AND e.key < ?5" + InOrder;
    private const string FirstPageToEnd = Page + FromKey + InOrder;
    private const string NextPage = Page + " AND (e.key, e.id) > (?4, ?5) AND e.key < ?6" + InOrder;
    private const string NextPageToEnd = Page + " AND (e.key, e.id) > (?4, ?5)" + InOrder;

    private const string LastPage = Page + FromKey + " AND e.key < ?5" + InReverse;
    private const string LastPageFromEnd = Page + FromKey + InReverse;
    private const string PageBefore = Page + FromKey + " AND (e.key, e.id) < (?5, ?6)" + InReverse;

    private const string Entries =
        "SELECT count(*) FROM (SELECT 1 FROM index_entries WHERE kind = ?1 AND name = ?2 AND key >= ?4";

    private const string CountRange = Entries + " AND key < ?5 LIMIT ?3)";
    private const string CountToEnd = Entries + " LIMIT ?3)";
    private const string CountToPlace = Entries + " AND (key, id) < (?5, ?6) LIMIT ?3)";

    private const string FirstKey =
        "SELECT key FROM index_entries WHERE kind = ?1 AND name = ?2 AND key >= ?4";

    private const string FirstKeyBefore = FirstKey + " AND key < ?5 ORDER BY key LIMIT ?3";
    private const string FirstKeyToEnd = FirstKey + " ORDER BY key LIMIT ?3";

    public static IReadOnlyList<IndexedDocument> Scan(SqliteConnection database, IndexScan scan) =>
        (scan.Backwards ? Backwards(database, scan) : Forwards(database, scan)).All(row =>
            Found(row, scan.Kind)
        );

    public static int Count(
        SqliteConnection database,
        string kind,
        string index,
        IndexKey prefix,
        int atMost
    )
    {
        var end = prefix.Next();
        var query = Begin(
            database,
            end is null ? CountToEnd : CountRange,
            kind,
            index,
            atMost,
            prefix
        );
        if (end is { } stop)
        {
            query.With(stop.Bytes.Span);
        }

        return (int)query.First(static row => row.Number(0));
    }

    public static int CountBefore(
        SqliteConnection database,
        string kind,
        string index,
        IndexKey prefix,
        IndexPosition place,
        int atMost
    ) =>
        IsBehind(place, prefix)
            ? Count(database, kind, index, prefix, atMost)
            : (int)
                Begin(database, CountToPlace, kind, index, atMost, prefix)
                    .With(place.Key.Bytes.Span)
                    .With(place.Id)
                    .First(static row => row.Number(0));

    /// <summary>Leaps from one text to the next: it costs as much as there are texts, not entries.</summary>
    public static IReadOnlyList<IndexKey> TextsUnder(
        SqliteConnection database,
        string kind,
        string index,
        IndexKey prefix,
        int atMost
    )
    {
        var texts = new List<IndexKey>();
        var end = prefix.Next();
        IndexKey? from = prefix;
        while (from is { } start && texts.Count < atMost)
        {
            var query = Begin(
                database,
                end is null ? FirstKeyToEnd : FirstKeyBefore,
                kind,
                index,
                1,
                start
            );
            if (end is { } stop)
            {
                query.With(stop.Bytes.Span);
            }

            if (query.First(static row => row.Bytes(0)) is not { } key)
            {
                break;
            }

            var text = IndexKey.FromBytes(key).UpToText(prefix);
            texts.Add(text);
            from = text.Next();
        }

        return texts;
    }

    private static Statement Forwards(SqliteConnection database, IndexScan scan)
    {
        var end = scan.Prefix.Next();
        // A cursor in front of the prefix starts at the prefix.
        var behind =
            scan.After is { } after && after.Key >= scan.Prefix ? after : default(IndexPosition?);
        var query = Begin(
            database,
            (behind, end) switch
            {
                (null, null) => FirstPageToEnd,
                (null, _) => FirstPage,
                (_, null) => NextPageToEnd,
                _ => NextPage,
            },
            scan.Kind,
            scan.Index,
            scan.Limit,
            behind?.Key ?? scan.Prefix
        );
        if (behind is { } entry)
        {
            query.With(entry.Id);
        }

        return end is { } stop ? query.With(stop.Bytes.Span) : query;
    }

    private static Statement Backwards(SqliteConnection database, IndexScan scan)
    {
        // A cursor behind the prefix starts at the prefix's end.
        if (scan.After is { } after && !IsBehind(after, scan.Prefix))
        {
            return Begin(database, PageBefore, scan.Kind, scan.Index, scan.Limit, scan.Prefix)
                .With(after.Key.Bytes.Span)
                .With(after.Id);
        }

        return scan.Prefix.Next() is { } stop
            ? Begin(database, LastPage, scan.Kind, scan.Index, scan.Limit, scan.Prefix)
                .With(stop.Bytes.Span)
            : Begin(database, LastPageFromEnd, scan.Kind, scan.Index, scan.Limit, scan.Prefix);
    }

    private static Statement Begin(
        SqliteConnection database,
        string sql,
        string kind,
        string index,
        int limit,
        IndexKey from
    ) => database.Prepared(sql).With(kind).With(index).With(limit).With(from.Bytes.Span);

    private static bool IsBehind(IndexPosition place, IndexKey prefix) =>
        prefix.Next() is { } end && place.Key >= end;

    private static IndexedDocument Found(Statement row, string kind) =>
        new(
            new StoredDocument(new DocumentKey(kind, row.Text(1)), row.Number(2), row.Bytes(3)),
            IndexKey.FromBytes(row.Bytes(0))
        );
}
