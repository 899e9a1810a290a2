using Npgsql;
using Sidecar.Storage.Files;
using Sidecar.Storage.LiteDb;
using Sidecar.Storage.Postgres;
using Sidecar.Storage.Sqlite;

namespace Sidecar.Storage.Engines;

/// <summary>One end of a copy: a store that nobody else uses meanwhile. What is loaded is not there before it is published.</summary>
internal interface IStoreEnd : IDisposable
{
    /// <summary>Where it is, for people.</summary>
    string Name { get; }

    /// <summary>Every row, in a fixed order.</summary>
    IEnumerable<StoredRow> Read();

    /// <summary>Makes a store of rows.</summary>
    void Load(IEnumerable<StoredRow> rows);

    /// <summary>What was loaded, read again.</summary>
    IEnumerable<StoredRow> ReadLoaded();

    /// <summary>From now on what was loaded is the store.</summary>
    void Publish();

    /// <summary>How much room it takes, in bytes.</summary>
    long Size();

    /// <summary>A fault of this engine in words; null when it is none.</summary>
    Exception? Explain(Exception fault);
}

/// <summary>A store in a data directory.</summary>
internal sealed class FileEnd : IStoreEnd
{
    private readonly StoreFiles _files;
    private readonly Disk _disk;
    private readonly bool _replaces;
    private StoreLock? _lock;

    private FileEnd(StoreFiles files, Disk disk, bool replaces) =>
        (_files, _disk, _replaces) = (files, disk, replaces);

    public string Name => _files.Database;

    private IStoreFormat Format => StoreFormats.Of(_files.Kind);

    /// <summary>A store that is there.</summary>
    /// <exception cref="StoreUnusableException">There is none, or it is in use.</exception>
    public static FileEnd ForReading(StoreFiles files, Disk disk)
    {
        if (!files.DatabaseHasContent)
        {
            throw new StoreUnusableException(
                files.PartsWithoutDatabase
                    ? StoreRemedies.Interrupted(files.Database)
                    : $"There is no store in {files.Directory}."
            );
        }

        return new FileEnd(files, disk, replaces: false).Held();
    }

    /// <summary>A directory without a store; still to be <see cref="Held"/>.</summary>
    /// <exception cref="StoreUnusableException">There is one.</exception>
    public static FileEnd ForLoading(StoreFiles files, Disk disk) =>
        StoreFormats.PresentIn(files.Directory) is [var taken, ..]
            ? throw new StoreUnusableException(
                $"{files.Directory} holds a store of {taken.Name} already; a copy never replaces one. Name another directory."
            )
            : new FileEnd(files, disk, replaces: false);

    /// <summary>A store in whose place its own copy goes.</summary>
    /// <exception cref="StoreUnusableException">It is in use.</exception>
    public static FileEnd ForCompacting(StoreFiles files, Disk disk) =>
        new FileEnd(files, disk, replaces: true).Held();

    /// <summary>Nobody else has it from now on.</summary>
    public FileEnd Held()
    {
        _lock = StoreLock.Take(_files);
        return this;
    }

    public IEnumerable<StoredRow> Read() => Format.Read(_files.Database, _disk);

    public void Load(IEnumerable<StoredRow> rows)
    {
        RemoveFresh();
        Format.Load(_files.Fresh, rows, _disk);
    }

    public IEnumerable<StoredRow> ReadLoaded() => Format.Read(_files.Fresh, _disk);

    public void Publish() => _disk.Move(_files.Fresh, _files.Database, overwrite: _replaces);

    public long Size() => StoreFiles.LengthOf(_files.Database) + StoreFiles.LengthOf(_files.Log);

    public Exception? Explain(Exception fault) =>
        fault switch
        {
            SqliteFault sqlite => sqlite.ForReaders(_files.Database),
            IOException or UnauthorizedAccessException => null,
            _ => LiteOpening.Known(fault, _files.Database),
        };

    public void Dispose()
    {
        if (_lock is not null)
        {
            RemoveFresh();
            _lock.Dispose();
        }
    }

    private void RemoveFresh()
    {
        foreach (var ending in (string[])["", "-log", "-wal", "-shm", "-journal"])
        {
            _disk.Delete(_files.Fresh + ending);
        }
    }
}

/// <summary>A store in a database.</summary>
internal sealed class PostgresEnd(PostgresTables tables) : IStoreEnd
{
    public string Name => tables.Address.ToString();

    public IEnumerable<StoredRow> Read() => tables.Read();

    public void Load(IEnumerable<StoredRow> rows) => tables.Load(rows);

    public IEnumerable<StoredRow> ReadLoaded() => tables.Read();

    public void Publish() => tables.Publish();

    public long Size() => tables.Size();

    public Exception? Explain(Exception fault) =>
        fault is NpgsqlException
            ? new IOException($"{Name}: {PostgresRemedy.Reason(fault)}", fault)
            : null;

    public void Dispose() => tables.Dispose();
}
