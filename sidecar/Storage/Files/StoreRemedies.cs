namespace Sidecar.Storage.Files;

/// <summary>The sentences an administrator reads when a store can't be used, each with what to do.</summary>
internal static class StoreRemedies
{
    /// <summary>The command that puts a backup in the place of a store.</summary>
    public static string HowToRestore(string path) =>
        $"{ProgramName.Typed} restore --data {Path.GetDirectoryName(path)} --from <backup>";

    public static string Damaged(string path, string finding) =>
        $"{path} is damaged: {finding}. Restore the last backup with: {HowToRestore(path)}";

    public static string Foreign(string path) =>
        $"{path} is not a store of this program. Name another data directory, or restore a backup with: {HowToRestore(path)}";

    public static string Newer(string path, long found, long known) =>
        $"{path} has schema version {found}, this program knows versions up to {known}: it was written by a newer release. "
        + $"Start that release or a later one, or restore a backup made by this one with: {HowToRestore(path)}";

    public static string NewerFormat(string path, long found, long known) =>
        $"{path} has file format {found}, this program knows format {known}: it was written by another release. "
        + $"Start that release, or restore a backup made by this one with: {HowToRestore(path)}";

    public static string InUse(string directory, string by) =>
        $"The data directory {directory} is in use by {by}. Stop that first; a store belongs to one process at a time.";

    public static string Interrupted(string path) =>
        $"{path} is missing while parts of it are still there: a restore was interrupted or the file was moved. "
        + $"Put it back, or run: {HowToRestore(path)}";

    public static string NoAccess(string path, string reason) =>
        $"{path} can't be opened: {reason}. Check that the directory exists on a writable disk and belongs to the user who runs this.";

    public static string BadBackup(string path, string finding) =>
        $"{path} can't be restored: {finding}. Nothing was changed; take an older backup.";

    public static string SoundStore(string path) =>
        $"{path} is a sound store. To replace it with the backup all the same, add --force; it is kept aside then.";
}
