namespace Sidecar.Mattermost.Plugin.Yamux;

/// <summary>One of the streams of a session. Reading and writing may go on at once; two writes wait for each other.</summary>
internal sealed class YamuxStream : Stream
{
    private readonly YamuxSession _session;
    private readonly YamuxInbox _inbox = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Lock _lock = new();
    private TaskCompletionSource? _credited;
    private Exception? _broken;
    private long _maySend = YamuxOptions.Window;
    private int _mayReceive = YamuxOptions.Window;
    private int _read;
    private bool _isClosed;

    internal YamuxStream(YamuxSession session, uint id)
    {
        _session = session;
        Id = id;
    }

    public uint Id { get; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        var read = await _inbox.Read(buffer, cancellationToken);
        _session.Unbuffered(read);
        GiveCredit(read);
        return read;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            while (buffer.Length > 0)
            {
                var part = buffer[
                    ..await TakeCredit(
                        Math.Min(buffer.Length, YamuxOutput.LargestPayload),
                        cancellationToken
                    )
                ];
                await _session.Send(Id, part);
                buffer = buffer[part.Length..];
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Nothing more is written or read here; the other side is told that this side has ended.</summary>
    public override ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref _isClosed, true))
        {
            Break(new YamuxException("The stream was closed."));
            _session.Closed(Id);
        }

        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    /// <exception cref="YamuxException">It is more than the other side was allowed.</exception>
    internal void Arrived(ReadOnlySpan<byte> payload)
    {
        lock (_lock)
        {
            _mayReceive -= payload.Length;
            if (_mayReceive < 0)
            {
                throw new YamuxException("More was sent on a stream than its window has room for.");
            }
        }

        if (!_inbox.Add(payload))
        {
            _session.Unbuffered(payload.Length);
        }
    }

    internal void Credited(uint bytes)
    {
        lock (_lock)
        {
            _maySend = Math.Min(_maySend + bytes, uint.MaxValue);
            _credited?.TrySetResult();
            _credited = null;
        }
    }

    /// <summary>The other side has ended.</summary>
    internal void Ended() => _inbox.End();

    /// <summary>The stream is gone.</summary>
    internal void Break(Exception why)
    {
        _session.Unbuffered(_inbox.Break(why));
        lock (_lock)
        {
            _broken ??= why;
            _credited?.TrySetResult();
            _credited = null;
        }
    }

    /// <summary>Waits until something may be sent.</summary>
    private async ValueTask<int> TakeCredit(int wanted, CancellationToken cancel)
    {
        while (true)
        {
            Task credit;
            lock (_lock)
            {
                if (_broken is { } why)
                {
                    throw new YamuxException(why.Message, why);
                }

                if (_maySend > 0)
                {
                    var taken = (int)Math.Min(wanted, _maySend);
                    _maySend -= taken;
                    return taken;
                }

                _credited ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                credit = _credited.Task;
            }

            await credit.WaitAsync(cancel);
        }
    }

    private void GiveCredit(int read)
    {
        int credit;
        lock (_lock)
        {
            _read += read;
            if (_read < YamuxOptions.Window / 2 || _isClosed)
            {
                return;
            }

            credit = _read;
            _read = 0;
            _mayReceive += credit;
        }

        _session.Answer(new YamuxFrame(YamuxType.WindowUpdate, YamuxFlags.None, Id, (uint)credit));
    }

    public override void Flush() { }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<int> ReadAsync(
        byte[] buffer,
        int offset,
        int count,
        CancellationToken cancellationToken
    ) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(
        byte[] buffer,
        int offset,
        int count,
        CancellationToken cancellationToken
    ) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Nothing of ours blocks a thread to wait.");

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Nothing of ours blocks a thread to wait.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
