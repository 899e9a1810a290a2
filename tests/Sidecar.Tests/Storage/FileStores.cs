using Microsoft.Extensions.Logging.Abstractions;
using Sidecar.Storage;
using Sidecar.Storage.Files;
using Sidecar.Storage.LiteDb;
using Sidecar.Storage.Sqlite;
using Xunit;

namespace Sidecar.Tests.Storage;

/// <summary>Opens a store in files, whichever it is, with what tests that break stores want to be small.</summary>
internal static class FileStores
{
    /// <summary>Checked to its last page before it opens, and moved from its log so often that some of it breaks, too.</summary>
    public static async Task<IStoreEngine> Open(
        StoreFiles files,
        int pagesPerCheckpoint = 150,
        int commitsPerFlush = 64,
        Disk? disk = null
    ) =>
        files.Kind == StoreKind.LiteDb
            ? await LiteDbStoreEngine.OpenAsync(
                new LiteDbStoreOptions
                {
                    DataDirectory = files.Directory,
                    PagesPerCheckpoint = pagesPerCheckpoint,
                    CommitsPerFlush = commitsPerFlush,
                    CheckedBeforeOpening = long.MaxValue,
                    Disk = disk ?? Disk.Real,
                },
                TimeProvider.System,
                NullLogger<LiteDbStoreEngine>.Instance,
                TestContext.Current.CancellationToken
            )
            : await SqliteStoreEngine.OpenAsync(
                new SqliteStoreOptions
                {
                    DataDirectory = files.Directory,
                    PagesPerCheckpoint = pagesPerCheckpoint,
                    CommitsPerFlush = commitsPerFlush,
                    CheckedBeforeOpening = long.MaxValue,
                    Disk = disk ?? Disk.Real,
                },
                TimeProvider.System,
                NullLogger<SqliteStoreEngine>.Instance,
                TestContext.Current.CancellationToken
            );
}
