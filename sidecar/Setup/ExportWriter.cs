using Microsoft.Extensions.Logging.Abstractions;
using Sidecar.Features.Exports;
using Sidecar.Storage;
using Sidecar.Storage.Sqlite;

namespace Sidecar.Setup;

/// <summary>
/// Writes an export from the command line. Like a backup it reads as a second process beside the sidecar, from a copy
/// of the store that shows one moment and is gone afterwards.
/// </summary>
internal sealed class ExportWriter(string dataDirectory, TimeProvider clock)
{
    private readonly StoreFiles _files = new(dataDirectory);

    /// <returns>How many rows.</returns>
    /// <exception cref="SetupException">There is nothing to export, or it can't be read or written.</exception>
    public async Task<long> Write(Export export, string path, CancellationToken cancel)
    {
        Refuse(path);
        var copy = new StoreFiles(path + ".store");
        var partial = path + ".partial";
        try
        {
            Remove(copy, partial);
            CopyStore(copy, cancel);
            var rows = await Write(export, copy, partial, cancel);
            DurableFiles.Flush(partial);
            File.Move(partial, path, overwrite: false);
            DurableFiles.FlushDirectoryOf(path);
            return rows;
        }
        catch (Exception failed)
            when (failed is IOException or UnauthorizedAccessException or SqliteFault)
        {
            throw new SetupException(
                $"The export could not be made: {failed.Message}",
                "Run as the user who runs the sidecar, and name a file on a disk with room for a copy of the store.",
                failed
            );
        }
        finally
        {
            Remove(copy, partial);
        }
    }

    private void Refuse(string path)
    {
        if (!_files.DatabaseHasContent)
        {
            throw new SetupException(
                $"There is no store in {_files.Directory}.",
                "Name the data directory with --data."
            );
        }

        if (Path.Exists(path) || Path.Exists(path + ".store"))
        {
            throw new SetupException(
                $"{(Path.Exists(path) ? path : path + ".store")} exists; an export never replaces a file.",
                "Name another file, for example with the date in it."
            );
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new SetupException(
                $"There is no directory {Path.GetDirectoryName(path)}.",
                "Make it first, for its owner only."
            );
        }
    }

    private void CopyStore(StoreFiles copy, CancellationToken cancel)
    {
        using var database = Connection.ForReading(_files.Database);
        try
        {
            Schema.Verify(database, _files.Database, Schema.Upgrades.Count);
        }
        catch (StoreUnusableException unusable)
        {
            throw new SetupException(unusable.Message, "Nothing was written.", unusable);
        }

        copy.CreateDirectory();
        SqliteBackup.Copy(database, copy.Database, cancel);
    }

    private async Task<long> Write(
        Export export,
        StoreFiles copy,
        string partial,
        CancellationToken cancel
    )
    {
        await using var engine = await SqliteStoreEngine.OpenAsync(
            new SqliteStoreOptions { DataDirectory = copy.Directory },
            clock,
            NullLogger<SqliteStoreEngine>.Instance,
            cancel
        );
        var store = new Store(engine);
        StoreFiles.CreateEmpty(partial);
        await using var file = new FileStream(partial, FileMode.Open, FileAccess.Write);
        return await export.Write(store, ExportedNames.From(store), file, cancel);
    }

    private static void Remove(StoreFiles copy, string partial)
    {
        File.Delete(partial);
        if (Directory.Exists(copy.Directory))
        {
            Directory.Delete(copy.Directory, recursive: true);
        }
    }
}
