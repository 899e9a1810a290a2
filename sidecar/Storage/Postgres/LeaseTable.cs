using Npgsql;
using Sidecar.Ids;

namespace Sidecar.Storage.Postgres;

/// <summary>What a sidecar sees when it beats.</summary>
/// <param name="Beats">The counts of all.</param>
/// <param name="Leases">All leases, also those that nobody ever took.</param>
/// <param name="Now">The server's time.</param>
internal sealed record Seen(
    IReadOnlyList<(Guid Sidecar, long Beat)> Beats,
    IReadOnlyList<HeldLease> Leases,
    DateTimeOffset Now
);

/// <summary>The tables of sidecars and leases, for one of them.</summary>
internal sealed class LeaseTable(PostgresStoreEngine engine)
{
    private const int Patience = 8;
    private const string Account = "account ";

    /// <summary>Counts up, and looks.</summary>
    public async Task<Seen> Beat(CancellationToken cancel)
    {
        await using var batch = engine.Source.CreateBatch();
        batch.Timeout = Patience;
        Add(
            batch,
            """
            INSERT INTO sidecars(id, name, release, last_group, beat) VALUES ($1, $2, $3, 0, 1)
            ON CONFLICT (id) DO UPDATE SET beat = sidecars.beat + 1, seen = clock_timestamp()
            """,
            engine.Sidecar,
            engine.Name,
            ProductVersion.Current
        );
        Add(batch, "DELETE FROM sidecars WHERE seen < clock_timestamp() - interval '1 day'");
        Add(batch, "SELECT id, beat FROM sidecars");
        Add(batch, "SELECT name, holder, token FROM leases");
        Add(batch, "SELECT clock_timestamp()");
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        List<(Guid, long)> beats = [];
        while (await rows.ReadAsync(cancel))
        {
            beats.Add((rows.GetGuid(0), rows.GetInt64(1)));
        }

        await rows.NextResultAsync(cancel);
        var leases = WorkShares.All.ToDictionary(
            name => name,
            name => new HeldLease(name, null, 0),
            StringComparer.Ordinal
        );
        while (await rows.ReadAsync(cancel))
        {
            var name = rows.GetString(0);
            if (leases.ContainsKey(name))
            {
                leases[name] = new HeldLease(
                    name,
                    await rows.IsDBNullAsync(1, cancel) ? null : rows.GetGuid(1),
                    rows.GetInt64(2)
                );
            }
        }

        await rows.NextResultAsync(cancel);
        await rows.ReadAsync(cancel);
        return new Seen(
            beats,
            [.. WorkShares.All.Select(name => leases[name])],
            rows.GetFieldValue<DateTimeOffset>(0)
        );
    }

    /// <summary>Takes a lease that is still as it was seen; its new number, or null when somebody else was faster.</summary>
    public async Task<long?> Take(HeldLease lease, CancellationToken cancel)
    {
        await using var command = engine.Source.CreateCommand(
            """
            INSERT INTO leases(name, holder, token) VALUES ($1, $2, 1)
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, token = leases.token + 1
              WHERE leases.token = $3 AND leases.holder IS NOT DISTINCT FROM $4
            RETURNING token
            """
        );
        command.CommandTimeout = Patience;
        command.Parameters.Set([lease.Name, engine.Sidecar, lease.Token]);
        command.Parameters.Add(
            new NpgsqlParameter<Guid?>
            {
                TypedValue = lease.Holder,
                NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid,
            }
        );
        return await command.ExecuteScalarAsync(cancel) as long?;
    }

    /// <summary>Somebody else may take it.</summary>
    public async Task GiveBack(HeldLease lease, CancellationToken cancel)
    {
        await using var command = engine.Source.CreateCommand(
            "UPDATE leases SET holder = NULL WHERE name = $1 AND holder = $2"
        );
        command.CommandTimeout = Patience;
        command.Parameters.Set([lease.Name, engine.Sidecar]);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Gives all back and is no more; the others are told.</summary>
    public async Task Leave(CancellationToken cancel)
    {
        await using var batch = engine.Source.CreateBatch();
        batch.Timeout = Patience;
        Add(batch, "UPDATE leases SET holder = NULL WHERE holder = $1", engine.Sidecar);
        Add(batch, "DELETE FROM sidecars WHERE id = $1", engine.Sidecar);
        Add(batch, "SELECT pg_notify(current_schema(), 'left')");
        await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Mattermost said that an account changed.</summary>
    public async Task TellAccountChanged(UserId account, CancellationToken cancel)
    {
        await using var command = engine.Source.CreateCommand(
            "SELECT pg_notify(current_schema(), $1)"
        );
        command.CommandTimeout = Patience;
        command.Parameters.Set([Account + account.Value]);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The account that a notice is about; null when it is about something else.</summary>
    public static UserId? AccountIn(string said) =>
        said.StartsWith(Account, StringComparison.Ordinal)
            ? new UserId(said[Account.Length..])
            : null;

    /// <summary>Tells what the others say; null when something may have been missed.</summary>
    public async Task Hear(Action<string?> heard, TimeProvider clock, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await using var connection = await engine.Source.OpenConnectionAsync(cancel);
                connection.Notification += (_, said) => heard(said.Payload);
                await using (var listen = new NpgsqlCommand($"LISTEN {engine.Schema}", connection))
                {
                    await listen.ExecuteNonQueryAsync(cancel);
                }

                heard(null);
                while (true)
                {
                    await connection.WaitAsync(cancel);
                }
            }
            catch (Exception lost)
                when (lost is NpgsqlException or IOException or ObjectDisposedException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), clock, cancel);
            }
        }
    }

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Set(values);
        batch.BatchCommands.Add(command);
    }
}
