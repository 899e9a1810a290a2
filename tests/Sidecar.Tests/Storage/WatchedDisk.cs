using Sidecar.Storage.Files;

namespace Sidecar.Tests.Storage;

/// <summary>A disk of which a test sees every step, whichever engine takes it, and may refuse it.</summary>
internal abstract class WatchedDisk : Disk, IDisposable
{
    private readonly Lazy<SqliteVfs> _sqlite;

    protected WatchedDisk() => _sqlite = new(() => new SqliteVfs(this));

    /// <inheritdoc/>
    public override string ForSqlite => _sqlite.Value.Name;

    /// <summary>A file is about to be written, cut or flushed.</summary>
    /// <exception cref="IOException">It is not: the disk refuses.</exception>
    public virtual void Before(string path) { }

    /// <summary>It has happened.</summary>
    public virtual void After(DiskStep step) { }

    public override void Write(DiskFile file, IReadOnlyList<ReadOnlyMemory<byte>> pieces, long at)
    {
        Before(file.Path);
        base.Write(file, pieces, at);
        foreach (var piece in pieces)
        {
            After(new DiskStep.Written(file.Path, at, piece.ToArray()));
            at += piece.Length;
        }
    }

    public override void SetLength(DiskFile file, long length)
    {
        Before(file.Path);
        base.SetLength(file, length);
        After(new DiskStep.Cut(file.Path, length));
    }

    public override void Flush(DiskFile file)
    {
        Before(file.Path);
        base.Flush(file);
        After(new DiskStep.Flushed(file.Path));
    }

    public override void Move(string from, string to, bool overwrite)
    {
        base.Move(from, to, overwrite);
        After(new DiskStep.Moved(from, to));
        After(new DiskStep.NamesFlushed(Path.GetDirectoryName(to)!));
    }

    public override void Delete(string path)
    {
        if (File.Exists(path))
        {
            base.Delete(path);
            After(new DiskStep.Deleted(path));
        }
    }

    public override void Create(string path)
    {
        base.Create(path);
        After(new DiskStep.Created(path));
        After(new DiskStep.NamesFlushed(Path.GetDirectoryName(path)!));
    }

    public void Dispose()
    {
        if (_sqlite.IsValueCreated)
        {
            _sqlite.Value.Dispose();
        }
    }
}
