using Microsoft.Extensions.Logging;
using Sidecar.Storage.Files;
using Sidecar.Storage.LiteDb;

namespace Sidecar.Storage.Engines;

/// <inheritdoc/>
internal sealed class LiteDbFormat : IStoreFormat
{
    public StoreKind Kind => StoreKind.LiteDb;

    public string Word => "litedb";

    public string Name => "LiteDB";

    public bool Recognizes(ReadOnlySpan<byte> beginning) => FileFormat.IsLiteDb(beginning);

    public async Task<IStoreEngine> Open(
        string directory,
        TimeProvider clock,
        ILoggerFactory logging,
        CancellationToken cancel
    ) =>
        await LiteDbStoreEngine.OpenAsync(
            new LiteDbStoreOptions { DataDirectory = directory },
            clock,
            logging.CreateLogger<LiteDbStoreEngine>(),
            cancel
        );

    public void Copy(StoreFiles from, string to, CancellationToken cancel) =>
        LiteBackup.Write(from, to, cancel);

    public void CopyBackup(string backup, string to)
    {
        try
        {
            LiteBackup.CopyIn(backup, to);
        }
        catch (Exception failed) when (failed is StoreUnusableException or IOException)
        {
            throw new StoreUnusableException(
                StoreRemedies.BadBackup(backup, failed.Message),
                failed
            );
        }
    }

    public ExaminedStore Examine(StoreFiles files, int atMost, CancellationToken cancel) =>
        LiteExamination.Of(files, atMost, cancel);

    public bool IsSound(StoreFiles files)
    {
        try
        {
            LiteOpening.OpenChecked(files.Database, CancellationToken.None).Dispose();
            return true;
        }
        catch (StoreUnusableException)
        {
            return false;
        }
    }

    public IEnumerable<StoredRow> Read(string path, Disk disk)
    {
        using var file = LiteOpening.OpenUpgraded(path, disk);
        foreach (var row in LiteRows.Read(file))
        {
            yield return row;
        }
    }

    public void Load(string path, IEnumerable<StoredRow> rows, Disk disk)
    {
        using var file = LiteFile.Create(path, disk);
        LiteCollections.Upgrade(file, LiteCollections.Upgrades);
        LiteRows.Write(file, rows);
    }
}
