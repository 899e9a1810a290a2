using Sidecar.Storage.Engines;

namespace Sidecar.Setup.Backups;

/// <summary>What a restore has done.</summary>
/// <param name="Store">The store, and where the old one was put.</param>
/// <param name="KeysAdded">How many keys were not there before.</param>
/// <param name="Secrets">What became of the tokens.</param>
/// <param name="Settings">What became of the settings.</param>
/// <param name="FilesOfSettings">How many playbooks and calendars were not there before.</param>
internal sealed record RestoredBackup(
    RestoredStore Store,
    int KeysAdded,
    BackupReader.SideFile Secrets,
    BackupReader.SideFile Settings,
    int FilesOfSettings = 0
)
{
    public IEnumerable<string> Describe()
    {
        var directory = Path.GetDirectoryName(Store.Database);
        yield return $"restored   {Store.Database}";
        if (Store.KeptAside is { } aside)
        {
            yield return $"kept       what was there before, in {aside}";
        }

        yield return $"restored   {KeysAdded} key(s)";
        yield return Secrets switch
        {
            BackupReader.SideFile.Restored => "restored   secrets.json",
            BackupReader.SideFile.Kept =>
                "unchanged  secrets.json: the one that was there stays, it knows Mattermost as it is now",
            _ =>
                $"skipped    secrets.json: the backup has none; run {CommandNames.Install} --data {directory} if this directory has none either",
        };
        if (Settings != BackupReader.SideFile.Absent)
        {
            yield return Settings == BackupReader.SideFile.Restored
                ? "restored   settings.json"
                : "unchanged  settings.json: the one that was there stays";
        }

        if (FilesOfSettings > 0)
        {
            yield return $"restored   {FilesOfSettings} playbook(s) and calendar(s)";
        }

        yield return "";
        yield return $"Start it:  {CommandNames.Run} --data {directory}";
        yield return $"Check it:  {CommandNames.Doctor} --data {directory}";
    }
}
