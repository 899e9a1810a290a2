namespace Sidecar.Storage.Sqlite;

/// <summary>Where a store's files lie, and how they are made: for the owner only.</summary>
internal sealed class StoreFiles(string directory)
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Directory { get; } = Path.GetFullPath(directory);

    public string Database => Path.Combine(Directory, "escalate.db");

    /// <summary>Commits that are not in the database yet; a clean close leaves none.</summary>
    public string Log => Database + "-wal";

    public string SharedMemory => Database + "-shm";

    public string Lock => Path.Combine(Directory, "escalate.lock");

    /// <summary>Says who holds the lock, for whoever is refused; the locked file itself can't be read.</summary>
    public string Owner => Path.Combine(Directory, "escalate.owner");

    /// <summary>What a restore has copied and not put in place yet.</summary>
    public string Restoring => Path.Combine(Directory, "escalate.restoring");

    /// <summary>Says that a check found damage, so that the next start checks before it does anything else.</summary>
    public string DamageNote => Path.Combine(Directory, "escalate.damaged");

    public bool DatabaseHasContent => LengthOf(Database) > 0;

    /// <summary>Content that belongs to a database which is not there: an empty new one would hide a loss.</summary>
    public bool PartsWithoutDatabase =>
        !DatabaseHasContent && (LengthOf(Log) > 0 || LengthOf(Restoring) > 0);

    public void CreateDirectory()
    {
        if (System.IO.Directory.Exists(Directory))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(Directory);
        }
        else
        {
            System.IO.Directory.CreateDirectory(Directory, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    /// <summary>An empty file for the owner only; SQLite gives its side files the same mode.</summary>
    public static void CreateEmpty(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        new FileStream(path, options).Dispose();
    }

    public static long LengthOf(string path) =>
        new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
