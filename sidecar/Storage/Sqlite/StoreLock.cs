using System.Globalization;

namespace Sidecar.Storage.Sqlite;

/// <summary>
/// The right to use a data directory: an exclusive lock on a file beside the database, which the system lets go when
/// the process ends, however it ends. The file stays; removing it would let two processes lock two files.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <exception cref="StoreUnusableException">Another process has it, or the directory can't be used.</exception>
    public static StoreLock Take(StoreFiles files)
    {
        try
        {
            files.CreateDirectory();
            var file = new FileStream(files.Lock, Exclusive());
            WriteOwner(file);
            return new StoreLock(file);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new StoreUnusableException(
                Remedy.NoAccess(files.Directory, denied.Message),
                denied
            );
        }
        catch (IOException refused)
        {
            throw new StoreUnusableException(
                File.Exists(files.Lock)
                    ? Remedy.InUse(files.Directory, Owner(files))
                    : Remedy.NoAccess(files.Directory, refused.Message),
                refused
            );
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

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

    private static void WriteOwner(FileStream file)
    {
        try
        {
            file.SetLength(0);
            file.Write(
                System.Text.Encoding.UTF8.GetBytes(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"process {Environment.ProcessId} on {Environment.MachineName}"
                    )
                )
            );
        }
        catch (IOException)
        {
            // Only a courtesy for whoever is refused; a full disk must not keep us from reading.
        }
    }

    private static string Owner(StoreFiles files)
    {
        try
        {
            using var file = new FileStream(
                files.Lock,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite
            );
            using var reader = new StreamReader(file);
            return reader.ReadToEnd() is { Length: > 0 } owner ? owner : "another process";
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
