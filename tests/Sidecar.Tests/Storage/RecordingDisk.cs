using Sidecar.Tests.Harness;

namespace Sidecar.Tests.Storage;

/// <summary>Writes down what reaches the disk and when it was flushed, and says what may be left of it after a power cut.</summary>
internal sealed class RecordingDisk : WatchedDisk
{
    private readonly List<DiskStep> _steps = [];

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

    public override void After(DiskStep step)
    {
        lock (_steps)
        {
            _steps.Add(step);
        }
    }

    /// <summary>How often a file was flushed.</summary>
    public int Flushes(string path)
    {
        lock (_steps)
        {
            return _steps.OfType<DiskStep.Flushed>().Count(step => step.Path == path);
        }
    }

    /// <summary>A number of steps after which a name has just come, gone or changed, is about to, or has just been flushed.</summary>
    public int NextToANameChanging(Seeded chance)
    {
        lock (_steps)
        {
            var moments = Enumerable
                .Range(1, _steps.Count - 1)
                .Where(i =>
                    _steps[i]
                        is DiskStep.Created
                            or DiskStep.Moved
                            or DiskStep.Deleted
                            or DiskStep.NamesFlushed
                )
                .ToList();
            return moments[chance.Below(moments.Count)] + chance.Below(2);
        }
    }

    /// <summary>
    /// Writes into a directory what a disk may hold that lost its power after so many steps: all that was flushed, and of
    /// the rest each write whole, torn or not at all. Each name that came, went or changed is as it was before or after,
    /// unless its directory was flushed.
    /// </summary>
    public void CutAfter(int steps, Seeded chance, string directory)
    {
        Names names = new();
        foreach (var step in _steps.Take(steps))
        {
            names.Follow(step);
        }

        Directory.CreateDirectory(directory);
        foreach (var (path, inode) in names.Left(chance))
        {
            File.WriteAllBytes(Path.Combine(directory, Path.GetFileName(path)), inode.Left(chance));
        }
    }

    /// <summary>The files by their names: as programs see them, and as they are on the disk.</summary>
    private sealed class Names
    {
        private readonly Dictionary<string, Inode> _seen = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Inode> _durable = new(StringComparer.Ordinal);
        private readonly List<(DiskStep Step, Inode Inode)> _unflushed = [];

        public void Follow(DiskStep step)
        {
            switch (step)
            {
                case DiskStep.NamesFlushed flushed:
                    foreach (var one in _unflushed.Where(IsInside))
                    {
                        Apply(_durable, one.Step, one.Inode);
                    }

                    _unflushed.RemoveAll(IsInside);
                    break;

                    bool IsInside((DiskStep Step, Inode) one) =>
                        Path.GetDirectoryName(one.Step.Path) == flushed.Path;

                case DiskStep.Created:
                    Change(step, new Inode());
                    break;
                case DiskStep.Moved or DiskStep.Deleted:
                    Change(step, _seen[step.Path]);
                    break;
                default:
                    _seen[step.Path].Steps.Add(step);
                    break;
            }
        }

        public Dictionary<string, Inode> Left(Seeded chance)
        {
            Dictionary<string, Inode> left = new(_durable, StringComparer.Ordinal);
            foreach (var (step, inode) in _unflushed)
            {
                if (chance.Below(2) == 0)
                {
                    Apply(left, step, inode);
                }
            }

            return left;
        }

        private void Change(DiskStep step, Inode inode)
        {
            Apply(_seen, step, inode);
            _unflushed.Add((step, inode));
        }

        private static void Apply(Dictionary<string, Inode> names, DiskStep step, Inode inode)
        {
            if (step is DiskStep.Created)
            {
                names[step.Path] = inode;
                return;
            }

            names.Remove(step.Path);
            if (step is DiskStep.Moved moved)
            {
                names[moved.To] = inode;
            }
        }
    }

    private sealed class Inode
    {
        private const int Sector = 512;

        public List<DiskStep> Steps { get; } = [];

        public byte[] Left(Seeded chance)
        {
            var durable = Steps.FindLastIndex(step => step is DiskStep.Flushed);
            var file = new MemoryStream();
            for (var i = 0; i < Steps.Count; i++)
            {
                switch (Steps[i])
                {
                    case DiskStep.Cut cut when i <= durable || chance.Below(2) == 0:
                        file.SetLength(cut.Length);
                        break;
                    case DiskStep.Written write:
                        Write(file, write, i <= durable ? 0 : chance.Below(3), chance);
                        break;
                }
            }

            return file.ToArray();
        }

        private static void Write(MemoryStream file, DiskStep.Written write, int way, Seeded chance)
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
