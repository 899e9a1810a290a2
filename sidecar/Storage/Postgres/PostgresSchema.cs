using System.Globalization;
using Npgsql;

namespace Sidecar.Storage.Postgres;

/// <summary>
/// The tables, as a numbered list of upgrades. An upgrade only adds what an older release can pass over, or says by its
/// number from which release on the tables can still be used: an older sidecar goes on while it is being replaced.
/// </summary>
internal static class PostgresSchema
{
    /// <summary>Only ever appended to: what was released stays as it is.</summary>
    public static IReadOnlyList<SchemaUpgrade> Upgrades { get; } = [new(First, UsableFrom: 1)];

    // Texts are their UTF-8 bytes: compared byte by byte as every engine does, whatever the database's encoding and
    // collation, and with zeros in them. store has one row; whoever writes locks it, so commits have an order, effects
    // and audit entries are numbered without gaps, and nobody waits for two locks. documents.entries repeats a
    // document's index entries. outbox.state: 0 waiting, 1 parked, 2 delivered (kept a while to recognise its id).
    // Times are ticks of 100 ns, UTC.
    private const string First = """
        CREATE TABLE store(
          one boolean PRIMARY KEY DEFAULT true CHECK (one), version int NOT NULL, usable_from int NOT NULL,
          last_effect bigint NOT NULL, last_audit bigint NOT NULL) WITH (fillfactor = 50);
        CREATE TABLE documents(
          kind bytea NOT NULL, id bytea NOT NULL, version bigint NOT NULL, entries bytea NOT NULL, body bytea NOT NULL,
          PRIMARY KEY(kind, id));
        CREATE TABLE index_entries(
          kind bytea NOT NULL, name bytea NOT NULL, key bytea NOT NULL, id bytea NOT NULL,
          PRIMARY KEY(kind, name, key, id));
        CREATE TABLE due(kind bytea NOT NULL, id bytea NOT NULL, at bigint NOT NULL, PRIMARY KEY(kind, id));
        CREATE INDEX due_at ON due(at, kind, id);
        CREATE TABLE outbox(
          sequence bigint PRIMARY KEY, id bytea NOT NULL UNIQUE, state smallint NOT NULL, lane bytea NOT NULL,
          queued_at bigint NOT NULL, attempts int NOT NULL, not_before bigint, problem bytea, body bytea NOT NULL);
        CREATE INDEX outbox_state ON outbox(state, sequence);
        CREATE TABLE audit(
          sequence bigint PRIMARY KEY, at bigint NOT NULL, actor bytea NOT NULL, subject bytea NOT NULL,
          body bytea NOT NULL);
        CREATE INDEX audit_subject ON audit(subject, sequence);
        CREATE TABLE numbers(series bytea PRIMARY KEY, last bigint NOT NULL);
        CREATE TABLE sidecars(
          id uuid PRIMARY KEY, name text NOT NULL, release text NOT NULL, last_group bigint NOT NULL,
          beat bigint NOT NULL, seen timestamptz NOT NULL DEFAULT now());
        CREATE TABLE leases(name text PRIMARY KEY, holder uuid, token bigint NOT NULL);
        CREATE UNLOGGED TABLE paces(name text PRIMARY KEY, full_at bigint NOT NULL);
        INSERT INTO store(version, usable_from, last_effect, last_audit) VALUES (0, 0, 0, 0);
        """;

    /// <summary>Makes or upgrades the tables as far as that is needed, and refuses those that a newer release has changed beyond us.</summary>
    /// <exception cref="StoreUnusableException">They can't be used; the message says what to do.</exception>
    public static void Prepare(
        NpgsqlDataSource source,
        PostgresAddress address,
        IReadOnlyList<SchemaUpgrade> upgrades
    )
    {
        try
        {
            using var connection = source.OpenConnection();
            VerifyServer(connection, address);
            if (Verify(connection, address, upgrades.Count) < upgrades.Count)
            {
                Upgrade(connection, address, upgrades);
            }

            VerifyRights(connection, address);
        }
        catch (PostgresException refused) when (PostgresRemedy.IsLackOfRights(refused))
        {
            throw new StoreUnusableException(PostgresRemedy.Rights(address, refused.MessageText));
        }
        catch (NpgsqlException problem)
        {
            throw new StoreUnusableException(PostgresRemedy.NoDatabase(address, problem));
        }
    }

