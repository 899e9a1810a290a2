using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>
/// Held by whoever copies the files of a store in use, another process perhaps: while it is, no checkpoint overwrites
/// the data file. The system lets it go when that process ends, however it ends.
/// </summary>
internal sealed class CopyingHold : IDisposable
{
    private readonly FileStream? _file;
    private readonly string _path;

    private CopyingHold(FileStream? file, string path)
    {
        _file = file;
        _path = path;
    }

    /// <summary>Takes it; without the right to write there, or beside another copy, it holds nothing up and the copy looks whether it was disturbed.</summary>
    public static CopyingHold Take(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                StoreFiles.CreateEmpty(path);
            }

            return new CopyingHold(
                new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None),
                path
            );
        }
        catch (Exception taken) when (taken is IOException or UnauthorizedAccessException)
        {
            return new CopyingHold(null, path);
        }
    }

    /// <summary>Whether somebody has it; one that nobody has any more is removed.</summary>
    public static bool IsHeld(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            return true;
        }

        Remove(path);
        return false;
    }

    public void Dispose()
    {
        if (_file is null)
        {
            return;
        }

        _file.Dispose();
        Remove(_path);
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception taken) when (taken is IOException or UnauthorizedAccessException)
        {
            // Somebody else has it by now; whoever is last removes it.
        }
    }
}
