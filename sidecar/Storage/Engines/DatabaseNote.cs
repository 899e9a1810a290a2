namespace Sidecar.Storage.Engines;

/// <summary>
/// A data directory whose store is a database says so: without its <c>--store</c> a sidecar would begin an empty store in
/// the directory, or go on with the one from before, as the same bot, with numbers that are given already.
/// </summary>
internal static class DatabaseNote
{
    private const string FileName = "store.txt";

    /// <summary>Which database it is, without any password; null when the directory belongs to none.</summary>
    public static string? In(string directory) =>
        Path.Combine(directory, FileName) is var path && File.Exists(path)
            ? File.ReadAllText(path).Trim()
            : null;

    /// <summary>It belongs to none any more: somebody has said so by naming an engine of files.</summary>
    public static void Forget(string directory)
    {
        if (In(directory) is not null)
        {
            File.Delete(Path.Combine(directory, FileName));
        }
    }

    /// <summary>Notes it.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="database">Which, as people read it, without any password.</param>
    public static void Keep(string directory, string database)
    {
        // What is not there belongs to no installation.
        if (!Directory.Exists(directory) || In(directory) == database)
        {
            return;
        }

        File.WriteAllText(Path.Combine(directory, FileName), database + Environment.NewLine);
    }
}
