using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>
/// Copies a store into one file that needs nothing beside it. The copy shows one moment, is checked to the last row,
/// and has its name only once it is complete and on disk.
/// </summary>
internal static class LiteBackup
{
    /// <exception cref="IOException">The path is taken, or the copy could not be written or is not sound.</exception>
    public static void Write(StoreFiles from, string path, CancellationToken cancel)
    {
        if (File.Exists(path))
        {
            throw new IOException($"{path} exists; a backup never replaces a file.");
        }

        var partial = path + ".partial";
        try
        {
            cancel.ThrowIfCancellationRequested();
            LiteSnapshot.Copy(from, partial, cancel);
            LiteOpening.OpenChecked(partial, cancel).Dispose();
            DurableFiles.Flush(partial);
            File.Move(partial, path, overwrite: false);
            DurableFiles.FlushDirectoryOf(path);
        }
        catch (Exception failed) when (failed is StoreUnusableException or StoreDamagedException)
        {
            throw new IOException($"The backup to {path} is not sound: {failed.Message}", failed);
        }
        finally
        {
            File.Delete(partial);
            File.Delete(LiteFile.LogOf(partial));
        }
    }

    /// <summary>Copies a backup, or a copied store with its log, and checks the copy to the last row.</summary>
    /// <exception cref="StoreUnusableException">It is no sound store that this program can open.</exception>
    public static void CopyIn(string backup, string to)
    {
        var log = LiteFile.LogOf(backup);
        try
        {
            CopyFile(backup, to);
            if (File.Exists(log))
            {
                CopyFile(log, LiteFile.LogOf(to));
            }

            LiteOpening.OpenChecked(to, CancellationToken.None).Dispose();
            DurableFiles.Flush(to);
        }
        catch
        {
            File.Delete(to);
            throw;
        }
        finally
        {
            File.Delete(LiteFile.LogOf(to));
        }
    }

    private static void CopyFile(string from, string to)
    {
        StoreFiles.CreateEmpty(to);
        using var source = File.OpenRead(from);
        using var target = new FileStream(to, FileMode.Open, FileAccess.Write);
        source.CopyTo(target);
    }
}
