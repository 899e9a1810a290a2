using System.Formats.Tar;
using Sidecar.Settings;
using Sidecar.Storage;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Files;

namespace Sidecar.Setup.Backups;

/// <summary>
/// Writes a backup: one tar file with everything that a person who restores on a new machine needs.
/// </summary>
/// <remarks>
/// The store alone would not do. Without the keys, every button of every card posted so far is dead, in the middle of
/// the outage during which somebody restores. Without the secrets, whoever restores needs an administrator of
/// Mattermost to make new ones. Both are secret, so the file is made for its owner only and the command says so; for
/// copies that leave the house they can be left out. The store comes first, so that keys and secrets are never older
/// than the cards it knows: a key that is not used yet does no harm.
/// It is read as a second process beside the sidecar: copying does not need the data directory's lock.
/// </remarks>
internal sealed class BackupWriter(string dataDirectory, string? named, TimeProvider clock)
{
    private readonly string _directory = Path.GetFullPath(dataDirectory);

    /// <exception cref="SetupException">There is nothing to back up, or it can't be read or written.</exception>
    public async Task<WrittenBackup> Write(string to, bool withSecrets, CancellationToken cancel)
    {
        var path = Path.GetFullPath(to);
        var format = Chosen();
        Refuse(path);
        var store = path + ".store";
        var partial = path + ".partial";
        try
        {
            File.Delete(store);
            File.Delete(partial);
            CopyStore(format, store, cancel);
            StoreFiles.CreateEmpty(partial);
            var keys = await Pack(format, partial, store, withSecrets, cancel);
            DurableFiles.Flush(partial);
            File.Move(partial, path, overwrite: false);
            DurableFiles.FlushDirectoryOf(path);
            return new WrittenBackup(
                path,
                StoreFiles.LengthOf(path),
                keys,
                withSecrets && File.Exists(new SecretsFile(dataDirectory).Path)
            );
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new SetupException(
                $"The backup could not be made: {failed.Message}",
                "Run as the user who runs the sidecar, and name a file on a disk with room for a copy of the store.",
                failed
            );
        }
        finally
        {
            File.Delete(store);
            File.Delete(partial);
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
        if (File.Exists(path))
        {
            throw new SetupException(
                $"{path} exists; a backup never replaces a file.",
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

    private void CopyStore(IStoreFormat format, string to, CancellationToken cancel)
    {
        try
        {
            format.Copy(new StoreFiles(_directory, format.Kind), to, cancel);
        }
        catch (StoreUnusableException unusable)
        {
            throw new SetupException(unusable.Message, "Nothing was written.", unusable);
        }
    }

    private async Task<int> Pack(
        IStoreFormat format,
        string partial,
        string store,
        bool withSecrets,
        CancellationToken cancel
    )
    {
        await using var file = new FileStream(partial, FileMode.Open, FileAccess.Write);
        await using var tar = new TarWriter(file, TarEntryFormat.Pax);
        var manifest = new BackupManifest(
            BackupManifest.FormatFor(format.Kind),
            ProductVersion.Current,
            clock.GetUtcNow(),
            withSecrets
        );
        await Add(tar, BackupManifest.Entry, new MemoryStream(manifest.ToBytes()), cancel);
        await AddFile(tar, StoreFiles.NameOf(format.Kind), store, cancel);
        await AddWhenThere(tar, BackupManifest.SettingsEntry, cancel);
        foreach (var name in FilesOfSettings())
        {
            await AddWhenThere(tar, name, cancel);
        }

        if (!withSecrets)
        {
            return 0;
        }

        await AddWhenThere(tar, BackupManifest.SecretsEntry, cancel);
        var keys = KeyFiles();
        foreach (var key in keys)
        {
            await AddFile(tar, BackupManifest.KeysFolder + Path.GetFileName(key), key, cancel);
        }

        return keys.Length;
    }

    private string[] KeyFiles()
    {
        var folder = Path.Combine(_directory, BackupManifest.KeysFolder);
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*.xml") : [];
    }

    /// <summary>Without them the settings that are restored would stop the start.</summary>
    private IEnumerable<string> FilesOfSettings()
    {
        var playbooks = Path.Combine(_directory, BackupManifest.PlaybooksFolder);
        return
        [
            .. Directory.Exists(playbooks)
                ? Directory
                    .GetFiles(playbooks, "*.json")
                    .Select(f => BackupManifest.PlaybooksFolder + Path.GetFileName(f))
                : [],
            .. Directory
                .GetFiles(_directory, "*" + BackupManifest.CalendarEnding)
                .Select(f => Path.GetFileName(f)),
        ];
    }

    private async Task AddWhenThere(TarWriter tar, string name, CancellationToken cancel)
    {
        var path = Path.Combine(_directory, name);
        if (File.Exists(path))
        {
            await AddFile(tar, name, path, cancel);
        }
    }

    private async Task AddFile(TarWriter tar, string name, string path, CancellationToken cancel)
    {
        await using var content = File.OpenRead(path);
        await Add(tar, name, content, cancel);
    }

    private async Task Add(TarWriter tar, string name, Stream content, CancellationToken cancel) =>
        await tar.WriteEntryAsync(
            new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = content,
                Mode = StoreFiles.OwnerOnly,
                ModificationTime = clock.GetUtcNow(),
            },
            cancel
        );
}

/// <summary>A backup that is on disk.</summary>
/// <param name="Path">Where.</param>
/// <param name="Bytes">How large.</param>
/// <param name="Keys">How many keys are in it.</param>
/// <param name="HasSecrets">The tokens are in it.</param>
internal sealed record WrittenBackup(string Path, long Bytes, int Keys, bool HasSecrets)
{
    public string Describe() =>
        HasSecrets || Keys > 0
            ? $"{Path}: {Bytes / 1024} kB, checked, with the tokens and {Keys} key(s). Whoever has this file can act as the bot: keep it as closed as the data directory."
            : $"{Path}: {Bytes / 1024} kB, checked, without tokens and keys.";
}
