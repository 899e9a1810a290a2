using System.Globalization;

namespace Sidecar.Storage.Files;

/// <summary>
/// The right to use a data directory: an exclusive lock on a file beside the database, which the system lets go when
/// the process ends, however it ends. The file stays; removing it would let two processes lock two files.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;
    private readonly StoreFiles _files;

    private StoreLock(FileStream file, StoreFiles files)
    {
        _file = file;
        _files = files;
    }

    /// <exception cref="StoreUnusableException">Another process has it, or the directory can't be used.</exception>
    public static StoreLock Take(StoreFiles files)
    {
        try
        {
            files.CreateDirectory();
            var file = new FileStream(files.Lock, Exclusive());
            WriteOwner(files);
            return new StoreLock(file, files);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new StoreUnusableException(
                StoreRemedies.NoAccess(files.Directory, denied.Message),
                denied
            );
        }
        catch (IOException refused)
        {
            throw new StoreUnusableException(
                File.Exists(files.Lock)
                    ? StoreRemedies.InUse(files.Directory, Owner(files))
                    : StoreRemedies.NoAccess(files.Directory, refused.Message),
                refused
            );
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            File.Delete(_files.Owner);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // The next owner writes it anew.
        }

        _file.Dispose();
    }

    private static FileStreamOptions Exclusive()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = StoreFiles.OwnerOnly;
        }

        return options;
    }

    // Only a courtesy for whoever is refused: a full disk must not keep us from reading.
    private static void WriteOwner(StoreFiles files)
    {
        try
        {
            File.Delete(files.Owner);
            StoreFiles.CreateEmpty(files.Owner);
            File.WriteAllText(
                files.Owner,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"process {Environment.ProcessId} on {Environment.MachineName}"
                )
            );
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    private static string Owner(StoreFiles files)
    {
        try
        {
            return File.ReadAllText(files.Owner) is { Length: > 0 } owner
                ? owner
                : "another process";
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }
}
