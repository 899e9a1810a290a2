namespace Sidecar.Tests.Storage;

/// <summary>One thing that was done to a disk.</summary>
internal abstract record DiskStep(string Path)
{
    /// <summary>A file is there that was not.</summary>
    public sealed record Created(string Path) : DiskStep(Path);

    public sealed record Written(string Path, long At, byte[] Bytes) : DiskStep(Path);

    /// <summary>Has another length: what is behind it is gone, or zeros are there.</summary>
    public sealed record Cut(string Path, long Length) : DiskStep(Path);

    /// <summary>What was written into the file survives from now on; its name may not.</summary>
    public sealed record Flushed(string Path) : DiskStep(Path);

    public sealed record Moved(string Path, string To) : DiskStep(Path);

    public sealed record Deleted(string Path) : DiskStep(Path);

    /// <summary>Names that came and went in a directory survive from now on.</summary>
    public sealed record NamesFlushed(string Path) : DiskStep(Path);
}
