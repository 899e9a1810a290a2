using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>
/// The data file: a LiteDB file whose pages carry checksums where LiteDB has nothing to say. It changes only while
/// <see cref="Changing"/> lets it: in a checkpoint, in a replay, when it is made.
/// </summary>
internal sealed class DataFile(string path, Disk disk) : PageStream
{
    private const int PageSize = Checksum.PageSize;

    private readonly DiskFile _file = disk.Open(path);
    private bool _changing;

    public override long Length => _file.Length;

    public long Pages => (Length + PageSize - 1) / PageSize;

    /// <summary>Lets it be changed by something; whatever LiteDB writes at any other time is not wanted and dropped.</summary>
    public void Changing(Action change)
    {
        _changing = true;
        try
        {
            change();
        }
        finally
        {
            _changing = false;
        }
    }

    // LiteDB calls this at the end of a checkpoint, before it empties the log.
    public override void Flush()
    {
        if (_changing)
        {
            disk.Flush(_file);
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var place = Position / PageSize;
        if (!TryRead(place, buffer[..PageSize]))
        {
            throw new StoreDamagedException($"page {place} is not what was written");
        }

        Position += PageSize;
        return PageSize;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_changing)
        {
            var page = buffer.ToArray();
            Checksum.Seal(page);
            disk.Write(_file, [page], Position);
        }

        Position += buffer.Length;
    }

    public override void SetLength(long value)
    {
        if (_changing)
        {
            disk.SetLength(_file, value);
        }
    }

    /// <summary>The page, when it is what was written.</summary>
    public bool TryRead(long place, Span<byte> page) =>
        _file.Read(page, place * PageSize) == PageSize && Checksum.Unseal(page, place);

    /// <summary>The first page as it lies on the disk, sound or not; zeros where there is nothing.</summary>
    public byte[] FirstPageAsItIs()
    {
        var page = new byte[PageSize];
        _file.Read(page, 0);
        return page;
    }

    protected override void Dispose(bool disposing)
    {
        _file.Dispose();
        base.Dispose(disposing);
    }
}
