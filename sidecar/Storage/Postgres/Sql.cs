using System.Text;
using Npgsql;

namespace Sidecar.Storage.Postgres;

/// <summary>Texts as the tables keep them, and parameters in their order.</summary>
internal static class Sql
{
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[][] Bytes(IEnumerable<string> texts) => [.. texts.Select(Bytes)];

    public static byte[]? BytesOrNull(string? text) => text is null ? null : Bytes(text);

    public static string Text(this NpgsqlDataReader row, int column) =>
        Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(column));

    public static string? TextOrNull(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.Text(column);

    public static byte[] Bytes(this NpgsqlDataReader row, int column) =>
        row.GetFieldValue<byte[]>(column);

    public static long? NumberOrNull(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetInt64(column);

    public static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    public static void Set(this NpgsqlParameterCollection parameters, object[] values)
    {
        foreach (var value in values)
        {
            parameters.Add(new NpgsqlParameter { Value = value });
        }
    }
}

/// <summary>Several statements in one round trip.</summary>
internal sealed class Statements(NpgsqlConnection connection) : IDisposable
{
    private readonly NpgsqlBatch _batch = new(connection);

    public Statements Add(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Set(values);
        _batch.BatchCommands.Add(command);
        return this;
    }

    public void Run() => _batch.ExecuteNonQuery();

    public NpgsqlDataReader Read() => _batch.ExecuteReader();

    public void Dispose() => _batch.Dispose();
}
