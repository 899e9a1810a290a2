using Sidecar.Storage.Files;
using Sidecar.Storage.LiteDb;
using Sidecar.Storage.Sqlite;

namespace Sidecar.Storage.Engines;

/// <summary>What was copied, checked row by row.</summary>
internal sealed record CopiedStore(
    string Database,
    long Documents,
    long Due,
    long Effects,
    long Audit,
    long Series,
    string Digest,
    long BytesBefore,
    long BytesAfter
);

/// <summary>
/// Copies a store row by row into a new file, of the same engine or the other, and compares: counts and a digest of
/// everything in order, numbers and sequences included. The new file has its name only when it is the same.
/// </summary>
internal static class StoreCopy
{
    private const int ReportEvery = 20_000;

    /// <summary>Copies into a directory that has no store.</summary>
    /// <exception cref="StoreUnusableException">The one is no sound store, or the other has one, or either is in use.</exception>
    /// <exception cref="IOException">It could not be written, or turned out different; nothing is left of it.</exception>
    public static CopiedStore Run(
        StoreFiles from,
        StoreFiles to,
        Action<string> progress,
        CancellationToken cancel
    )
    {
        if (StoreFormats.PresentIn(to.Directory) is [var taken, ..])
        {
            throw new StoreUnusableException(
                $"{to.Directory} holds a store of {taken.Name} already; a copy never replaces one. Name another directory."
            );
        }

        if (!from.DatabaseHasContent)
        {
            throw new StoreUnusableException(
                from.PartsWithoutDatabase
                    ? StoreRemedies.Interrupted(from.Database)
                    : $"There is no store in {from.Directory}."
            );
        }

        using var held = StoreLock.Take(from);
        using var heldToo = StoreLock.Take(to);
        return Copy(from, to, progress, Disk.Real, cancel);
    }

    /// <summary>Makes a store's file as small as its content: a copy takes its place.</summary>
    /// <exception cref="StoreUnusableException">It is no sound store, or in use.</exception>
    /// <exception cref="IOException">There is no room for the copy; the store is as it was.</exception>
    public static CopiedStore Compact(
        StoreFiles files,
        Action<string> progress,
        CancellationToken cancel,
        Disk? disk = null
    )
    {
        using var held = StoreLock.Take(files);
        return Copy(files, files, progress, disk ?? Disk.Real, cancel);
    }

    private static CopiedStore Copy(
        StoreFiles from,
        StoreFiles to,
        Action<string> progress,
        Disk disk,
        CancellationToken cancel
    )
    {
        var source = StoreFormats.Of(from.Kind);
        var target = StoreFormats.Of(to.Kind);
        var before = StoreFiles.LengthOf(from.Database) + StoreFiles.LengthOf(from.Log);
        Remove(to);
        try
        {
            using var read = new StoreDigest();
            target.Load(
                to.Fresh,
                read.Watch(source.Read(from.Database, disk), Tell("copied")),
                disk
            );
            progress($"copied {read.All} rows");
            using var written = new StoreDigest();
            foreach (var _ in written.Watch(target.Read(to.Fresh, disk), Tell("read again")))
            {
                cancel.ThrowIfCancellationRequested();
            }

            progress($"read {written.All} of them again");
            if (written.Of() != read.Of())
            {
                throw new IOException(
                    $"the copy has {written.All} rows with the digest {written.Of()}, the store {read.All} with {read.Of()}"
                );
            }

            disk.Move(to.Fresh, to.Database, overwrite: from.Database == to.Database);
            return Done(to, written, before);
        }
        catch (SqliteFault fault)
        {
            throw fault.ForReaders(from.Database);
        }
        catch (Exception reason)
            when (reason is not (IOException or UnauthorizedAccessException)
                && LiteOpening.Known(reason, from.Database) is not null
            )
        {
            throw LiteOpening.Known(reason, from.Database) ?? reason;
        }
        finally
        {
            Remove(to);
        }

        Action<long> Tell(string done) =>
            rows =>
            {
                cancel.ThrowIfCancellationRequested();
                if (rows % ReportEvery == 0)
                {
                    progress($"{done} {rows} rows");
                }
            };
    }

    private static CopiedStore Done(StoreFiles to, StoreDigest written, long before) =>
        new(
            to.Database,
            written.Documents,
            written.Due,
            written.Effects,
            written.Audit,
            written.Series,
            written.Of(),
            before,
            StoreFiles.LengthOf(to.Database)
        );

    private static void Remove(StoreFiles to)
    {
        foreach (var ending in (string[])["", "-log", "-wal", "-shm", "-journal"])
        {
            File.Delete(to.Fresh + ending);
        }
    }
}
