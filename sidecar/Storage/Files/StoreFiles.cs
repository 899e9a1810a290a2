namespace Sidecar.Storage.Files;

/// <summary>Where a store's files lie, and how they are made: for the owner only.</summary>
internal sealed class StoreFiles(string directory, StoreKind kind)
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Directory { get; } = Path.GetFullPath(directory);

    public StoreKind Kind { get; } = kind;

    public string Database => Path.Combine(Directory, NameOf(Kind));

    /// <summary>Commits that are not in the database yet; a clean close leaves none.</summary>
    public string Log => Database + (Kind == StoreKind.Sqlite ? "-wal" : "-log");

    /// <summary>SQLite's readers and writer meet in it.</summary>
    public string SharedMemory => Database + "-shm";

    /// <summary>Says that somebody copies the files: while it is held, pages stay in the log.</summary>
    public string Hold => Path.Combine(Directory, "escalate.copying");

    /// <summary>A file under way to become the database.</summary>
    public string Fresh => Database + ".new";

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

    public static string NameOf(StoreKind kind) =>
        kind == StoreKind.Sqlite ? "escalate.db" : "escalate.litedb";

    public void CreateDirectory() => CreateDirectory(Directory);

    /// <summary>Makes a directory, for the owner only, when it is missing.</summary>
    public static void CreateDirectory(string directory)
    {
        if (System.IO.Directory.Exists(directory))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(directory);
        }
        else
        {
            System.IO.Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
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
