using Npgsql;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.Postgres;

/// <summary>What an administrator who looks at a database from outside finds, while sidecars use it.</summary>
/// <param name="Store">What waits in it.</param>
/// <param name="Sidecars">Who uses it, by name and release.</param>
internal sealed record PostgresExamination(ExaminedStore Store, IReadOnlyList<string> Sidecars)
{
    /// <summary>Looks; null when there are no tables yet.</summary>
    /// <exception cref="StoreUnusableException">It can't be used; the message says what to do.</exception>
    public static PostgresExamination? Of(PostgresAddress address, int atMost)
    {
        using var source = address.Connect($"escalate {ProductVersion.Current} doctor");
        try
        {
            using var connection = source.OpenConnection();
            if (PostgresSchema.Verify(connection, address, PostgresSchema.Upgrades.Count) == 0)
            {
                return null;
            }

            return new PostgresExamination(
                new ExaminedStore(
                    Damage: null,
                    Effects(connection, OutboxState.Parked, atMost),
                    Effects(connection, OutboxState.Waiting, atMost)
                ),
                Read(
                    connection,
                    "SELECT name FROM sidecars WHERE seen > clock_timestamp() - interval '30 seconds' ORDER BY name",
                    static row => row.GetString(0)
                )
            );
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

    private static List<QueuedEffect> Effects(NpgsqlConnection connection, int state, int atMost) =>
        Read(
            connection,
            $"SELECT {PostgresRows.EffectColumns} FROM outbox WHERE state = $1 ORDER BY sequence LIMIT $2",
            static row => new GroupEffect(PostgresRows.Effect(row), isNew: false).Queued(),
            (short)state,
            atMost
        );

    private static List<T> Read<T>(
        NpgsqlConnection connection,
        string sql,
        Func<NpgsqlDataReader, T> read,
        params object[] values
    )
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Set(values);
        using var rows = command.ExecuteReader();
        List<T> all = [];
        while (rows.Read())
        {
            all.Add(read(rows));
        }

        return all;
    }
}
