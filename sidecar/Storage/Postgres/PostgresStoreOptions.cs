using Npgsql;

namespace Sidecar.Storage.Postgres;

/// <summary>How a store on PostgreSQL is opened.</summary>
internal sealed record PostgresStoreOptions(PostgresAddress Address)
{
    /// <summary>How many waiting commits share one transaction at the most.</summary>
    public int CommitsPerGroup { get; init; } = 256;

    /// <summary>How many delivered effects are remembered, so that an id which is queued again is left alone.</summary>
    public int RememberedDeliveries { get; init; } = 100_000;

    /// <summary>How long to ask what became of a commit when the connection was lost while it was made.</summary>
    public TimeSpan AskAfterCommit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The name of this process for administrators, as it stands in pg_stat_activity and in the table of sidecars.</summary>
    public string Name { get; init; } =
        $"escalate {ProductVersion.Current} on {Environment.MachineName}";

    internal IReadOnlyList<SchemaUpgrade> Upgrades { get; init; } = PostgresSchema.Upgrades;

    /// <summary>Called before a group of commits is asked to be made lasting; for tests, which cut the connection here.</summary>
    internal Action<NpgsqlConnection>? BeforeCommit { get; init; }

    /// <summary>Called when it is lasting, before anybody is told; for tests.</summary>
    internal Action<NpgsqlConnection>? AfterCommit { get; init; }
}
