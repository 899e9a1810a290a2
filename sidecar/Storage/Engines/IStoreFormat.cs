using Microsoft.Extensions.Logging;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.Engines;

/// <summary>What the commands do with the files of an engine, whichever it is.</summary>
internal interface IStoreFormat
{
    StoreKind Kind { get; }

    /// <summary>What <c>--store</c> calls it.</summary>
    string Word { get; }

    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>Whether a file begins as this engine's do.</summary>
    bool Recognizes(ReadOnlySpan<byte> beginning);

    /// <summary>Opens a store, making it when it is missing.</summary>
    /// <exception cref="StoreUnusableException">It can't be used; the message says what to do.</exception>
    Task<IStoreEngine> Open(
        string directory,
        TimeProvider clock,
        ILoggerFactory logging,
        CancellationToken cancel
    );

    /// <summary>Copies a store, which may be in use by another process, into one checked file of its own.</summary>
    /// <exception cref="StoreUnusableException">It is not ours, or newer than this program.</exception>
    /// <exception cref="IOException">It could not be copied, or is not sound.</exception>
    void Copy(StoreFiles from, string to, CancellationToken cancel);

    /// <summary>Checks a backup completely and copies it.</summary>
    /// <exception cref="StoreUnusableException">It is no sound store that this program can open.</exception>
    void CopyBackup(string backup, string to);

    /// <summary>Looks at a store that another process may be using.</summary>
    /// <exception cref="StoreUnusableException">It is not ours, or newer than this program.</exception>
    /// <exception cref="IOException">It could not be read.</exception>
    ExaminedStore Examine(StoreFiles files, int atMost, CancellationToken cancel);

    /// <summary>Whether a store that nobody uses can be used as it is.</summary>
    bool IsSound(StoreFiles files);

    /// <summary>Every row in a fixed order: documents, due times, effects, audit, numbers, each by its key.</summary>
    IEnumerable<StoredRow> Read(string path, Disk disk);

    /// <summary>Makes a store of rows at a path where nothing is; closed and on disk when this returns.</summary>
    void Load(string path, IEnumerable<StoredRow> rows, Disk disk);
}
