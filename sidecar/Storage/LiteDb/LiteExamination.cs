using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>Looks at a store from outside: LiteDB has room for one process, so a copy of one moment is looked at.</summary>
internal static class LiteExamination
{
    /// <exception cref="StoreUnusableException">It is not ours, or newer than this program.</exception>
    /// <exception cref="IOException">It could not be copied.</exception>
    public static ExaminedStore Of(StoreFiles files, int atMost, CancellationToken cancel)
    {
        var directory = Directory.CreateTempSubdirectory("escalate-doctor-");
        try
        {
            var copy = Path.Combine(directory.FullName, "copy");
            LiteSnapshot.Copy(files, copy, cancel);
            return Look(files.Database, copy, atMost, cancel);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static ExaminedStore Look(
        string path,
        string copy,
        int atMost,
        CancellationToken cancel
    )
    {
        LiteFile? file = null;
        try
        {
            file = LiteFile.Open(copy, Disk.Real);
            if (
                FileFormat.VersionOf(file) is var version
                && version > LiteCollections.Upgrades.Count
            )
            {
                throw new StoreUnusableException(
                    StoreRemedies.Newer(path, version, LiteCollections.Upgrades.Count)
                );
            }

            new ContentCheck().Finish(file, cancel);
            return new ExaminedStore(
                Damage: null,
                LiteReads.Effects(file, LiteDocuments.Parked, 0, atMost),
                LiteReads.Effects(file, LiteDocuments.Waiting, 0, atMost)
            );
        }
        catch (Exception unusable)
            when (unusable is not (OperationCanceledException or IOException)
                && LiteOpening.Known(unusable, path) is { } known
            )
        {
            return unusable is StoreUnusableException
                ? throw new StoreUnusableException(
                    known.Message.Replace(copy, path, StringComparison.Ordinal),
                    unusable
                )
                : ExaminedStore.Damaged(unusable.Message);
        }
        finally
        {
            file?.Abandon();
        }
    }
}
