using System.Formats.Tar;
using Sidecar.Settings;
using Sidecar.Storage;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Files;

namespace Sidecar.Setup.Backups;

/// <summary>
/// Restores a backup. The store is replaced as a whole, by the engine's own rules. Keys are added: each file is one
/// key, and one that is not needed does no harm, while a missing one kills buttons. Secrets that are there stay: they
/// were agreed with Mattermost as it is now, those of the backup are from another day. Settings that are there stay: an
/// administrator may have changed them since.
/// </summary>
internal sealed class BackupReader(string dataDirectory, string? named, TimeProvider clock)
{
    private const int LargestSideFile = 1024 * 1024;
    private const long LargestTogether = 32 * 1024 * 1024;
    private const int MostSideFiles = 2_000;

    private readonly string _directory = Path.GetFullPath(dataDirectory);
    private readonly SecretsFile _secrets = new(dataDirectory);

    /// <exception cref="SetupException">The file is no backup, or the data directory is in use or holds a sound store.</exception>
    public async Task<RestoredBackup> Restore(string from, bool force, CancellationToken cancel)
    {
        var path = Path.GetFullPath(from);
        try
        {
            return StoreFormats.OfFile(path) is not null
                ? new RestoredBackup(RestoreStore(path, force), 0, SideFile.Absent, SideFile.Absent)
                : await RestoreArchive(path, force, cancel);
        }
        catch (StoreUnusableException unusable)
        {
            throw new SetupException(unusable.Message, "Nothing was changed.", unusable);
        }
        catch (Exception failed)
            when (failed
                    is IOException
                        or UnauthorizedAccessException
                        or InvalidDataException
                        or FormatException
            )
        {
            throw new SetupException(
                $"{path} could not be restored: {failed.Message}",
                "Check that it is a file made by backup and can be read, and that the data directory can be written to.",
                failed
            );
        }
    }

    /// <summary>What became of a file beside the store.</summary>
    internal enum SideFile
    {
        /// <summary>The backup has none.</summary>
        Absent,

        /// <summary>Put in place.</summary>
        Restored,

        /// <summary>There was one already.</summary>
        Kept,
    }

    private RestoredStore RestoreStore(string path, bool force)
    {
        if (
            StoreFormats.Named(named) is { } wanted
            && StoreFormats.OfFile(path) is { } found
            && wanted != found
        )
        {
            throw new StoreUnusableException(
                $"The backup holds a store of {found.Name}, not of {wanted.Name}. Restore it without --store, "
                    + $"then copy it: {CommandNames.Store} copy --from {_directory} --to <directory> --store {wanted.Word}"
            );
        }

        return StoreRestore.Restore(path, _directory, force, clock);
    }

    private async Task<RestoredBackup> RestoreArchive(
        string path,
        bool force,
        CancellationToken cancel
    )
    {
        _secrets.Prepare();
        var unpacked = Path.Combine(_directory, "escalate.unpacking");
        File.Delete(unpacked);
        try
        {
            var sideFiles = await Unpack(path, unpacked, cancel);
            var store = RestoreStore(unpacked, force);
            return new RestoredBackup(
                store,
                AddKeys(sideFiles),
                Add(BackupManifest.SecretsEntry, sideFiles),
                Add(BackupManifest.SettingsEntry, sideFiles),
                AddFilesOfSettings(sideFiles)
            );
        }
        finally
        {
            File.Delete(unpacked);
        }
    }

