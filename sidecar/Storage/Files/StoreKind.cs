namespace Sidecar.Storage.Files;

/// <summary>The engines that keep a store in a data directory.</summary>
internal enum StoreKind
{
    /// <summary>The default: no native library, one file.</summary>
    LiteDb,

    /// <summary>For one machine with much to do.</summary>
    Sqlite,
}
