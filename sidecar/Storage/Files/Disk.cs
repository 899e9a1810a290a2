using Microsoft.Win32.SafeHandles;

namespace Sidecar.Storage.Files;

/// <summary>A file that is open for reading and writing; others may read it meanwhile.</summary>
internal sealed class DiskFile(SafeFileHandle handle, string path) : IDisposable
{
    public SafeFileHandle Handle => handle;

    public string Path => path;

    public long Length => RandomAccess.GetLength(handle);

    public int Read(Span<byte> into, long at)
    {
        var done = 0;
        while (done < into.Length)
        {
            var read = RandomAccess.Read(handle, into[done..], at + done);
            if (read == 0)
            {
                break;
            }

            done += read;
        }

        return done;
    }

    public void Dispose() => handle.Dispose();
}

/// <summary>All that the stores in files do to the disk: a test may write it down, to cut the power anywhere, or make it fail.</summary>
internal class Disk
{
    public static Disk Real { get; } = new();

    /// <summary>By what name SQLite, which does its own writing, knows it; null is the operating system's.</summary>
    public virtual string? ForSqlite => null;

    /// <summary>Opens a file, making it, for the owner only, when it is missing; its name survives a power cut then.</summary>
    public DiskFile Open(string path)
    {
        if (!File.Exists(path))
        {
            Create(path);
        }

        return new DiskFile(
            File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read),
            path
        );
    }

    public virtual void Write(DiskFile file, IReadOnlyList<ReadOnlyMemory<byte>> pieces, long at) =>
        RandomAccess.Write(file.Handle, pieces, at);

    public virtual void SetLength(DiskFile file, long length) =>
        RandomAccess.SetLength(file.Handle, length);

    /// <summary>When this returns, all that was written is on the disk.</summary>
    public virtual void Flush(DiskFile file) => RandomAccess.FlushToDisk(file.Handle);

    /// <summary>The same for a file that nobody has open.</summary>
    public void Flush(string path)
    {
        using var file = Open(path);
        Flush(file);
    }

    /// <summary>Gives a file another's name; it survives a power cut.</summary>
    public virtual void Move(string from, string to, bool overwrite)
    {
        File.Move(from, to, overwrite);
        DurableFiles.FlushDirectoryOf(to);
    }

    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>An empty file, for the owner only; its name survives a power cut.</summary>
    public virtual void Create(string path)
    {
        StoreFiles.CreateEmpty(path);
        DurableFiles.FlushDirectoryOf(path);
    }
}
