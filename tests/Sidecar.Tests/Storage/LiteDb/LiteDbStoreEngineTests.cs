using Microsoft.Extensions.Logging.Abstractions;
using Sidecar.Storage;
using Sidecar.Storage.Engines;
using Sidecar.Storage.LiteDb;

namespace Sidecar.Tests.Storage.LiteDb;

public sealed class LiteDbStoreEngineTests : StoreEngineConformance
{
    private readonly ScratchDirectory _scratch = new();

    protected override async Task<IStoreEngine> Open() =>
        await LiteDbStoreEngine.OpenAsync(
            new LiteDbStoreOptions { DataDirectory = _scratch["data"] },
            TimeProvider.System,
            NullLogger<LiteDbStoreEngine>.Instance,
            Cancel
        );

    protected override string NewBackupPath() => _scratch["backup.litedb"];

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
