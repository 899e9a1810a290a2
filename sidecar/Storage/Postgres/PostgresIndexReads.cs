using Npgsql;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.Postgres;

/// <summary>Pages and counts of an index: ranges of keys from a prefix up to the first key behind it.</summary>
internal sealed class PostgresIndexReads(PostgresReader ask)
{
    // The entries come first, by their own order and limit; only those are looked up.
    private const string Page = """
        SELECT e.key, e.id, d.version, d.body FROM (
          SELECT kind, key, id FROM index_entries WHERE kind = $1 AND name = $2 AND {0} LIMIT $3) e
        JOIN documents d ON d.kind = e.kind AND d.id = e.id
        """;

    private const string InOrder = " ORDER BY key, id";
    private const string InReverse = " ORDER BY key DESC, id DESC";

    public ValueTask<IReadOnlyList<IndexedDocument>> Scan(IndexScan scan, CancellationToken cancel)
    {
        var range = scan.Backwards ? Backwards(scan) : Forwards(scan);
        var order = scan.Backwards ? InReverse : InOrder;
        var outer = scan.Backwards ? " ORDER BY e.key DESC, e.id DESC" : " ORDER BY e.key, e.id";
        return ask.All(
            Page.Replace("{0}", range.Condition + order, StringComparison.Ordinal) + outer,
            row => new IndexedDocument(
                new StoredDocument(
                    new DocumentKey(scan.Kind, row.Text(1)),
                    row.GetInt64(2),
                    row.Bytes(3)
                ),
                IndexKey.FromBytes(row.Bytes(0))
            ),
            cancel,
            [Sql.Bytes(scan.Kind), Sql.Bytes(scan.Index), scan.Limit, .. range.Values]
        );
    }

    public ValueTask<int> Count(
        string kind,
        string index,
        IndexKey prefix,
        int atMost,
        CancellationToken cancel
    ) => Count(kind, index, Range.Under(prefix), atMost, cancel);

    public ValueTask<int> CountBefore(
        string kind,
        string index,
        IndexKey prefix,
        IndexPosition place,
        int atMost,
        CancellationToken cancel
    ) =>
        Count(
            kind,
            index,
            IsBehind(place, prefix) ? Range.Under(prefix) : Range.Before(prefix, place),
            atMost,
            cancel
        );

    /// <summary>Leaps from one text to the next: it costs as much as there are texts, not entries.</summary>
    public ValueTask<IReadOnlyList<IndexKey>> TextsUnder(
        string kind,
        string index,
        IndexKey prefix,
        int atMost,
        CancellationToken cancel
    ) =>
        ask.AtOneMoment<IReadOnlyList<IndexKey>>(
            connection =>
            {
                var texts = new List<IndexKey>();
                IndexKey? from = prefix;
                while (from is { } start && texts.Count < atMost)
                {
                    var range = Range.From(start, prefix.Next());
                    using var command = new NpgsqlCommand(
                        $"SELECT key FROM index_entries WHERE kind = $1 AND name = $2 AND {range.Condition} ORDER BY key LIMIT $3",
                        connection
                    );
                    command.Parameters.Set([Sql.Bytes(kind), Sql.Bytes(index), 1, .. range.Values]);
                    if (command.ExecuteScalar() is not byte[] key)
                    {
                        break;
                    }

                    var text = IndexKey.FromBytes(key).UpToText(prefix);
                    texts.Add(text);
                    from = text.Next();
                }

                return texts;
            },
            cancel
        );

    public ValueTask<IndexJoinPage> Join(IndexJoin join, CancellationToken cancel) =>
        ask.AtOneMoment(connection => LeapingJoin.Read(new PostgresJoin(connection), join), cancel);

    private async ValueTask<int> Count(
        string kind,
        string index,
        Range range,
        int atMost,
        CancellationToken cancel
    ) =>
        (int)
            await ask.First(
                $"SELECT count(*) FROM (SELECT 1 FROM index_entries WHERE kind = $1 AND name = $2 AND {range.Condition} LIMIT $3) AS counted",
                static row => row.GetInt64(0),
                cancel,
                [Sql.Bytes(kind), Sql.Bytes(index), atMost, .. range.Values]
            );

    private static Range Forwards(IndexScan scan) =>
        // A cursor in front of the prefix starts at the prefix.
        scan.After
            is { } after
        && after.Key >= scan.Prefix
            ? Range.Behind(after, scan.Prefix.Next())
            : Range.Under(scan.Prefix);

    private static Range Backwards(IndexScan scan) =>
        // A cursor behind the prefix starts at the prefix's end.
        scan.After
            is { } after
        && !IsBehind(after, scan.Prefix)
            ? Range.Before(scan.Prefix, after)
            : Range.Under(scan.Prefix);

    private static bool IsBehind(IndexPosition place, IndexKey prefix) =>
        prefix.Next() is { } end && place.Key >= end;

    /// <summary>A range of entries as a condition; its values are the fourth parameter and those behind it.</summary>
    private sealed record Range(string Condition, object[] Values)
    {
        public static Range Under(IndexKey prefix) => From(prefix, prefix.Next());

        public static Range From(IndexKey start, IndexKey? end) =>
            end is { } stop
                ? new("key >= $4 AND key < $5", [Bytes(start), Bytes(stop)])
                : new("key >= $4", [Bytes(start)]);

        public static Range Before(IndexKey prefix, IndexPosition place) =>
            new(
                "key >= $4 AND (key, id) < ($5, $6)",
                [Bytes(prefix), Bytes(place.Key), Sql.Bytes(place.Id)]
            );

        public static Range Behind(IndexPosition place, IndexKey? end) =>
            end is { } stop
                ? new(
                    "(key, id) > ($4, $5) AND key < $6",
                    [Bytes(place.Key), Sql.Bytes(place.Id), Bytes(stop)]
                )
                : new("(key, id) > ($4, $5)", [Bytes(place.Key), Sql.Bytes(place.Id)]);

        private static byte[] Bytes(IndexKey key) => key.Bytes.ToArray();
    }
}
