using Sidecar.Storage.Files;
using SQLitePCL;

namespace Sidecar.Storage.Sqlite;

/// <summary>What SQLite answered when it was not "ok".</summary>
internal sealed class SqliteFault(int code, string message)
    : Exception($"SQLite: {message} ({code})")
{
    /// <summary>The primary result code, <c>SQLITE_FULL</c> for instance.</summary>
    public int Primary { get; } = code & 0xff;

    /// <summary>The file's content is wrong, or it is no database at all.</summary>
    public bool IsDamage => Primary is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>Why the store can't be written at the moment; null when the fault is no condition of the store.</summary>
    public string? WriteProblem(string path) =>
        Primary switch
        {
            raw.SQLITE_FULL =>
                $"The disk that holds {path} is full. Free some space: reading goes on, and writing resumes by itself.",
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
                $"{path} can't be written: the file, its directory or the disk is read-only for this user ({Message}).",
            raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN =>
                $"Writing {path} failed on the disk's side. Look at the disk and the system's log ({Message}).",
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
                $"{path} is locked by another program, a database shell perhaps. Close it ({Message}).",
            raw.SQLITE_NOMEM => $"There is not enough memory to write {path}.",
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => StoreRemedies.Damaged(path, Message),
            _ => null,
        };

    /// <summary>The fault as callers of the port know it.</summary>
    public Exception ForReaders(string path) =>
        IsDamage
            ? new StoreUnusableException(StoreRemedies.Damaged(path, Message), this)
            : new IOException($"Reading {path} failed: {Message}", this);

    /// <inheritdoc cref="ForReaders"/>
    public Exception ForWriters(string path) =>
        WriteProblem(path) is { } problem ? new StoreUnwritableException(problem, this) : this;
}
