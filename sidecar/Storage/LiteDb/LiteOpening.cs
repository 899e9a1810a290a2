using System.Globalization;
using LiteDB;
using Microsoft.Extensions.Logging;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>Opens a store step by step; whatever a step finds wrong ends it with a sentence that says what to do.</summary>
internal sealed class LiteOpening(LiteDbStoreOptions options, TimeProvider clock, ILogger logger)
{
    private readonly StoreFiles _files = new(options.DataDirectory, StoreKind.LiteDb);

    public LiteDbStoreEngine Open()
    {
        var held = StoreLock.Take(_files);
        try
        {
            return Open(held);
        }
        catch (Exception refused)
        {
            held.Dispose();
            throw Known(refused, _files.Database) ?? refused;
        }
    }

    /// <summary>Opens a store's file that nobody else has, for a copy or a check: everything it holds is looked at.</summary>
    /// <exception cref="StoreUnusableException">It is damaged, newer or not ours.</exception>
    public static LiteFile OpenChecked(string path, CancellationToken cancel)
    {
        LiteFile? file = null;
        try
        {
            file = LiteFile.Open(path, Disk.Real);
            VerifyVersion(file, LiteCollections.Upgrades.Count);
            new ContentCheck().Finish(file, cancel);
            return file;
        }
        catch (Exception refused)
        {
            file?.Abandon();
            throw Known(refused, path) ?? refused;
        }
    }

    /// <summary>Opens a store's file that nobody else has, to read it from end to end.</summary>
    /// <exception cref="StoreUnusableException">It is damaged, newer or not ours.</exception>
    public static LiteFile OpenUpgraded(string path, Disk disk)
    {
        LiteFile? file = null;
        try
        {
            file = LiteFile.Open(path, disk);
            VerifyVersion(file, LiteCollections.Upgrades.Count);
            LiteCollections.Upgrade(file, LiteCollections.Upgrades);
            return file;
        }
        catch (Exception refused)
        {
            file?.Abandon();
            throw Known(refused, path) ?? refused;
        }
    }

    private LiteDbStoreEngine Open(StoreLock held)
    {
        if (_files.PartsWithoutDatabase)
        {
            throw new StoreUnusableException(StoreRemedies.Interrupted(_files.Database));
        }

        if (!_files.DatabaseHasContent)
        {
            MakeEmpty(_files, options.Disk, options.SchemaUpgrades);
        }

        options.Disk.Delete(_files.Fresh);
        options.Disk.Delete(LiteFile.LogOf(_files.Fresh));
        var file = LiteFile.Open(_files.Database, options.Disk);
        try
        {
            return Assemble(held, file, Prepare(file));
        }
        catch
        {
            file.Abandon();
            throw;
        }
    }

    /// <summary>A store gets its name when its first page and its collections are on disk: LiteDB can't open half of them.</summary>
    public static void MakeEmpty(
        StoreFiles files,
        Disk disk,
        IReadOnlyList<Action<LiteFile>> upgrades
    )
    {
        disk.Delete(files.Fresh);
        disk.Delete(LiteFile.LogOf(files.Fresh));
        using (var fresh = LiteFile.Create(files.Fresh, disk))
        {
            LiteCollections.Upgrade(fresh, upgrades);
        }

        disk.Move(files.Fresh, files.Database, overwrite: true);
    }

    private ContentCheck Prepare(LiteFile file)
    {
        var known = options.SchemaUpgrades.Count;
        VerifyVersion(file, known);
        var check = new ContentCheck();
        if (File.Exists(_files.DamageNote))
        {
            check.Finish(file, CancellationToken.None);
        }
        else if (StoreFiles.LengthOf(_files.Database) <= options.CheckedBeforeOpening)
        {
            check.FinishPages(file);
        }

        if (FileFormat.VersionOf(file) is var version && version < known)
        {
            KeepCopyOf(version);
            LiteCollections.Upgrade(file, options.SchemaUpgrades);
        }

        File.Delete(_files.DamageNote);
        return check;
    }

    private LiteDbStoreEngine Assemble(StoreLock held, LiteFile file, ContentCheck check)
    {
        var health = new HealthBoard(_files, logger);
        var gate = new Gate(file, health);
        var recent = new RecentReads();
        var checkpoints = new Checkpoints(gate, _files, options, health);
        var writer = new LiteWriter(gate, options, health, recent, checkpoints);
        return new LiteDbStoreEngine(
            held,
            _files,
            health,
            gate,
            writer,
            recent,
            BackgroundCheck.Start(check, gate, health)
        );
    }

    private static void VerifyVersion(LiteFile file, int known)
    {
        if (FileFormat.VersionOf(file) is var version && version > known)
        {
            throw new StoreUnusableException(StoreRemedies.Newer(file.Path, version, known));
        }
    }

    /// <summary>An upgrade can't be undone; the file from before it can be put back.</summary>
    private void KeepCopyOf(int version) =>
        LiteBackup.Write(
            _files,
            Path.Combine(
                _files.Directory,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"before-upgrade-of-v{version}-{clock.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}.litedb"
                )
            ),
            CancellationToken.None
        );

    /// <summary>What an administrator reads; null for what is no trouble with the store.</summary>
    public static StoreUnusableException? Known(Exception reason, string path) =>
        reason switch
        {
            StoreUnusableException known => known,
            StoreDamagedException or LiteException => new StoreUnusableException(
                StoreRemedies.Damaged(path, reason.Message),
                reason
            ),
            IOException or UnauthorizedAccessException => new StoreUnusableException(
                StoreRemedies.NoAccess(path, reason.Message),
                reason
            ),
            // LiteDB's own answers to content that makes no sense.
            IndexOutOfRangeException
            or ArgumentException
            or InvalidCastException
            or NullReferenceException
            or KeyNotFoundException => new StoreUnusableException(
                StoreRemedies.Damaged(path, reason.Message),
                reason
            ),
            _ => null,
        };
}
