using Microsoft.Extensions.Logging.Abstractions;
using Sidecar.Storage;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Files;
using Sidecar.Storage.Postgres;

namespace Sidecar.Tests.Storage.Postgres;

public sealed class PostgresStoreEngineTests : StoreEngineConformance
{
    private readonly ScratchDirectory _scratch = new();
    private readonly string _schema = PostgresCluster.NewSchema();

    private PostgresAddress Address => PostgresAddress.Parse(PostgresCluster.Shared.Store(_schema));

    protected override async Task<IStoreEngine> Open() =>
        await PostgresStoreEngine.OpenAsync(
            new PostgresStoreOptions(Address),
            NullLogger<PostgresStoreEngine>.Instance,
            Cancel
        );

    protected override string NewBackupPath() => _scratch["backup.db"];

    protected override Task Restore(string backup)
    {
        PostgresCluster.Shared.Drop(_schema);
        using var tables = PostgresTables.ForLoading(Address);
        tables.Load(StoreFormats.OfFile(backup)!.Read(backup, Disk.Real));
        tables.Publish();
        return Task.CompletedTask;
    }

    protected override ValueTask CleanUp()
    {
        PostgresCluster.Shared.Drop(_schema);
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }
}
