using System.Globalization;

namespace Sidecar.Storage.Sqlite;

/// <summary>What a restore has done.</summary>
/// <param name="Database">The store's file, ready to be opened.</param>
/// <param name="KeptAside">The directory with the files that were replaced; null when there were none.</param>
public sealed record RestoredStore(string Database, string? KeptAside);

/// <summary>Puts a backup in the place of a store; what was there is kept in a directory beside it.</summary>
public static class SqliteRestore
{
    /// <summary>Checks the backup completely, copies it, and only then moves the present store aside.</summary>
    /// <param name="backup">A file made by <see cref="IStoreEngine.Backup"/>; a copied store with its log is taken too.</param>
    /// <param name="dataDirectory">The store's directory; made when it is missing.</param>
    /// <param name="force">Replace a store that could be used as it is.</param>
    /// <param name="clock">Names the directory for the replaced files.</param>
    /// <exception cref="StoreUnusableException">
    /// The backup is no sound store that this program can open, or the data directory is in use, or it holds a sound
    /// store and <paramref name="force"/> is not given; nothing has changed.
    /// </exception>
    public static RestoredStore Restore(
        string backup,
        string dataDirectory,
        bool force,
        TimeProvider clock
    )
    {
        if (!File.Exists(backup))
        {
            throw new StoreUnusableException($"There is no backup {backup}.");
        }

        var files = new StoreFiles(dataDirectory);
        using var held = StoreLock.Take(files);
        if (!force && IsSound(files))
        {
            throw new StoreUnusableException(Remedy.SoundStore(files.Database));
        }

        CopyIn(backup, files);
        var aside = PutAside(files, clock);
        File.Move(files.Restoring, files.Database, overwrite: false);
        DurableFiles.FlushDirectoryOf(files.Database);
        return new RestoredStore(files.Database, aside);
    }

    private static bool IsSound(StoreFiles files)
    {
        if (!files.DatabaseHasContent)
        {
            return false;
        }

        try
        {
            using var database = Connection.ForReading(files.Database);
            Schema.Verify(database, files.Database, Schema.Upgrades.Count);
            return PageCheck.Quick(database) is null;
        }
        catch (Exception unusable) when (unusable is SqliteFault or StoreUnusableException)
        {
            return false;
        }
    }

    private static void CopyIn(string backup, StoreFiles files)
    {
        File.Delete(files.Restoring);
        try
        {
            using var source =
                StoreFiles.LengthOf(backup + "-wal") > 0
                    ? Connection.ForReading(backup)
                    : Connection.ForReadingUnchanging(backup);
            if (Schema.Verify(source, backup, Schema.Upgrades.Count) == 0)
            {
                throw new StoreUnusableException(Remedy.BadBackup(backup, "it is empty"));
            }

            SqliteBackup.Copy(source, files.Restoring, CancellationToken.None);
        }
        catch (SqliteFault fault)
        {
            throw new StoreUnusableException(Remedy.BadBackup(backup, fault.Message), fault);
        }
        catch (IOException failed)
        {
            throw new StoreUnusableException(Remedy.BadBackup(backup, failed.Message), failed);
        }
    }

    private static string? PutAside(StoreFiles files, TimeProvider clock)
    {
        var present = new[] { files.Database, files.Log, files.SharedMemory, files.DamageNote }
            .Where(File.Exists)
            .ToList();
        if (present.Count == 0)
        {
            return null;
        }

        var aside = new StoreFiles(FreeName(files.Directory, clock.GetUtcNow()));
        aside.CreateDirectory();
        foreach (var file in present)
        {
            File.Move(file, Path.Combine(aside.Directory, Path.GetFileName(file)));
        }

        DurableFiles.FlushDirectoryOf(files.Database);
        return aside.Directory;
    }

    private static string FreeName(string directory, DateTimeOffset now)
    {
        var name = Path.Combine(
            directory,
            string.Create(CultureInfo.InvariantCulture, $"replaced-{now:yyyyMMdd'T'HHmmss'Z'}")
        );
        var free = name;
        for (var i = 2; Path.Exists(free); i++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}-{i}");
        }

        return free;
    }
}
