using Sidecar.Storage.Sqlite;

namespace Sidecar.Setup.Backups;

/// <summary>What a restore has done.</summary>
/// <param name="Store">The store, and where the old one was put.</param>
/// <param name="KeysAdded">How many keys were not there before.</param>
/// <param name="Secrets">What became of the tokens.</param>
internal sealed record RestoredBackup(
    RestoredStore Store,
    int KeysAdded,
    BackupReader.Secrets Secrets
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
            BackupReader.Secrets.Restored => "restored   secrets.json",
            BackupReader.Secrets.Kept =>
                "unchanged  secrets.json: the one that was there stays, it knows Mattermost as it is now",
            _ =>
                $"skipped    secrets.json: the backup has none; run {CommandNames.Install} --data {directory} if this directory has none either",
        };
        yield return "";
        yield return $"Start it:  {CommandNames.Run} --data {directory}";
        yield return $"Check it:  {CommandNames.Doctor} --data {directory}";
    }
}
