using System.Globalization;
using Microsoft.Extensions.Logging;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.Sqlite;

/// <summary>Opens a store step by step; whatever a step finds wrong ends it with a sentence that says what to do.</summary>
internal sealed class SqliteOpening(SqliteStoreOptions options, TimeProvider clock, ILogger logger)
{
    // Synchronous FULL: a commit is on disk before it is acknowledged, fullfsync: also on macOS. The log
    // shrinks to 64 MB after a backup has held it up.
    internal static string WriterSettings(SqliteStoreOptions options) =>
        $"""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA fullfsync = 1;
            PRAGMA checkpoint_fullfsync = 1;
            PRAGMA wal_autocheckpoint = {options.PagesPerCheckpoint.ToString(
                CultureInfo.InvariantCulture
            )};
            PRAGMA journal_size_limit = 67108864;
            PRAGMA cache_size = -8192;
            PRAGMA temp_store = MEMORY;
            PRAGMA cell_size_check = 1;
            PRAGMA trusted_schema = 0;
            """;

    private readonly StoreFiles _files = new(options.DataDirectory, StoreKind.Sqlite);

    public SqliteStoreEngine Open()
    {
        var held = StoreLock.Take(_files);
        try
        {
            return Open(held);
        }
        catch (SqliteFault fault)
        {
            held.Dispose();
            throw Unusable(fault);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            held.Dispose();
            throw new StoreUnusableException(
                StoreRemedies.NoAccess(_files.Database, denied.Message),
                denied
            );
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private SqliteStoreEngine Open(StoreLock held)
    {
        if (_files.PartsWithoutDatabase)
        {
            throw new StoreUnusableException(StoreRemedies.Interrupted(_files.Database));
        }

        if (!File.Exists(_files.Database))
        {
            options.Disk.Create(_files.Database);
        }

        var checkFirst =
            File.Exists(_files.DamageNote)
            || StoreFiles.LengthOf(_files.Database) <= options.CheckedBeforeOpening;
        var database = SqliteConnection.ForWriting(_files.Database, options.Disk);
        try
        {
            Prepare(database, checkFirst);
            return Assemble(held, database, checkFirst);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private void Prepare(SqliteConnection database, bool checkFirst)
    {
        var known = options.SchemaUpgrades.Count;
        var version = Schema.Verify(database, _files.Database, known);
        if (checkFirst && PageCheck.Quick(database) is { } finding)
        {
            throw new StoreUnusableException(StoreRemedies.Damaged(_files.Database, finding));
        }

        database.Execute(WriterSettings(options));
        if (version > 0 && version < known)
        {
            KeepCopyOf(database, version);
        }

        Schema.Upgrade(database, options.SchemaUpgrades);
        File.Delete(_files.DamageNote);
    }

    private SqliteStoreEngine Assemble(StoreLock held, SqliteConnection database, bool isChecked)
    {
        var health = new HealthBoard(_files, logger);
        var readers = new ReaderPool(_files.Database, options, health);
        if (isChecked)
        {
            health.PagesChecked();
        }

        var check = isChecked ? null : BackgroundCheck.Start(readers.OpenOne(), health);
        var recent = new RecentReads();
        var writer = new CommitWriter(database, options, health, recent);
        return new SqliteStoreEngine(held, health, readers, writer, recent, check);
    }

    /// <summary>An upgrade can't be undone; the file from before it can be put back.</summary>
    private void KeepCopyOf(SqliteConnection database, long version)
    {
        var copy = Path.Combine(
            _files.Directory,
            string.Create(
                CultureInfo.InvariantCulture,
                $"before-upgrade-of-v{version}-{clock.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}.db"
            )
        );
        SqliteBackup.Copy(database, copy, options.Disk, CancellationToken.None);
    }

    private StoreUnusableException Unusable(SqliteFault fault) =>
        new(
            fault.IsDamage
                ? StoreRemedies.Damaged(_files.Database, fault.Message)
                : StoreRemedies.NoAccess(_files.Database, fault.Message),
            fault
        );
}
