using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>How the LiteDB store is opened.</summary>
public sealed record LiteDbStoreOptions
{
    /// <summary>The directory of <c>escalate.litedb</c>; made, for the owner only, when it is missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>How many waiting commits share one flush to disk at the most; reads wait for all of them to be applied.</summary>
    public int CommitsPerFlush { get; init; } = 64;

    /// <summary>After so many pages of 8 kB the log is moved into the data file; reads wait meanwhile.</summary>
    public int PagesPerCheckpoint { get; init; } = 2000;

    /// <summary>
    /// How many delivered effects are remembered, so that an id which is queued again is left alone. An id comes back
    /// when a use case or a job repeats itself after a crash: soon, and long before this many others.
    /// </summary>
    public int RememberedDeliveries { get; init; } = 100_000;

    /// <summary>Of files up to this many bytes every page is checked before the store opens, of larger ones after it.</summary>
    public long CheckedBeforeOpening { get; init; } = 64L * 1024 * 1024;

    internal IReadOnlyList<Action<LiteFile>> SchemaUpgrades { get; init; } =
        LiteCollections.Upgrades;

    internal Disk Disk { get; init; } = Disk.Real;
}
