using Sidecar.Storage.Files;

namespace Sidecar.Setup;

/// <summary>Files for their owner only, replaced as a whole and on disk when that is said.</summary>
internal static class PrivateFile
{
    public static void Replace(string path, byte[] content)
    {
        var partial = path + ".partial";
        File.Delete(partial);
        StoreFiles.CreateEmpty(partial);
        using (var file = new FileStream(partial, FileMode.Open, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
        DurableFiles.FlushDirectoryOf(path);
    }
}
