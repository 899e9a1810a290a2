namespace Sidecar.Settings;

/// <summary>
/// Data of a feature that an administrator keeps in files of their own: all files of the folder beside the settings
/// file that is named like a section of the settings. Read once, at the start.
/// </summary>
/// <typeparam name="T">What is made of the files.</typeparam>
public interface IDataFiles<T>
    where T : class, IDataFiles<T>
{
    /// <summary>Makes something of the files, of which there may be none.</summary>
    /// <param name="files">By name.</param>
    /// <param name="problems">
    /// All that is wrong, each a sentence with the file and, where there is one, the line. The process does not start
    /// while there is anything.
    /// </param>
    static abstract T Read(IReadOnlyList<DataFile> files, ICollection<string> problems);
}

/// <summary>A file of an administrator's.</summary>
/// <param name="Name">Without its folder: <c>our.json</c>.</param>
/// <param name="Path">As an administrator finds it: <c>playbooks/our.json</c>.</param>
/// <param name="Content">What is in it; nothing when there is a problem.</param>
/// <param name="Problem">Why it can't be read; null when it can.</param>
public sealed record DataFile(
    string Name,
    string Path,
    ReadOnlyMemory<byte> Content,
    string? Problem = null
);
