using System.Buffers.Binary;
using System.Security.Cryptography;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>
/// LiteDB's log as we keep it: behind each page a salt, how many pages were on disk when it was written, and a checksum
/// over all of it and its place. LiteDB's own log has none of these, so after a power cut it would take a transaction
/// whose pages are there by halves for a whole one. What is read at the start is the unbroken beginning. What is behind
/// it was never acknowledged, unless a sound page says that the broken one had been on disk: that is damage.
/// </summary>
/// <remarks>
/// Nothing is written before <see cref="Flush"/>: an exception inside LiteDB's commit would leave a transaction whose
/// finalizer throws, and that ends the process.
/// </remarks>
internal sealed class PageLog : PageStream
{
    private const int PageSize = Checksum.PageSize;

    private readonly DiskFile _file;
    private readonly Disk _disk;
    private readonly Lock _gate = new();
    private readonly byte[] _record = new byte[LogRecord.Size];
    private readonly List<ReadOnlyMemory<byte>> _pending = [];
    private ulong _salt;
    private long _pages;
    private bool _hasTail;

    /// <summary>Opens a log, making it when it is missing, and finds its unbroken beginning.</summary>
    /// <exception cref="StoreDamagedException">Pages that were on disk can't be read any more.</exception>
    public PageLog(string path, Disk disk)
    {
        _disk = disk;
        _file = disk.Open(path);
        try
        {
            Recover();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>How many pages there are, those included that are not on disk yet.</summary>
    public long Pages => Interlocked.Read(ref _pages);

    /// <summary>Keeps it from growing, as a full disk would; for tests.</summary>
    internal long MostPages { get; set; } = long.MaxValue;

    /// <summary>How many of them are on disk.</summary>
    public long Durable { get; private set; }

    public override long Length => Pages * PageSize;

    /// <summary>Writes what is pending and flushes it; called outside of the gate, so that reads go on meanwhile.</summary>
    public override void Flush()
    {
        if (_pending.Count == 0)
        {
            return;
        }

        if (_pages > MostPages)
        {
            throw DiskTrouble.Full();
        }

        if (_hasTail)
        {
            Cut(Durable);
        }

        // From here until it is known to be on disk there may be something behind the durable part.
        _hasTail = true;
        if (Durable == 0)
        {
            _disk.Write(_file, [LogHeader.Of(_salt)], 0);
        }

        _disk.Write(_file, _pending, LogRecord.OffsetOf(Durable));
        _disk.Flush(_file);
        _hasTail = false;
        lock (_gate)
        {
            Durable = _pages;
            _pending.Clear();
        }
    }

    public override int Read(Span<byte> buffer)
    {
        var place = Position / PageSize;
        if (place >= Pages)
        {
            return 0;
        }

        Read(place, buffer);
        Position += PageSize;
        return PageSize;
    }

    /// <summary>A page of the log, on disk already or not.</summary>
    public void Read(long place, Span<byte> page)
    {
        lock (_gate)
        {
            if (place >= Durable)
            {
                _pending[(int)(place - Durable)].Span[..PageSize].CopyTo(page);
            }
            else if (TryRead(place, out _, out _))
            {
                _record.AsSpan(0, PageSize).CopyTo(page);
            }
            else
            {
                throw new StoreDamagedException($"page {place} of its log is not what was written");
            }
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var place = Position / PageSize;
        if (buffer.Length != PageSize || Position % PageSize != 0 || place != _pages)
        {
            throw new InvalidOperationException($"Page {place} is written to a log of {_pages}.");
        }

        var record = LogRecord.Of(buffer, _salt, Durable, place);
        lock (_gate)
        {
            _pending.Add(record);
            _pages = place + 1;
        }

        Position += PageSize;
    }

    /// <summary>
    /// LiteDB empties the log when the data file is flushed. When that fails on the disk's side, the old pages are taken
    /// away before the next write: until then they only repeat what the data file says.
    /// </summary>
    public override void SetLength(long value)
    {
        if (value != 0)
        {
            throw new InvalidOperationException("The log is emptied as a whole or not at all.");
        }

        lock (_gate)
        {
            _pages = 0;
            _pending.Clear();
            Durable = 0;
            Position = 0;
        }

        NewSalt();
        RemoveTail();
        TryWriteHeader();
    }

    /// <summary>Forgets what was not flushed. What a failed flush has left on the disk goes before anything else is written.</summary>
    public void Revert()
    {
        lock (_gate)
        {
            _pages = Durable;
            _pending.Clear();
            Position = Math.Min(Position, Length);
        }

        if (_hasTail)
        {
            RemoveTail();
        }
    }

    protected override void Dispose(bool disposing)
    {
        _file.Dispose();
        base.Dispose(disposing);
    }

    private void Recover()
    {
        var records = LogRecord.CountIn(_file);
        var known = LogHeader.Read(_file);
        while (_pages < records && TryRead(_pages, out var salt, out _) && salt == (known ??= salt))
        {
            _pages++;
        }

        for (var place = _pages + 1; place < records; place++)
        {
            if (
                TryRead(place, out var salt, out var durable)
                && salt == (known ?? salt)
                && durable > _pages
            )
            {
                throw new StoreDamagedException(
                    $"page {_pages} of its log is not what was written, and {durable} pages had been"
                );
            }
        }

        if (_pages == 0)
        {
            SetLength(0);
            return;
        }

        _salt = known!.Value;
        Durable = _pages;
        RemoveTail();
    }

    private bool TryRead(long place, out ulong salt, out long durable) =>
        LogRecord.TryRead(_file, place, _record, out salt, out durable);

    private void Cut(long pages)
    {
        _disk.SetLength(_file, pages == 0 ? 0 : LogRecord.OffsetOf(pages));
        _disk.Flush(_file);
    }

    private void RemoveTail()
    {
        _hasTail = true;
        try
        {
            Cut(Durable);
            _hasTail = false;
        }
        catch (IOException)
        {
            // Tried again before the next write.
        }
    }

    private void NewSalt()
    {
        Span<byte> salt = stackalloc byte[8];
        RandomNumberGenerator.Fill(salt);
        _salt = BinaryPrimitives.ReadUInt64LittleEndian(salt);
    }

    /// <summary>Who copies the files sees by the new salt that a checkpoint came between; the first flush writes it for good.</summary>
    private void TryWriteHeader()
    {
        try
        {
            _disk.Write(_file, [LogHeader.Of(_salt)], 0);
        }
        catch (IOException)
        {
            _hasTail = true;
        }
    }
}
