using Microsoft.Extensions.Logging.Abstractions;
using Sidecar.Features.Exports;
using Sidecar.Settings;
using Sidecar.Storage;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Files;

namespace Sidecar.Cli;

/// <summary>
/// Writes an export from the command line. Like a backup it reads as a second process beside the sidecar, from a copy
/// of the store that shows one moment and is gone afterwards.
/// </summary>
internal sealed class ExportWriter(string dataDirectory, string? named, TimeProvider clock)
{
    private readonly string _directory = Path.GetFullPath(dataDirectory);

    /// <returns>How many rows.</returns>
    /// <exception cref="SetupException">There is nothing to export, or it can't be read or written.</exception>
    public async Task<long> Write(Export export, string path, CancellationToken cancel)
    {
        var format = Chosen();
        Refuse(path);
        var copy = new StoreFiles(path + ".store", format.Kind);
        var partial = path + ".partial";
        try
        {
            Remove(copy, partial);
            CopyStore(format, copy, cancel);
            var rows = await Write(export, format, copy, partial, cancel);
            DurableFiles.Flush(partial);
            File.Move(partial, path, overwrite: false);
            DurableFiles.FlushDirectoryOf(path);
            return rows;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
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

    private IStoreFormat Chosen()
    {
        if (StoreFormats.PresentIn(_directory).Count == 0)
        {
            throw new SetupException(
                $"There is no store in {_directory}.",
                "Name the data directory with --data."
            );
        }

        try
        {
            return StoreFormats.For(_directory, StoreFormats.Named(named));
        }
        catch (StoreUnusableException unusable)
        {
            throw new SetupException(unusable.Message, "Nothing was written.", unusable);
        }
    }

    private static void Refuse(string path)
    {
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

    private void CopyStore(IStoreFormat format, StoreFiles copy, CancellationToken cancel)
    {
        try
        {
            copy.CreateDirectory();
            format.Copy(new StoreFiles(_directory, format.Kind), copy.Database, cancel);
        }
        catch (StoreUnusableException unusable)
        {
            throw new SetupException(unusable.Message, "Nothing was written.", unusable);
        }
    }

    private async Task<long> Write(
        Export export,
        IStoreFormat format,
        StoreFiles copy,
        string partial,
        CancellationToken cancel
    )
    {
        await using var engine = await format.Open(
            copy.Directory,
            clock,
            NullLoggerFactory.Instance,
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
