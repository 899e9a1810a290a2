using Npgsql;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.Postgres;

/// <summary>
/// Answers a join's questions inside a transaction of one moment. Entries are read some at a time: the next leap mostly
/// ends among them, and a round trip costs more than they do.
/// </summary>
internal sealed class PostgresJoin(NpgsqlConnection connection) : IJoinSource
{
    private const int Ahead = 64;

    private readonly Dictionary<IndexKey, Run> _runs = [];

    /// <inheritdoc/>
    public StoredDocument? Document(DocumentKey key)
    {
        using var command = new NpgsqlCommand(
            "SELECT version, body FROM documents WHERE kind = $1 AND id = $2",
            connection
        );
        command.Parameters.Set([Sql.Bytes(key.Kind), Sql.Bytes(key.Id)]);
        using var row = command.ExecuteReader();
        return row.Read() ? new StoredDocument(key, row.GetInt64(0), row.Bytes(1)) : null;
    }

    /// <inheritdoc/>
    public IndexPosition? FirstUnder(
        IndexJoin join,
        IndexKey prefix,
        IndexPosition place,
        bool isIn
    )
    {
        if (!_runs.TryGetValue(prefix, out var run) || !run.Reaches(place))
        {
            run = _runs[prefix] = Read(join, prefix, place);
        }

        return run.First(place, isIn);
    }

    private Run Read(IndexJoin join, IndexKey prefix, IndexPosition place)
    {
        var end = prefix.Next();
        using var command = new NpgsqlCommand(
            "SELECT key, id FROM index_entries WHERE kind = $1 AND name = $2 AND (key, id) >= ($3, $4)"
                + (end is null ? "" : " AND key < $6")
                + " ORDER BY key, id LIMIT $5",
            connection
        );
        command.Parameters.Set([
            Sql.Bytes(join.Kind),
            Sql.Bytes(join.Index),
            prefix.Then(place.Key).Bytes.ToArray(),
            Sql.Bytes(place.Id ?? ""),
            Ahead,
        ]);
        if (end is { } stop)
        {
            command.Parameters.Set([stop.Bytes.ToArray()]);
        }

        using var rows = command.ExecuteReader();
        List<Place> places = [];
        while (rows.Read())
        {
            places.Add(new Place(rows.Bytes(0)[prefix.Bytes.Length..], rows.Bytes(1)));
        }

        return new Run(Place.Of(place), places, IsLast: places.Count < Ahead);
    }

    /// <summary>Entries under a prefix from a place on.</summary>
    private sealed record Run(Place From, List<Place> Places, bool IsLast)
    {
        /// <summary>Whether the first entry at or behind a place is known.</summary>
        public bool Reaches(IndexPosition place)
        {
            var wanted = Place.Of(place);
            return Place.Compare(From, wanted) <= 0
                && (IsLast || Place.Compare(Places[^1], wanted) > 0);
        }

        public IndexPosition? First(IndexPosition place, bool isIn)
        {
            var wanted = Place.Of(place);
            var found = Places.BinarySearch(wanted, Place.InOrder);
            var at =
                found < 0 ? ~found
                : isIn ? found
                : found + 1;
            return at < Places.Count ? Places[at].Position() : null;
        }
    }

    private readonly record struct Place(byte[] Rest, byte[] Id)
    {
        public static IComparer<Place> InOrder { get; } = Comparer<Place>.Create(Compare);

        public static Place Of(IndexPosition place) =>
            new(place.Key.Bytes.ToArray(), Sql.Bytes(place.Id ?? ""));

        public static int Compare(Place left, Place right)
        {
            var byKey = left.Rest.AsSpan().SequenceCompareTo(right.Rest);
            return byKey != 0 ? byKey : left.Id.AsSpan().SequenceCompareTo(right.Id);
        }

        public IndexPosition Position() =>
            new(IndexKey.FromBytes(Rest), System.Text.Encoding.UTF8.GetString(Id));
    }
}