    /// <summary>The store into a file, what is small into memory; names are looked up, never followed as paths.</summary>
    private static async Task<Dictionary<string, byte[]>> Unpack(
        string path,
        string store,
        CancellationToken cancel
    )
    {
        await using var file = File.OpenRead(path);
        await using var tar = new TarReader(file);
        await VerifyManifest(tar, cancel);
        Dictionary<string, byte[]> sideFiles = new(StringComparer.Ordinal);
        var together = 0L;
        while (await tar.GetNextEntryAsync(copyData: false, cancel) is { } entry)
        {
            if (entry is not { EntryType: TarEntryType.RegularFile, DataStream: { } content })
            {
                continue;
            }

            if (BackupManifest.IsStore(entry.Name))
            {
                StoreFiles.CreateEmpty(store);
                await using var target = new FileStream(store, FileMode.Open, FileAccess.Write);
                await content.CopyToAsync(target, cancel);
            }
            else if (IsKnown(entry.Name) && entry.Length <= LargestSideFile)
            {
                together += entry.Length;
                if (together > LargestTogether || sideFiles.Count >= MostSideFiles)
                {
                    throw new InvalidDataException(
                        $"it holds more than {MostSideFiles} files, or more than {LargestTogether / (1024 * 1024)} MB, beside the store"
                    );
                }

                using var copy = new MemoryStream();
                await content.CopyToAsync(copy, cancel);
                sideFiles[entry.Name] = copy.ToArray();
            }
        }

        return File.Exists(store) ? sideFiles : throw new InvalidDataException("it holds no store");
    }

    /// <summary>What a backup of ours can hold beside the store; of everything else nothing is read.</summary>
    private static bool IsKnown(string entry) =>
        entry is BackupManifest.SecretsEntry or BackupManifest.SettingsEntry
        || KeyFileName(entry) is not null
        || FileName(entry, BackupManifest.PlaybooksFolder, ".json") is not null
        || FileName(entry, "", BackupManifest.CalendarEnding) is not null;

    private static async Task VerifyManifest(TarReader tar, CancellationToken cancel)
    {
        var first = await tar.GetNextEntryAsync(copyData: false, cancel);
        var manifest = first
            is { Name: BackupManifest.Entry, DataStream: { } content, Length: <= LargestSideFile }
            ? BackupManifest.Parse(content)
            : null;
        if (manifest is null)
        {
            throw new InvalidDataException("it is not a backup of this program");
        }

        if (manifest.Format > BackupManifest.Known)
        {
            throw new InvalidDataException(
                $"it was written by release {manifest.Version}, which is newer than this one ({ProductVersion.Current})"
            );
        }
    }

    private int AddKeys(Dictionary<string, byte[]> sideFiles)
    {
        var folder = Path.Combine(_directory, BackupManifest.KeysFolder);
        StoreFiles.CreateDirectory(folder);
        var added = 0;
        foreach (var (name, content) in sideFiles)
        {
            var file = KeyFileName(name);
            if (file is null || File.Exists(Path.Combine(folder, file)))
            {
                continue;
            }

            PrivateFile.Replace(Path.Combine(folder, file), content);
            added++;
        }

        return added;
    }

    private static string? KeyFileName(string entry) =>
        FileName(entry, BackupManifest.KeysFolder, ".xml");

    /// <summary>The name of a file in a folder of the backup; null when it is elsewhere, or leads elsewhere.</summary>
    private static string? FileName(string entry, string folder, string ending)
    {
        if (!entry.StartsWith(folder, StringComparison.Ordinal))
        {
            return null;
        }

        var name = entry[folder.Length..];
        return
            name.EndsWith(ending, StringComparison.Ordinal)
            && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '.' or '_' or ' ')
            ? name
            : null;
    }

    /// <returns>How many; those that are there stay.</returns>
    private int AddFilesOfSettings(Dictionary<string, byte[]> sideFiles)
    {
        var names = sideFiles
            .Keys.Where(name =>
                FileName(name, BackupManifest.PlaybooksFolder, ".json") is not null
                || FileName(name, "", BackupManifest.CalendarEnding) is not null
            )
            .ToList();
        if (
            names.Exists(n =>
                n.StartsWith(BackupManifest.PlaybooksFolder, StringComparison.Ordinal)
            )
        )
        {
            StoreFiles.CreateDirectory(Path.Combine(_directory, BackupManifest.PlaybooksFolder));
        }

        return names.Count(name => Add(name, sideFiles) == SideFile.Restored);
    }

    private SideFile Add(string name, Dictionary<string, byte[]> sideFiles)
    {
        if (!sideFiles.TryGetValue(name, out var content))
        {
            return SideFile.Absent;
        }

        var path = Path.Combine(_directory, name);
        if (File.Exists(path))
        {
            return SideFile.Kept;
        }

        PrivateFile.Replace(path, content);
        return SideFile.Restored;
    }
}
