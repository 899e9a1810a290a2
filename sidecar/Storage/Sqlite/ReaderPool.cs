using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.Sqlite;

/// <summary>Read-only connections beside the writer, opened when they are first needed and kept.</summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "A disposed semaphore would leave those who wait for it waiting for ever; it holds nothing."
)]
internal sealed class ReaderPool(string path, SqliteStoreOptions options, HealthBoard health)
{
    private const int CacheKibibytes = 2048;

    private readonly SemaphoreSlim _free = new(options.Readers, options.Readers);
    private readonly ConcurrentStack<SqliteConnection> _idle = new();
    private volatile bool _closed;

    /// <summary>What they read from.</summary>
    public Disk Disk => options.Disk;

    /// <summary>Asks one of them, on the caller's thread: a read takes less time than a change of threads.</summary>
    public async ValueTask<T> Ask<T>(Func<SqliteConnection, T> question, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_closed, typeof(IStoreEngine));
        await _free.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(IStoreEngine));
            return Ask(question);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>A connection of its own for something long, so that reads don't queue behind it.</summary>
    public SqliteConnection OpenOne()
    {
        var connection = SqliteConnection.ForReading(path, options.Disk);
        connection.Execute(
            string.Create(
                CultureInfo.InvariantCulture,
                $"PRAGMA cache_size = -{CacheKibibytes}; PRAGMA query_only = 1; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = 0"
            )
        );
        return connection;
    }

    /// <summary>Waits for reads that run and closes the connections.</summary>
    public async Task Close()
    {
        _closed = true;
        for (var i = 0; i < options.Readers; i++)
        {
            await _free.WaitAsync();
        }

        while (_idle.TryPop(out var connection))
        {
            connection.Dispose();
        }

        _free.Release(options.Readers);
    }

    private T Ask<T>(Func<SqliteConnection, T> question)
    {
        try
        {
            if (!_idle.TryPop(out var connection))
            {
                connection = OpenOne();
            }

            try
            {
                return question(connection);
            }
            finally
            {
                _idle.Push(connection);
            }
        }
        catch (SqliteFault fault)
        {
            if (fault.IsDamage)
            {
                health.FoundDamage(fault.Message);
            }

            throw fault.ForReaders(path);
        }
    }
}
