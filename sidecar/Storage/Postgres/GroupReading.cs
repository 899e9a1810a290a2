using Npgsql;

namespace Sidecar.Storage.Postgres;

/// <summary>Locks the store's row and reads, in one round trip, all rows that a group of commits touches.</summary>
internal static class GroupReading
{
    // A process that is frozen in the middle must not keep the others waiting: the server ends its transaction.
    private const string Limits = """
        SELECT set_config('idle_in_transaction_session_timeout', '5000', true), set_config('lock_timeout', '20000', true),
          set_config('synchronous_commit',
            CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true)
        """;

    /// <summary>The rows, as they are once nobody else writes.</summary>
    public static CommitGroup Read(
        NpgsqlConnection connection,
        IReadOnlyCollection<StoreCommit> commits,
        IReadOnlyCollection<string> series
    )
    {
        DocumentKey[] keys =
        [
            .. commits.SelectMany(c => c.Documents).Select(d => d.Key).Distinct(),
        ];
        string[] queued = [.. commits.SelectMany(c => c.Outbox).Select(o => o.Id.Value).Distinct()];
        string[] effects =
        [
            .. commits.SelectMany(c => c.Settlements).Select(s => s.Id.Value).Union(queued),
        ];
        string[] leases = [.. commits.Select(c => c.Under?.Name).OfType<string>().Distinct()];
        using var statements = new Statements(connection);
        statements
            .Add(Limits)
            .Add("SELECT last_effect, last_audit FROM store FOR UPDATE")
            .Add(
                """
                SELECT d.kind, d.id, d.version, d.entries
                FROM unnest($1::bytea[], $2::bytea[]) AS g(kind, id) JOIN documents d ON d.kind = g.kind AND d.id = g.id
                """,
                Sql.Bytes(keys.Select(key => key.Kind)),
                Sql.Bytes(keys.Select(key => key.Id))
            )
            .Add(
                """
                SELECT sequence, id, state, lane, queued_at, attempts, not_before, problem,
                  CASE WHEN id = ANY($2) THEN body ELSE ''::bytea END FROM outbox WHERE id = ANY($1)
                """,
                Sql.Bytes(effects),
                Sql.Bytes(queued)
            )
            .Add(
                "SELECT series, last FROM numbers WHERE series = ANY($1)",
                (object)Sql.Bytes(series)
            )
            .Add("SELECT name, token FROM leases WHERE name = ANY($1) FOR SHARE", (object)leases);
        using var rows = statements.Read();
        var group = new CommitGroup();
        foreach (var key in keys)
        {
            group.Documents[key] = new GroupDocument(0, []);
        }

        Next(rows);
        if (!rows.Read())
        {
            throw new InvalidOperationException("The table store has no row.");
        }

        (group.LastEffect, group.LastAudit) = (rows.GetInt64(0), rows.GetInt64(1));
        Next(rows);
        while (rows.Read())
        {
            group.Documents[new DocumentKey(rows.Text(0), rows.Text(1))] = new GroupDocument(
                rows.GetInt64(2),
                rows.Bytes(3)
            );
        }

        Next(rows);
        while (rows.Read())
        {
            var effect = PostgresRows.Effect(rows);
            group.Effects[effect.Id] = new GroupEffect(effect, isNew: false);
        }

        Next(rows);
        while (rows.Read())
        {
            group.Numbers[rows.Text(0)] = rows.GetInt64(1);
        }

        Next(rows);
        while (rows.Read())
        {
            group.Leases[rows.GetString(0)] = new LeaseToken(rows.GetString(0), rows.GetInt64(1));
        }

        return group;
    }

    private static void Next(NpgsqlDataReader rows) => rows.NextResult();
}
