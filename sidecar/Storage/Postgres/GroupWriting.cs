using System.Globalization;
using Npgsql;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.Postgres;

/// <summary>Writes what a group of commits has changed: one statement for each table, however many rows, in one round trip.</summary>
internal static class GroupWriting
{
    // Old delivered rows go a thousand at a time, in the transaction that comes by.
    private const int ForgottenEvery = 1000;

    public static void Write(
        NpgsqlConnection connection,
        CommitGroup group,
        CommitGroupId id,
        PostgresStoreOptions options
    )
    {
        using var statements = new Statements(connection);
        Documents(statements, group);
        Due(statements, group);
        Outbox(statements, group, options.RememberedDeliveries);
        Audit(statements, group.Audit);
        if (group.Numbers.Count > 0)
        {
            Numbers(statements, group.Numbers);
        }

        statements
            .Add(
                "UPDATE store SET last_effect = $1, last_audit = $2",
                group.LastEffect,
                group.LastAudit
            )
            .Add(
                """
                INSERT INTO sidecars(id, name, release, last_group, beat) VALUES ($1, $2, $3, $4, 0)
                ON CONFLICT (id) DO UPDATE SET last_group = excluded.last_group
                """,
                id.Sidecar,
                options.Name,
                ProductVersion.Current,
                id.Number
            );
        if (PostgresNotice.Of(group, id.Sidecar) is { } notice)
        {
            statements.Add("SELECT pg_notify(current_schema(), $1)", notice.ToString());
        }

        statements.Run();
    }

    /// <summary>Audit entries with their places.</summary>
    public static void Audit(Statements statements, IReadOnlyCollection<StoredRow.AuditRow> entries)
    {
        if (entries.Count > 0)
        {
            statements.Add(
                """
                INSERT INTO audit(sequence, at, actor, subject, body)
                SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::bytea[], $5::bytea[])
                """,
                entries.Select(e => e.Sequence).ToArray(),
                entries.Select(e => e.At).ToArray(),
                Sql.Bytes(entries.Select(e => e.Actor)),
                Sql.Bytes(entries.Select(e => e.Subject)),
                entries.Select(e => e.Body).ToArray()
            );
        }
    }

    /// <summary>How far series have been given out.</summary>
    public static void Numbers(Statements statements, IReadOnlyDictionary<string, long> numbers) =>
        statements.Add(
            """
            INSERT INTO numbers(series, last) SELECT * FROM unnest($1::bytea[], $2::bigint[])
            ON CONFLICT (series) DO UPDATE SET last = excluded.last
            """,
            Sql.Bytes(numbers.Keys),
            numbers.Values.ToArray()
        );

    /// <summary>New effects with their places.</summary>
    public static void Effects(
        Statements statements,
        IReadOnlyCollection<StoredRow.EffectRow> effects
    )
    {
        if (effects.Count > 0)
        {
            statements.Add(
                """
                INSERT INTO outbox(sequence, id, state, lane, queued_at, attempts, not_before, problem, body)
                SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::smallint[], $4::bytea[], $5::bigint[], $6::int[],
                  $7::bigint[], $8::bytea[], $9::bytea[])
                """,
                effects.Select(e => e.Sequence).ToArray(),
                Sql.Bytes(effects.Select(e => e.Id)),
                effects.Select(e => (short)e.State).ToArray(),
                Sql.Bytes(effects.Select(e => e.Lane)),
                effects.Select(e => e.QueuedAt).ToArray(),
                effects.Select(e => e.Attempts).ToArray(),
                effects.Select(e => e.NotBefore).ToArray(),
                effects.Select(e => Sql.BytesOrNull(e.Problem)).ToArray(),
                effects.Select(e => e.Body).ToArray()
            );
        }
    }

    /// <summary>Due times that are set.</summary>
    public static void Due(
        Statements statements,
        IReadOnlyCollection<(DocumentKey Key, long At)> due
    )
    {
        if (due.Count > 0)
        {
            statements.Add(
                """
                INSERT INTO due(kind, id, at) SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::bigint[])
                ON CONFLICT (kind, id) DO UPDATE SET at = excluded.at
                """,
                Sql.Bytes(due.Select(d => d.Key.Kind)),
                Sql.Bytes(due.Select(d => d.Key.Id)),
                due.Select(d => d.At).ToArray()
            );
        }
    }

    /// <summary>Documents with their versions and lists of entries, new or changed.</summary>
    public static void Documents(
        Statements statements,
        IReadOnlyCollection<StoredRow.DocumentRow> documents
    )
    {
        if (documents.Count > 0)
        {
            statements.Add(
                """
                INSERT INTO documents(kind, id, version, entries, body)
                SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::bigint[], $4::bytea[], $5::bytea[])
                ON CONFLICT (kind, id) DO UPDATE
                SET version = excluded.version, entries = excluded.entries, body = excluded.body
                """,
                Sql.Bytes(documents.Select(d => d.Kind)),
                Sql.Bytes(documents.Select(d => d.Id)),
                documents.Select(d => d.Version).ToArray(),
                documents.Select(d => d.Entries).ToArray(),
                documents.Select(d => d.Body).ToArray()
            );
        }
    }

