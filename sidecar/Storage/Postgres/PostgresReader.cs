using System.Data;
using Npgsql;

namespace Sidecar.Storage.Postgres;

/// <summary>Asks the database. Each question is one statement, so it sees one moment; one whose connection was cut is asked again.</summary>
internal sealed class PostgresReader(NpgsqlDataSource source, PostgresAddress address)
{
    // A server that was started again has cut every connection of the pool.
    private const int Tries = 3;

    public async ValueTask<IReadOnlyList<T>> All<T>(
        string sql,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancel,
        params object[] values
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var command = source.CreateCommand(sql);
                command.Parameters.Set(values);
                await using var rows = await command.ExecuteReaderAsync(cancel);
                var all = new List<T>();
                while (await rows.ReadAsync(cancel))
                {
                    all.Add(read(rows));
                }

                return all;
            }
            catch (NpgsqlException problem)
            {
                await Again(problem, attempt);
            }
        }
    }

    public async ValueTask<T?> First<T>(
        string sql,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancel,
        params object[] values
    )
    {
        var all = await All(sql, read, cancel, values);
        return all.Count > 0 ? all[0] : default;
    }

    /// <summary>Several questions about one moment.</summary>
    public async ValueTask<T> AtOneMoment<T>(
        Func<NpgsqlConnection, T> ask,
        CancellationToken cancel
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancel);
                return await Task.Run(() => AtOneMoment(connection, ask), cancel);
            }
            catch (NpgsqlException problem)
            {
                await Again(problem, attempt);
            }
        }
    }

    public static T AtOneMoment<T>(NpgsqlConnection connection, Func<NpgsqlConnection, T> ask)
    {
        using var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        var answer = ask(connection);
        transaction.Commit();
        return answer;
    }

    private async Task Again(NpgsqlException problem, int attempt)
    {
        if (!problem.IsTransient || attempt >= Tries)
        {
            throw new IOException(
                $"{address} can't be read: {PostgresRemedy.Reason(problem)}.",
                problem
            );
        }

        await Task.Yield();
    }
}
