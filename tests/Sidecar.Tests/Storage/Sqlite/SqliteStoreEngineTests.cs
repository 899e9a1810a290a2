using Microsoft.Extensions.Logging.Abstractions;
using Sidecar.Storage;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Sqlite;

namespace Sidecar.Tests.Storage.Sqlite;

public sealed class SqliteStoreEngineTests : StoreEngineConformance
{
    private readonly ScratchDirectory _scratch = new();

    protected override async Task<IStoreEngine> Open() =>
        await SqliteStoreEngine.OpenAsync(
            new SqliteStoreOptions { DataDirectory = _scratch["data"] },
            TimeProvider.System,
            NullLogger<SqliteStoreEngine>.Instance,
            Cancel
        );

    protected override string NewBackupPath() => _scratch["backup.db"];

    protected override Task Restore(string backup)
    {
        StoreRestore.Restore(backup, _scratch["data"], force: true, TimeProvider.System);
        return Task.CompletedTask;
    }

    protected override ValueTask CleanUp()
    {
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }
}
