using Sidecar.Storage.Files;

namespace Sidecar.Storage.Sqlite;

/// <summary>Answers a join's questions from the tables.</summary>
internal sealed class IndexJoins : IJoinSource
{
    private const string Entry = "SELECT key, id FROM index_entries WHERE kind = ?1 AND name = ?2";
    private const string ToEnd = " ORDER BY key, id LIMIT 1";
    private const string ToKey = " AND key < ?5" + ToEnd;
    private const string At = Entry + " AND (key, id) >= (?3, ?4)";
    private const string Behind = Entry + " AND (key, id) > (?3, ?4)";

    private readonly SqliteConnection _database;

    private IndexJoins(SqliteConnection database) => _database = database;

    public static IndexJoinPage Read(SqliteConnection database, IndexJoin join)
    {
        // Many statements, one moment.
        database.Prepared("BEGIN").Run();
        try
        {
            return LeapingJoin.Read(new IndexJoins(database), join);
        }
        finally
        {
            // A fault may have ended it already.
            if (database.InTransaction)
            {
                database.Prepared("COMMIT").Run();
            }
        }
    }

    /// <inheritdoc/>
    public StoredDocument? Document(DocumentKey key) => SqliteReads.Document(_database, key);

    /// <inheritdoc/>
    public IndexPosition? FirstUnder(
        IndexJoin join,
        IndexKey prefix,
        IndexPosition place,
        bool isIn
    )
    {
        var next = prefix.Next();
        var query = _database
            .Prepared(
                (isIn, next) switch
                {
                    (true, null) => At + ToEnd,
                    (true, _) => At + ToKey,
                    (false, null) => Behind + ToEnd,
                    (false, _) => Behind + ToKey,
                }
            )
            .With(join.Kind)
            .With(join.Index)
            .With(prefix.Then(place.Key).Bytes.Span)
            .With(place.Id ?? "");
        if (next is { } end)
        {
            query.With(end.Bytes.Span);
        }

        return query.First<IndexPosition?>(row => new IndexPosition(
            IndexKey.FromBytes(row.Bytes(0)[prefix.Bytes.Length..]),
            row.Text(1)
        ));
    }
}