    /// <summary>The version of the tables; 0 when there are none.</summary>
    /// <exception cref="StoreUnusableException">A newer release has changed them beyond what this one knows.</exception>
    public static int Verify(NpgsqlConnection connection, PostgresAddress address, int known)
    {
        if (!IsThere(connection, address.Schema))
        {
            return 0;
        }

        using var command = new NpgsqlCommand("SELECT version, usable_from FROM store", connection);
        using var row = command.ExecuteReader();
        if (!row.Read())
        {
            throw new StoreUnusableException(PostgresRemedy.Foreign(address));
        }

        var (version, usableFrom) = (row.GetInt32(0), row.GetInt32(1));
        return usableFrom <= known
            ? version
            : throw new StoreUnusableException(
                PostgresRemedy.Newer(address, version, usableFrom, known)
            );
    }

    private static bool IsThere(NpgsqlConnection connection, string schema)
    {
        using var command = new NpgsqlCommand(
            """
            SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relname = 'store' AND c.relkind = 'r'
            """,
            connection
        );
        command.Parameters.Add(new NpgsqlParameter { Value = schema });
        return (long)command.ExecuteScalar()! > 0;
    }

    // What is locked is the name of the schema: two sidecars that start together upgrade one after the other.
    private static void Upgrade(
        NpgsqlConnection connection,
        PostgresAddress address,
        IReadOnlyList<SchemaUpgrade> upgrades
    )
    {
        using var transaction = connection.BeginTransaction();
        Execute(
            connection,
            $"SELECT pg_advisory_xact_lock(hashtextextended('{address.Schema}', 0))"
        );
        if (!HasSchema(connection, address.Schema))
        {
            Execute(connection, $"CREATE SCHEMA IF NOT EXISTS {address.Schema}");
        }

        for (
            var version = Verify(connection, address, upgrades.Count);
            version < upgrades.Count;
            version++
        )
        {
            Execute(connection, upgrades[version].Sql);
            Execute(
                connection,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"UPDATE store SET version = {version + 1}, usable_from = {upgrades[version].UsableFrom}"
                )
            );
        }

        transaction.Commit();
    }

    private static bool HasSchema(NpgsqlConnection connection, string schema)
    {
        using var command = new NpgsqlCommand(
            "SELECT count(*) FROM pg_catalog.pg_namespace WHERE nspname = $1",
            connection
        );
        command.Parameters.Add(new NpgsqlParameter { Value = schema });
        return (long)command.ExecuteScalar()! > 0;
    }

    private static void VerifyServer(NpgsqlConnection connection, PostgresAddress address)
    {
        const int oldest = 13;
        if (connection.PostgreSqlVersion.Major < oldest)
        {
            throw new StoreUnusableException(
                $"{address} is version {connection.PostgreSqlVersion}; this program needs {oldest} or later."
            );
        }

        using var command = new NpgsqlCommand("SELECT pg_is_in_recovery()", connection);
        if (command.ExecuteScalar() is true)
        {
            throw new StoreUnusableException(
                $"{address} is a standby that can only be read. Name the primary: with several hosts, add Target Session Attributes=primary."
            );
        }
    }

    // Found out at the start, not when the first person writes.
    private static void VerifyRights(NpgsqlConnection connection, PostgresAddress address)
    {
        using var command = new NpgsqlCommand(
            """
            SELECT string_agg(c.relname, ', ') FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relkind = 'r' AND NOT (
              has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
              AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE'))
            """,
            connection
        );
        command.Parameters.Add(new NpgsqlParameter { Value = address.Schema });
        if (command.ExecuteScalar() is string tables)
        {
            throw new StoreUnusableException(
                PostgresRemedy.Rights(address, $"not all rights on {tables}")
            );
        }
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}

/// <summary>One step of the schema.</summary>
/// <param name="Sql">What it changes.</param>
/// <param name="UsableFrom">The oldest version that a program must know to use the tables afterwards.</param>
internal sealed record SchemaUpgrade(string Sql, int UsableFrom);
