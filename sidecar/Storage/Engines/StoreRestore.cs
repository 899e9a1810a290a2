using System.Globalization;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.Engines;

/// <summary>What a restore has done.</summary>
/// <param name="Database">The store's file, ready to be opened.</param>
/// <param name="KeptAside">The directory with the files that were replaced; null when there were none.</param>
public sealed record RestoredStore(string Database, string? KeptAside);

/// <summary>Puts a backup in the place of a store; what was there is kept in a directory beside it.</summary>
internal static class StoreRestore
{
    /// <summary>Checks the backup completely, copies it, and only then moves the present store aside.</summary>
    /// <param name="backup">A file made by <see cref="IStoreEngine.Backup"/>, of either engine; a copied store with its log is taken too.</param>
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

        var format =
            StoreFormats.OfFile(backup)
            ?? throw new StoreUnusableException(
                StoreRemedies.BadBackup(
                    backup,
                    StoreFiles.LengthOf(backup) == 0
                        ? "it is empty"
                        : "it is not a database of this program"
                )
            );
        var files = new StoreFiles(dataDirectory, format.Kind);
        using var held = StoreLock.Take(files);
        if (!force && SoundStore(dataDirectory) is { } sound)
        {
            throw new StoreUnusableException(StoreRemedies.SoundStore(sound.Database));
        }

        File.Delete(files.Restoring);
        format.CopyBackup(backup, files.Restoring);
        var aside = PutAside(files, clock);
        File.Move(files.Restoring, files.Database, overwrite: false);
        DurableFiles.FlushDirectoryOf(files.Database);
        return new RestoredStore(files.Database, aside);
    }

    private static StoreFiles? SoundStore(string dataDirectory) =>
        StoreFormats
            .All.Select(format =>
                (Format: format, Files: new StoreFiles(dataDirectory, format.Kind))
            )
            .Where(present => present.Files.DatabaseHasContent)
            .FirstOrDefault(present => present.Format.IsSound(present.Files))
            .Files;

    private static string? PutAside(StoreFiles files, TimeProvider clock)
    {
        var present = StoreFormats
            .All.Select(format => new StoreFiles(files.Directory, format.Kind))
            .SelectMany(static store => (string[])[store.Database, store.Log, store.SharedMemory])
            .Append(files.DamageNote)
            .Where(File.Exists)
            .ToList();
        if (present.Count == 0)
        {
            return null;
        }

        var aside = FreeName(files.Directory, clock.GetUtcNow());
        StoreFiles.CreateDirectory(aside);
        foreach (var file in present)
        {
            File.Move(file, Path.Combine(aside, Path.GetFileName(file)));
        }

        DurableFiles.FlushDirectoryOf(files.Database);
        return Path.GetFullPath(aside);
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
