using Sidecar.Storage.Files;
using Sidecar.Tests.Harness;

namespace Sidecar.Tests.Storage.LiteDb;

/// <summary>Writes down what reaches the disk and when it was flushed, and says what may be left of it after a power cut.</summary>
internal sealed class RecordingDisk : Disk
{
    private const int Sector = 512;

    private readonly List<Step> _steps = [];

    /// <summary>How much has happened.</summary>
    public int Count
    {
        get
        {
            lock (_steps)
            {
                return _steps.Count;
            }
        }
    }

    public int Checkpoints => Flushes(isLog: false);

    public int LogFlushes => Flushes(isLog: true);

    public override void Write(DiskFile file, IReadOnlyList<ReadOnlyMemory<byte>> pieces, long at)
    {
        base.Write(file, pieces, at);
        foreach (var piece in pieces)
        {
            Note(new Step.Written(file.Path, at, piece.ToArray()));
            at += piece.Length;
        }
    }

    public override void SetLength(DiskFile file, long length)
    {
        base.SetLength(file, length);
        Note(new Step.Cut(file.Path, length));
    }

    public override void Flush(DiskFile file)
    {
        base.Flush(file);
        Note(new Step.Flushed(file.Path));
    }

    public override void Move(string from, string to, bool overwrite)
    {
        base.Move(from, to, overwrite);
        Note(new Step.Moved(from, to));
    }

    public override void Delete(string path)
    {
        if (File.Exists(path))
        {
            base.Delete(path);
            Note(new Step.Deleted(path));
        }
    }

    protected override void Create(string path)
    {
        base.Create(path);
        Note(new Step.Created(path));
    }

    /// <summary>
    /// Writes into a directory what a disk may hold that lost its power after so many steps: all that was flushed, and of
    /// the rest each write whole, torn or not at all. Names are on the disk once their directory was flushed.
    /// </summary>
    public void CutAfter(int steps, Seeded chance, string directory)
    {
        Dictionary<string, Inode> names = new(StringComparer.Ordinal);
        Dictionary<string, Inode> deleted = new(StringComparer.Ordinal);
        for (var i = 0; i < steps; i++)
        {
            // The last step may have been under way.
            if (i == steps - 1 && _steps[i] is Step.Created or Step.Moved && chance.Below(2) == 0)
            {
                break;
            }

            Follow(_steps[i], names, deleted);
        }

        foreach (var (path, inode) in deleted.Where(_ => chance.Below(2) == 0))
        {
            names.TryAdd(path, inode);
        }

        Directory.CreateDirectory(directory);
        foreach (var (path, inode) in names)
        {
            File.WriteAllBytes(Path.Combine(directory, Path.GetFileName(path)), inode.Left(chance));
        }
    }

    private int Flushes(bool isLog)
    {
        lock (_steps)
        {
            return _steps
                .OfType<Step.Flushed>()
                .Count(s => s.Path.EndsWith("-log", StringComparison.Ordinal) == isLog);
        }
    }

    private static void Follow(
        Step step,
        Dictionary<string, Inode> names,
        Dictionary<string, Inode> deleted
    )
    {
        switch (step)
        {
            case Step.Created created:
                names[created.Path] = new Inode();
                deleted.Clear();
                break;
            case Step.Moved moved:
                names[moved.To] = names[moved.Path];
                names.Remove(moved.Path);
                deleted.Clear();
                break;
            case Step.Deleted gone:
                if (names.Remove(gone.Path, out var inode))
                {
                    deleted[gone.Path] = inode;
                }

                break;
            default:
                names[step.Path].Steps.Add(step);
                break;
        }
    }

    private void Note(Step step)
    {
        lock (_steps)
        {
            _steps.Add(step);
        }
    }

    private abstract record Step(string Path)
    {
        public sealed record Created(string Path) : Step(Path);

        public sealed record Written(string Path, long At, byte[] Bytes) : Step(Path);

        public sealed record Cut(string Path, long Length) : Step(Path);

        public sealed record Flushed(string Path) : Step(Path);

        public sealed record Moved(string Path, string To) : Step(Path);

        public sealed record Deleted(string Path) : Step(Path);
    }

    private sealed class Inode
    {
        public List<Step> Steps { get; } = [];

        public byte[] Left(Seeded chance)
        {
            var durable = Steps.FindLastIndex(step => step is Step.Flushed);
            var file = new MemoryStream();
            for (var i = 0; i < Steps.Count; i++)
            {
                switch (Steps[i])
                {
                    case Step.Cut cut when i <= durable || chance.Below(2) == 0:
                        file.SetLength(cut.Length);
                        break;
                    case Step.Written write:
                        Write(file, write, i <= durable ? 0 : chance.Below(3), chance);
                        break;
                }
            }

            return file.ToArray();
        }

        private static void Write(MemoryStream file, Step.Written write, int way, Seeded chance)
        {
            var end = write.At + write.Bytes.Length;
            var isWhole = way == 0;
            // Its length may be there without it.
            if (file.Length < end && (isWhole || way == 2 || chance.Below(2) == 0))
            {
                file.SetLength(end);
            }

            for (var at = 0; at < write.Bytes.Length; at += Sector)
            {
                if (isWhole || (way == 2 && chance.Below(2) == 0))
                {
                    file.Position = write.At + at;
                    file.Write(write.Bytes, at, Math.Min(Sector, write.Bytes.Length - at));
                }
            }
        }
    }
}
