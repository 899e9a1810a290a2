using Npgsql;
using Sidecar.Storage.Files;
using Sidecar.Storage.Sqlite;

namespace Sidecar.Storage.Postgres;

/// <summary>
/// Copies the tables, as they are at one moment, into a file that every engine can be made from. It is no replacement
/// for the administrator's own dumps of the server, which hold whole databases and go on where they stopped.
/// </summary>
internal static class PostgresBackup
{
    public static void Write(NpgsqlDataSource source, string path, CancellationToken cancel)
    {
        StoreFiles.CreateEmpty(path);
        try
        {
            using var connection = source.OpenConnection();
            PostgresReader.AtOneMoment(
                connection,
                open =>
                {
                    SqliteRows.WriteFile(
                        path,
                        Cancellable(PostgresRows.Read(open), cancel),
                        Disk.Real
                    );
                    return true;
                }
            );
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static IEnumerable<StoredRow> Cancellable(
        IEnumerable<StoredRow> rows,
        CancellationToken cancel
    )
    {
        foreach (var row in rows)
        {
            cancel.ThrowIfCancellationRequested();
            yield return row;
        }
    }
}
