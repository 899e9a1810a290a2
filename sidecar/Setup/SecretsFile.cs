using System.Text.Json;
using Sidecar.Settings;
using Sidecar.Storage.Files;

namespace Sidecar.Setup;

/// <summary>
/// <c>secrets.json</c> in the data directory: readable by its owner only, replaced as a whole, on disk before anything
/// else happens. Set-up writes it after each step, so that no token Mattermost has given out is ever lost.
/// </summary>
internal sealed class SecretsFile(string dataDirectory)
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    public string Directory { get; } = System.IO.Path.GetFullPath(dataDirectory);

    public string Path => System.IO.Path.Combine(Directory, "secrets.json");

    public bool Exists => File.Exists(Path);

    /// <summary>What a sidecar serves with.</summary>
    /// <exception cref="SetupException">There is no file, or something in it is missing; names file, key and remedy, no value.</exception>
    public Secrets Read()
    {
        var secrets =
            Find()
            ?? throw new SetupException(
                $"{Path} is not there: this data directory was never set up, or another one was.",
                $"Run: {CommandNames.Install} --data {Directory} --url <mattermost> --public-url <sidecar> --team <name>"
            );
        return secrets.FirstGap() is { } gap
            ? throw new SetupException(
                $"{Path}: {gap}. The set-up was not completed, or the file was edited.",
                $"Run set-up again; it completes what is missing: {CommandNames.Install} --data {Directory}"
            )
            : secrets;
    }

    /// <summary>What has been recorded so far, complete or not; null when there is no file.</summary>
    /// <exception cref="SetupException">There is a file and it can't be read.</exception>
    public Secrets? Find()
    {
        try
        {
            return Exists ? SecretsDocument.Parse(File.ReadAllBytes(Path)) : null;
        }
        catch (JsonException broken)
        {
            throw new SetupException(
                $"{Path} can't be understood: {broken.Message}",
                "Put back a copy of it (a backup holds one), or move it away and run set-up again with --take-over.",
                broken
            );
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new SetupException(
                $"{Path} can't be read: {denied.Message}",
                "Run as the user who owns the data directory.",
                denied
            );
        }
    }

    /// <summary>Puts them on disk, unless they are there already.</summary>
    /// <returns>Whether the file's content changed.</returns>
    public bool Write(Secrets secrets)
    {
        try
        {
            var bytes = SecretsDocument.Write(secrets);
            if (Exists && File.ReadAllBytes(Path).AsSpan().SequenceEqual(bytes))
            {
                return false;
            }

            PrivateFile.Replace(Path, bytes);
            return true;
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new SetupException(
                $"{Path} can't be written: {denied.Message}",
                "Give the data directory to the user who runs this, on a disk with room, and run set-up again.",
                denied
            );
        }
    }

    /// <summary>Makes the directory when it is missing, and proves that it can be written to, before anything depends on it.</summary>
    /// <exception cref="SetupException">It can't.</exception>
    public void Prepare()
    {
        try
        {
            StoreFiles.CreateDirectory(Directory);
            var probe = Path + ".probe";
            File.Delete(probe);
            StoreFiles.CreateEmpty(probe);
            File.Delete(probe);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new SetupException(
                $"The data directory {Directory} can't be written to: {denied.Message}",
                "Name another one with --data, or give it to the user who runs this.",
                denied
            );
        }
    }

    /// <summary>Removes it.</summary>
    public void Delete()
    {
        File.Delete(Path);
        DurableFiles.FlushDirectoryOf(Path);
    }

    /// <summary>The file or directory that others than the owner can get at, or null. Windows keeps rights elsewhere.</summary>
    public string? Exposed() =>
        OperatingSystem.IsWindows() ? null
        : Exists && (File.GetUnixFileMode(Path) & Others) != UnixFileMode.None ? Path
        : System.IO.Directory.Exists(Directory)
        && (File.GetUnixFileMode(Directory) & Others) != UnixFileMode.None
            ? Directory
        : null;

    /// <summary>Takes the rights of others away.</summary>
    public void Close()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(Directory, StoreFiles.OwnerOnly | UnixFileMode.UserExecute);
        if (Exists)
        {
            File.SetUnixFileMode(Path, StoreFiles.OwnerOnly);
        }
    }
}
