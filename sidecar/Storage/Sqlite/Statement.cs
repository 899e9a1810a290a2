using System.Text;
using SQLitePCL;

namespace Sidecar.Storage.Sqlite;

/// <summary>A prepared statement, bound from left to right and reset after every use.</summary>
internal sealed class Statement(sqlite3 database, sqlite3_stmt handle) : IDisposable
{
    private const int OnTheStack = 256;

    private int _bound;

    /// <summary>Forgets what a use that failed half-way has bound.</summary>
    public Statement FromTheLeft()
    {
        _bound = 0;
        return this;
    }

    public Statement With(long number)
    {
        Check(raw.sqlite3_bind_int64(handle, ++_bound, number));
        return this;
    }

    public Statement With(long? number)
    {
        if (number is { } value)
        {
            return With(value);
        }

        Check(raw.sqlite3_bind_null(handle, ++_bound));
        return this;
    }

    public Statement With(string text)
    {
        if (text.Length == 0)
        {
            // An empty span would be bound as NULL.
            Check(raw.sqlite3_bind_text(handle, ++_bound, text));
            return this;
        }

        var room = Encoding.UTF8.GetMaxByteCount(text.Length);
        var utf8 = room <= OnTheStack ? stackalloc byte[OnTheStack] : new byte[room];
        var length = Encoding.UTF8.GetBytes(text, utf8);
        Check(raw.sqlite3_bind_text(handle, ++_bound, utf8[..length]));
        return this;
    }

    public Statement With(ReadOnlySpan<byte> bytes)
    {
        Check(
            bytes.IsEmpty
                ? raw.sqlite3_bind_zeroblob(handle, ++_bound, 0)
                : raw.sqlite3_bind_blob(handle, ++_bound, bytes)
        );
        return this;
    }

    /// <summary>Runs it for its effect.</summary>
    public void Run()
    {
        try
        {
            while (Step()) { }
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Every row.</summary>
    public IReadOnlyList<T> All<T>(Func<Statement, T> row)
    {
        var rows = new List<T>();
        try
        {
            while (Step())
            {
                rows.Add(row(this));
            }
        }
        finally
        {
            Reset();
        }

        return rows;
    }

    /// <summary>The first row, or the default when there is none.</summary>
    public T? First<T>(Func<Statement, T> row)
    {
        try
        {
            return Step() ? row(this) : default;
        }
        finally
        {
            Reset();
        }
    }

    public long Number(int column) => raw.sqlite3_column_int64(handle, column);

    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    // The bytes of the text: unlike sqlite3_column_text this does not stop at a zero.
    public string Text(int column) =>
        Encoding.UTF8.GetString(raw.sqlite3_column_blob(handle, column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    private bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    private bool Step()
    {
        var code = raw.sqlite3_step(handle);
        return code switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw Fault(code),
        };
    }

    private void Reset()
    {
        _bound = 0;
        _ = raw.sqlite3_reset(handle);
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            var fault = Fault(code);
            Reset();
            throw fault;
        }
    }

    private SqliteFault Fault(int code) => new(code, raw.sqlite3_errmsg(database).utf8_to_string());
}