    /// <summary>Index entries.</summary>
    public static void Entries(
        Statements statements,
        IReadOnlyCollection<(DocumentKey Document, IndexEntry Entry)> entries
    )
    {
        if (entries.Count > 0)
        {
            statements.Add(
                """
                INSERT INTO index_entries(kind, name, key, id)
                SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bytea[])
                """,
                Columns(entries)
            );
        }
    }

    private static void Documents(Statements statements, CommitGroup group)
    {
        var changed = group.Documents.Where(d => d.Value.IsChanged).ToList();
        List<(DocumentKey Document, IndexEntry Entry)> gone = [];
        List<(DocumentKey Document, IndexEntry Entry)> come = [];
        foreach (var (key, document) in changed)
        {
            var differ = EntryList.Differ(document.EntriesBefore, document.Entries);
            gone.AddRange(differ.Gone.Select(entry => (key, entry)));
            come.AddRange(differ.Come.Select(entry => (key, entry)));
        }

        if (gone.Count > 0)
        {
            statements.Add(
                """
                DELETE FROM index_entries e USING unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bytea[]) AS g(kind, name, key, id)
                WHERE e.kind = g.kind AND e.name = g.name AND e.key = g.key AND e.id = g.id
                """,
                Columns(gone)
            );
        }

        Entries(statements, come);
        Delete(
            statements,
            "documents",
            [.. changed.Where(d => d.Value is { Version: 0, WasThere: true }).Select(d => d.Key)]
        );
        Documents(
            statements,
            [
                .. changed
                    .Where(d => d.Value.Version > 0)
                    .Select(d => new StoredRow.DocumentRow(
                        d.Key.Kind,
                        d.Key.Id,
                        d.Value.Version,
                        d.Value.Entries,
                        d.Value.Body
                    )),
            ]
        );
    }

    private static object[] Columns(
        IReadOnlyCollection<(DocumentKey Document, IndexEntry Entry)> entries
    ) =>
        [
            Sql.Bytes(entries.Select(e => e.Document.Kind)),
            Sql.Bytes(entries.Select(e => e.Entry.Index)),
            entries.Select(e => e.Entry.Key.Bytes.ToArray()).ToArray(),
            Sql.Bytes(entries.Select(e => e.Document.Id)),
        ];

    private static void Due(Statements statements, CommitGroup group)
    {
        Delete(statements, "due", [.. group.Due.Where(d => d.Value is null).Select(d => d.Key)]);
        Due(
            statements,
            [
                .. group
                    .Due.Where(d => d.Value is not null)
                    .Select(d => (d.Key, d.Value!.Value.UtcTicks)),
            ]
        );
    }

    private static void Delete(Statements statements, string table, DocumentKey[] keys)
    {
        if (keys.Length > 0)
        {
            statements.Add(
                $"DELETE FROM {table} t USING unnest($1::bytea[], $2::bytea[]) AS g(kind, id) WHERE t.kind = g.kind AND t.id = g.id",
                Sql.Bytes(keys.Select(key => key.Kind)),
                Sql.Bytes(keys.Select(key => key.Id))
            );
        }
    }

    private static void Outbox(Statements statements, CommitGroup group, int remembered)
    {
        var fresh = group.Effects.Values.Where(e => e.IsNew).Select(e => e.Row).ToList();
        Effects(statements, [.. fresh.OrderBy(e => e.Sequence)]);
        var settled = group
            .Effects.Values.Where(e => e is { IsNew: false, IsChanged: true })
            .Select(e => e.Row)
            .ToList();
        if (settled.Count > 0)
        {
            statements.Add(
                """
                UPDATE outbox o SET state = g.state, attempts = g.attempts, not_before = g.not_before, problem = g.problem,
                  lane = CASE g.state WHEN 2 THEN '' ELSE o.lane END, body = CASE g.state WHEN 2 THEN '' ELSE o.body END
                FROM unnest($1::bigint[], $2::smallint[], $3::int[], $4::bigint[], $5::bytea[])
                  AS g(sequence, state, attempts, not_before, problem) WHERE o.sequence = g.sequence
                """,
                settled.Select(e => e.Sequence).ToArray(),
                settled.Select(e => (short)e.State).ToArray(),
                settled.Select(e => e.Attempts).ToArray(),
                settled.Select(e => e.NotBefore).ToArray(),
                settled.Select(e => Sql.BytesOrNull(e.Problem)).ToArray()
            );
        }

        if (fresh.Exists(e => e.Sequence % ForgottenEvery == 0))
        {
            statements.Add(
                "DELETE FROM outbox WHERE state = 2 AND sequence <= $1",
                group.LastEffect - Math.Max(1, remembered)
            );
        }
    }
}

/// <summary>The name of a group of commits, by which it is found again when the connection was lost while it was made.</summary>
internal sealed record CommitGroupId(Guid Sidecar, long Number)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Sidecar:N}/{Number}");
}
