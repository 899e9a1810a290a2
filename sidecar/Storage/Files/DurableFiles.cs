using System.Runtime.InteropServices;

namespace Sidecar.Storage.Files;

/// <summary>Makes files and their names survive a power cut.</summary>
internal static partial class DurableFiles
{
    public static void Flush(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    /// <summary>A name is content of its directory, which .NET can't flush; Windows keeps names in its own journal.</summary>
    public static void FlushDirectoryOf(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const int readOnly = 0;
        var directory = Open(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/", readOnly);
        if (directory < 0)
        {
            return;
        }

        _ = Sync(directory);
        _ = Close(directory);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
