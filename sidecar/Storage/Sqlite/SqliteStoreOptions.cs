using Sidecar.Storage.Files;

namespace Sidecar.Storage.Sqlite;

/// <summary>How the embedded store is opened.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The directory of <c>escalate.db</c>; made, for the owner only, when it is missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>How many waiting commits share one flush to disk at the most.</summary>
    public int CommitsPerFlush { get; init; } = 256;

    /// <summary>After so many pages of 4 kB the log is folded into the database.</summary>
    public int PagesPerCheckpoint { get; init; } = 4000;

    /// <summary>How many reads run beside each other; each connection keeps up to 2 MB of pages.</summary>
    public int Readers { get; init; } = Math.Clamp(Environment.ProcessorCount * 2, 2, 8);

    /// <summary>
    /// How many delivered effects are remembered, so that an id which is queued again is left alone. An id comes back
    /// when a use case or a job repeats itself after a crash: soon, and long before this many others.
    /// </summary>
    public int RememberedDeliveries { get; init; } = 100_000;

    /// <summary>Files up to this many bytes are checked page by page before the store opens, larger ones after it.</summary>
    public long CheckedBeforeOpening { get; init; } = 64L * 1024 * 1024;

    internal IReadOnlyList<string> SchemaUpgrades { get; init; } = Schema.Upgrades;

    internal Disk Disk { get; init; } = Disk.Real;
}
