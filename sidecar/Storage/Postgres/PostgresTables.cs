using System.Data;
using Npgsql;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.Postgres;

/// <summary>
/// The tables as one end of a copy. All of it is one transaction: while a store is read nobody changes it, and one that
/// is loaded is not there before it is published.
/// </summary>
internal sealed class PostgresTables : IDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private PostgresTables(PostgresAddress address)
    {
        Address = address;
        _source = address.Connect($"escalate {ProductVersion.Current} copies");
        try
        {
            _connection = _source.OpenConnection();
            _transaction = _connection.BeginTransaction(IsolationLevel.RepeatableRead);
        }
        catch (NpgsqlException problem)
        {
            _source.Dispose();
            throw new StoreUnusableException(PostgresRemedy.NoDatabase(address, problem));
        }
    }

    public PostgresAddress Address { get; }

    /// <summary>Tables that are there, to be read.</summary>
    /// <exception cref="StoreUnusableException">There are none, or a sidecar uses them.</exception>
    public static PostgresTables ForReading(PostgresAddress address) =>
        new PostgresTables(address).Checked(tables =>
        {
            if (tables.Version() == 0)
            {
                throw new StoreUnusableException($"There is no store at {address}.");
            }

            if (tables.Version() < PostgresSchema.Upgrades.Count)
            {
                throw new StoreUnusableException(
                    $"The store at {address} was made by an older release. Start a sidecar of this release on it once, stop it, and copy then."
                );
            }

            tables.RefuseWhileUsed();
            return tables;
        });

    /// <summary>Tables that are made now, or are there and empty.</summary>
    /// <exception cref="StoreUnusableException">There is something in them.</exception>
    public static PostgresTables ForLoading(PostgresAddress address)
    {
        using (var source = address.Connect($"escalate {ProductVersion.Current} copies"))
        {
            PostgresSchema.Prepare(source, address, PostgresSchema.Upgrades);
        }

        return new PostgresTables(address).Checked(tables =>
        {
            tables.RefuseWhileUsed();
            return PostgresRows.Read(tables._connection).Any()
                ? throw new StoreUnusableException(
                    $"{address} holds a store already; a copy never replaces one. Name another schema with Search Path=<schema>."
                )
                : tables;
        });
    }

    /// <summary>Every row in a fixed order.</summary>
    public IEnumerable<StoredRow> Read() => PostgresRows.Read(_connection);

    /// <summary>Fills the tables.</summary>
    public void Load(IEnumerable<StoredRow> rows) => PostgresRows.Write(_connection, rows);

    /// <summary>What was loaded is there.</summary>
    public void Publish() => _transaction.Commit();

    /// <summary>How much room the tables take, in bytes.</summary>
    public long Size() =>
        Scalar<long>(
            "SELECT sum(pg_total_relation_size(c.oid))::bigint FROM pg_catalog.pg_class c WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace"
        );

    public void Dispose()
    {
        _transaction.Dispose();
        _connection.Dispose();
        _source.Dispose();
    }

    private int Version() =>
        PostgresSchema.Verify(_connection, Address, PostgresSchema.Upgrades.Count);

    private PostgresTables Checked(Func<PostgresTables, PostgresTables> check)
    {
        try
        {
            return check(this);
        }
        catch (NpgsqlException problem)
        {
            Dispose();
            throw new StoreUnusableException(PostgresRemedy.NoDatabase(Address, problem));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private void RefuseWhileUsed()
    {
        // Whoever writes waits for this row.
        Scalar<int>("SELECT version FROM store FOR UPDATE");
        if (
            Scalar<string>(
                "SELECT string_agg(name, ', ') FROM sidecars WHERE seen > clock_timestamp() - interval '30 seconds'"
            ) is
            { } running
        )
        {
            throw new StoreUnusableException(
                $"{Address} is in use: {running}. Stop every sidecar first; one that died is forgotten after 30 seconds."
            );
        }
    }

    private T? Scalar<T>(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        return command.ExecuteScalar() is T answer ? answer : default;
    }
}
