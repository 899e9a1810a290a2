using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>
/// Copies the two files of a store that may be in use, by this process or another. The data file only changes in a
/// checkpoint, and what a checkpoint writes the log has: data file first, then the log with the same salt as before,
/// make one moment, with every commit that was acknowledged before the copy began.
/// </summary>
internal static class LiteSnapshot
{
    private const int Attempts = 20;

    /// <exception cref="IOException">It could not be copied, or was never left alone for long enough.</exception>
    public static void Copy(StoreFiles from, string to, CancellationToken cancel)
    {
        using var hold = CopyingHold.Take(from.Hold);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            File.Delete(to);
            File.Delete(LiteFile.LogOf(to));
            var before = Moment.Of(from);
            CopyFile(from.Database, to, cancel);
            if (File.Exists(from.Log))
            {
                CopyFile(from.Log, LiteFile.LogOf(to), cancel);
            }

            if (before == Moment.Of(from))
            {
                return;
            }
        }

        throw new IOException(
            $"{from.Database} was written to so busily that no copy shows one moment; try again when less is going on"
        );
    }

    /// <summary>Differs when a checkpoint was begun and completed in between, or the process was another one.</summary>
    private readonly record struct Moment(ulong? Salt, DateTime DataWrittenAt)
    {
        // While there is a log, its salt says more than the time, which a checkpoint under way changes.
        public static Moment Of(StoreFiles files)
        {
            var salt = LogHeader.Read(files.Log);
            return new Moment(
                salt,
                salt is null ? File.GetLastWriteTimeUtc(files.Database) : default
            );
        }
    }

    private static void CopyFile(string from, string to, CancellationToken cancel)
    {
        StoreFiles.CreateEmpty(to);
        using var source = new FileStream(
            from,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete
        );
        using var target = new FileStream(to, FileMode.Open, FileAccess.Write);
        // Whatever is added meanwhile belongs to a later moment.
        var left = source.Length;
        var buffer = new byte[1 << 20];
        while (left > 0)
        {
            cancel.ThrowIfCancellationRequested();
            var read = source.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (read == 0)
            {
                break;
            }

            target.Write(buffer, 0, read);
            left -= read;
        }
    }
}
