using Sidecar.Storage.Files;

namespace Sidecar.Storage.Sqlite;

/// <summary>
/// Copies a store into one file that needs nothing beside it. The copy shows one moment, is checked, and has its name
/// only once it is complete and on disk.
/// </summary>
internal static class SqliteBackup
{
    /// <exception cref="IOException">The path is taken, or the copy could not be written or is not sound.</exception>
    public static Task Write(ReaderPool readers, string path, CancellationToken cancel) =>
        Task.Factory.StartNew(
            () =>
            {
                using var source = readers.OpenOne();
                Copy(source, path, readers.Disk, cancel);
            },
            cancel,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    public static void Copy(
        SqliteConnection source,
        string path,
        Disk disk,
        CancellationToken cancel
    )
    {
        if (File.Exists(path))
        {
            throw new IOException($"{path} exists; a backup never replaces a file.");
        }

        var partial = path + ".partial";
        disk.Delete(partial);
        try
        {
            disk.Create(partial);
            CopyAndCheck(source, partial, disk, cancel);
            disk.Flush(partial);
            disk.Move(partial, path, overwrite: false);
        }
        catch (SqliteFault fault)
        {
            throw new IOException($"The backup to {path} failed: {fault.Message}", fault);
        }
        finally
        {
            disk.Delete(partial);
        }
    }

    private static void CopyAndCheck(
        SqliteConnection source,
        string path,
        Disk disk,
        CancellationToken cancel
    )
    {
        using var copy = SqliteConnection.ForWriting(path, disk);
        copy.Execute("PRAGMA synchronous = OFF");
        // An open read holds the moment still: without it every commit would make the copy start again.
        source.Execute("BEGIN");
        try
        {
            source.Number("SELECT count(*) FROM sqlite_master");
            source.CopyTo(copy, cancel);
        }
        finally
        {
            source.Execute("ROLLBACK");
        }

        // The header was copied with the rest and asks for a log; a backup is one file.
        copy.Execute("PRAGMA journal_mode = DELETE");
        cancel.ThrowIfCancellationRequested();
        if (PageCheck.Full(copy) is { } finding)
        {
            throw new IOException($"The backup to {path} is not sound: {finding}");
        }
    }
}
