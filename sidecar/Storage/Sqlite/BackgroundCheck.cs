using Sidecar.Storage.Files;
using SQLitePCL;

namespace Sidecar.Storage.Sqlite;

/// <summary>Checks the pages of a large file while the store is in use already.</summary>
internal sealed class BackgroundCheck
{
    private readonly SqliteConnection _database;
    private readonly HealthBoard _health;
    private readonly Task _running;
    private readonly Lock _gate = new();
    private bool _ended;

    private BackgroundCheck(SqliteConnection database, HealthBoard health)
    {
        _database = database;
        _health = health;
        _running = Task.Factory.StartNew(
            Run,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
    }

    /// <summary>Starts it; the connection is its own and closed by it.</summary>
    public static BackgroundCheck Start(SqliteConnection database, HealthBoard health) =>
        new(database, health);

    /// <summary>Ends it, finished or not.</summary>
    public Task Stop()
    {
        lock (_gate)
        {
            if (!_ended)
            {
                _database.Interrupt();
            }
        }

        return _running;
    }

    private void Run()
    {
        try
        {
            if (PageCheck.Quick(_database) is { } finding)
            {
                _health.FoundDamage(finding);
            }
            else
            {
                _health.PagesChecked();
            }
        }
        catch (SqliteFault stopped)
        {
            if (stopped.Primary != raw.SQLITE_INTERRUPT)
            {
                _health.CheckFailed(stopped);
            }
        }
        finally
        {
            lock (_gate)
            {
                _ended = true;
                _database.Dispose();
            }
        }
    }
}
