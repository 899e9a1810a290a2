using Microsoft.Extensions.Logging;
using Sidecar.Storage.Files;
using Sidecar.Storage.Sqlite;

namespace Sidecar.Storage.Engines;

/// <inheritdoc/>
internal sealed class SqliteFormat : IStoreFormat
{
    public StoreKind Kind => StoreKind.Sqlite;

    public string Word => "sqlite";

    public string Name => "SQLite";

    public bool Recognizes(ReadOnlySpan<byte> beginning) =>
        beginning.StartsWith("SQLite format 3\0"u8);

    public async Task<IStoreEngine> Open(
        string directory,
        TimeProvider clock,
        ILoggerFactory logging,
        CancellationToken cancel
    ) =>
        await SqliteStoreEngine.OpenAsync(
            new SqliteStoreOptions { DataDirectory = directory },
            clock,
            logging.CreateLogger<SqliteStoreEngine>(),
            cancel
        );

    public void Copy(StoreFiles from, string to, CancellationToken cancel)
    {
        try
        {
            using var database = SqliteConnection.ForReading(from.Database);
            Schema.Verify(database, from.Database, Schema.Upgrades.Count);
            SqliteBackup.Copy(database, to, Disk.Real, cancel);
        }
        catch (SqliteFault fault)
        {
            throw new IOException(fault.Message, fault);
        }
    }

    public void CopyBackup(string backup, string to)
    {
        try
        {
            using var source =
                StoreFiles.LengthOf(backup + "-wal") > 0
                    ? SqliteConnection.ForReading(backup)
                    : SqliteConnection.ForReadingUnchanging(backup);
            if (Schema.Verify(source, backup, Schema.Upgrades.Count) == 0)
            {
                throw new StoreUnusableException(StoreRemedies.BadBackup(backup, "it is empty"));
            }

            SqliteBackup.Copy(source, to, Disk.Real, CancellationToken.None);
        }
        catch (Exception failed) when (failed is SqliteFault or IOException)
        {
            throw new StoreUnusableException(
                StoreRemedies.BadBackup(backup, failed.Message),
                failed
            );
        }
    }

    public ExaminedStore Examine(StoreFiles files, int atMost, CancellationToken cancel)
    {
        try
        {
            using var database = SqliteConnection.ForReading(files.Database);
            Schema.Verify(database, files.Database, Schema.Upgrades.Count);
            return PageCheck.Full(database) is { } damage
                ? ExaminedStore.Damaged(damage)
                : new ExaminedStore(
                    Damage: null,
                    SqliteReads.ParkedEffects(database, 0, atMost),
                    SqliteReads.Outbox(database, 0, atMost)
                );
        }
        catch (SqliteFault fault)
        {
            return fault.IsDamage
                ? ExaminedStore.Damaged(fault.Message)
                : throw new IOException(fault.Message, fault);
        }
    }

    public bool IsSound(StoreFiles files)
    {
        try
        {
            using var database = SqliteConnection.ForReading(files.Database);
            Schema.Verify(database, files.Database, Schema.Upgrades.Count);
            return PageCheck.Quick(database) is null;
        }
        catch (Exception unusable) when (unusable is SqliteFault or StoreUnusableException)
        {
            return false;
        }
    }

    public IEnumerable<StoredRow> Read(string path, Disk disk)
    {
        using var database = SqliteConnection.ForWriting(path, disk);
        Schema.Verify(database, path, Schema.Upgrades.Count);
        Schema.Upgrade(database, Schema.Upgrades);
        foreach (var row in SqliteRows.Read(database))
        {
            yield return row;
        }
    }

    public void Load(string path, IEnumerable<StoredRow> rows, Disk disk)
    {
        disk.Create(path);
        SqliteRows.WriteFile(path, rows, disk);
    }
}
