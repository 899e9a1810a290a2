using Sidecar.Storage.Files;
using SQLitePCL;

namespace Sidecar.Storage.Sqlite;

/// <summary>A connection used by one thread at a time, with the statements it has prepared so far.</summary>
internal sealed class SqliteConnection : IDisposable
{
    private readonly Dictionary<string, Statement> _prepared = new(StringComparer.Ordinal);
    private readonly sqlite3 _handle;

    private SqliteConnection(sqlite3 handle) => _handle = handle;

    /// <summary>True between BEGIN and its end.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>The row id of the last insert.</summary>
    public long LastInserted => raw.sqlite3_last_insert_rowid(_handle);

    /// <summary>How many rows the last statement changed.</summary>
    public int Changed => raw.sqlite3_changes(_handle);

    public static SqliteConnection ForWriting(string path, Disk? disk = null) =>
        Open(path, raw.SQLITE_OPEN_READWRITE, disk);

    public static SqliteConnection ForReading(string path, Disk? disk = null) =>
        Open(path, raw.SQLITE_OPEN_READONLY, disk);

    /// <summary>Reads a file that nobody changes, without leaving anything beside it.</summary>
    public static SqliteConnection ForReadingUnchanging(string path) =>
        Open(Address(path) + "?immutable=1", raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI);

    /// <summary>Runs a text of statements.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>The statement, prepared at its first use and kept.</summary>
    public Statement Prepared(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var statement))
        {
            statement = Prepare(sql);
            _prepared.Add(sql, statement);
        }

        return statement.FromTheLeft();
    }

    /// <summary>The statements prepared so far.</summary>
    public IReadOnlyCollection<string> PreparedTexts => _prepared.Keys;

    /// <summary>How SQLite would go about a statement, step by step.</summary>
    public IReadOnlyList<string> Plan(string sql)
    {
        using var plan = Prepare("EXPLAIN QUERY PLAN " + sql);
        return plan.All(static row => row.Text(3));
    }

    /// <summary>The number that a query or pragma answers.</summary>
    public long Number(string sql)
    {
        using var statement = Prepare(sql);
        return statement.First(static row => row.Number(0));
    }

    /// <summary>The text that a query or pragma answers.</summary>
    public string? Text(string sql)
    {
        using var statement = Prepare(sql);
        return statement.First(static row => row.TextOrNull(0));
    }

    /// <summary>Copies pages into another database; the caller sees to it that this one stands still.</summary>
    public void CopyTo(SqliteConnection target, CancellationToken cancel)
    {
        const int pagesAtATime = 1024;
        using var copy =
            raw.sqlite3_backup_init(target._handle, "main", _handle, "main")
            ?? throw target.Fault(raw.SQLITE_ERROR);
        int code;
        while ((code = raw.sqlite3_backup_step(copy, pagesAtATime)) == raw.SQLITE_OK)
        {
            cancel.ThrowIfCancellationRequested();
        }

        if (code != raw.SQLITE_DONE)
        {
            throw target.Fault(code);
        }
    }

    /// <summary>Makes what runs on this connection stop with a fault; callable from any thread.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(_handle);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
        {
            statement.Dispose();
        }

        _handle.Dispose();
    }

    private static SqliteConnection Open(string path, int flags, Disk? disk = null)
    {
        const int busyMilliseconds = 5000;
        _ = NativeSqlite.Version;
        var code = raw.sqlite3_open_v2(
            path,
            out var handle,
            flags | raw.SQLITE_OPEN_NOMUTEX,
            (disk ?? Disk.Real).ForSqlite
        );
        var connection = new SqliteConnection(handle);
        try
        {
            connection.Check(code);
            _ = raw.sqlite3_extended_result_codes(handle, 1);
            connection.Check(raw.sqlite3_busy_timeout(handle, busyMilliseconds));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // System.Uri leaves a percent sign alone that is part of a file's name.
    private static string Address(string path) =>
        (OperatingSystem.IsWindows() ? "file:///" : "file://")
        + string.Join(
            '/',
            Path.GetFullPath(path).Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString)
        );

    private Statement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle));
        return new Statement(_handle, handle);
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Fault(code);
        }
    }

    private SqliteFault Fault(int code) => new(code, raw.sqlite3_errmsg(_handle).utf8_to_string());
}
