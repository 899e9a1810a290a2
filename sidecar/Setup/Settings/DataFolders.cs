using Sidecar.Settings;

namespace Sidecar.Setup.Settings;

/// <summary>The folders of data files beside the settings file. They need not be there.</summary>
internal sealed class DataFolders(string beside)
{
    /// <summary>The folder of the settings file, in which they are.</summary>
    public string Around => beside;

    /// <summary>Nobody writes such a file by hand.</summary>
    private const int LargestFile = 1024 * 1024;

    /// <summary>All files of a folder, by name.</summary>
    public IReadOnlyList<DataFile> Read(string folder, List<string> problems)
    {
        var path = Path.Combine(beside, folder);
        try
        {
            return Directory.Exists(path)
                ?
                [
                    .. Directory
                        .EnumerateFiles(path)
                        .Order(StringComparer.Ordinal)
                        .Select(file => Read(folder, file)),
                ]
                : [];
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{folder}/: {Denied(denied)}");
            return [];
        }
    }

    private static DataFile Read(string folder, string file)
    {
        var name = Path.GetFileName(file);
        var shown = $"{folder}/{name}";
        try
        {
            return new FileInfo(file).Length > LargestFile
                ? new DataFile(
                    name,
                    shown,
                    default,
                    "it is larger than 1 MiB; this can’t be meant."
                )
                : new DataFile(name, shown, File.ReadAllBytes(file));
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            return new DataFile(name, shown, default, Denied(denied));
        }
    }

    private static string Denied(Exception denied) =>
        $"it can’t be read: {denied.Message} Let the user who runs the sidecar read it.";
}
