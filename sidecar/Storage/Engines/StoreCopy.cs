using Sidecar.Storage.Files;

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

/// <summary>What is done with the rows of a store while it is copied.</summary>
internal enum CopyStep
{
    /// <summary>They are written into the other one.</summary>
    Copied,

    /// <summary>They are read there and compared.</summary>
    Checked,
}

/// <summary>How far a copy is; told for each whole percent.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="Rows">To how many rows it is done.</param>
/// <param name="All">How many there are.</param>
internal sealed record CopyProgress(CopyStep Step, long Rows, long All)
{
    public int Percent => All == 0 ? 100 : (int)Math.Min(100, Rows * 100 / All);
}

/// <summary>
/// Copies a store row by row into a new file, of the same engine or the other, and compares: counts and a digest of
/// everything in order, numbers and sequences included. The new file has its name only when it is the same.
/// </summary>
internal static class StoreCopy
{
    /// <summary>Copies into a directory that has no store.</summary>
    /// <exception cref="StoreUnusableException">The one is no sound store, or the other has one, or either is in use.</exception>
    /// <exception cref="IOException">It could not be written, or turned out different; nothing is left of it.</exception>
    public static CopiedStore Run(
        StoreFiles from,
        StoreFiles to,
        Action<CopyProgress> progress,
        CancellationToken cancel
    )
    {
        var target = FileEnd.ForLoading(to, Disk.Real);
        return Run(
            () => FileEnd.ForReading(from, Disk.Real),
            () => target.Held(),
            progress,
            cancel
        );
    }

    /// <summary>Copies from one end to the other, whatever they are.</summary>
    /// <exception cref="StoreUnusableException">The one is no sound store, or the other has one, or either is in use.</exception>
    /// <exception cref="IOException">It could not be written, or turned out different; nothing is left of it.</exception>
    public static CopiedStore Run(
        Func<IStoreEnd> from,
        Func<IStoreEnd> to,
        Action<CopyProgress> progress,
        CancellationToken cancel
    )
    {
        using var source = from();
        using var target = to();
        return Copy(source, target, progress, cancel);
    }

    /// <summary>Makes a store's file as small as its content: a copy takes its place.</summary>
    /// <exception cref="StoreUnusableException">It is no sound store, or in use.</exception>
    /// <exception cref="IOException">There is no room for the copy; the store is as it was.</exception>
    public static CopiedStore Compact(
        StoreFiles files,
        Action<CopyProgress> progress,
        CancellationToken cancel,
        Disk? disk = null
    )
    {
        using var end = FileEnd.ForCompacting(files, disk ?? Disk.Real);
        return Copy(end, end, progress, cancel);
    }

    private static CopiedStore Copy(
        IStoreEnd source,
        IStoreEnd target,
        Action<CopyProgress> progress,
        CancellationToken cancel
    )
    {
        var before = source.Size();
        try
        {
            // Who waits wants to know for how long; and what can't be read is found before anything is written.
            var all = 0L;
            foreach (var _ in source.Read())
            {
                cancel.ThrowIfCancellationRequested();
                all++;
            }

            using var read = new StoreDigest();
            target.Load(read.Watch(source.Read(), Tell(CopyStep.Copied, all)));
            using var written = new StoreDigest();
            foreach (var _ in written.Watch(target.ReadLoaded(), Tell(CopyStep.Checked, all)))
            {
                cancel.ThrowIfCancellationRequested();
            }

            if (written.Of() != read.Of())
            {
                throw new IOException(
                    $"the copy has {written.All} rows with the digest {written.Of()}, the store {read.All} with {read.Of()}"
                );
            }

            target.Publish();
            return Done(target, written, before);
        }
        catch (Exception fault)
            when (source.Explain(fault) is not null || target.Explain(fault) is not null)
        {
            throw source.Explain(fault) ?? target.Explain(fault)!;
        }

        Action<long> Tell(CopyStep step, long all) =>
            rows =>
            {
                cancel.ThrowIfCancellationRequested();
                var now = new CopyProgress(step, rows, all);
                if (now.Percent > (now with { Rows = rows - 1 }).Percent)
                {
                    progress(now);
                }
            };
    }

    private static CopiedStore Done(IStoreEnd to, StoreDigest written, long before) =>
        new(
            to.Name,
            written.Documents,
            written.Due,
            written.Effects,
            written.Audit,
            written.Series,
            written.Of(),
            before,
            to.Size()
        );
}
