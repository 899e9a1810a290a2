namespace Sidecar.Mattermost.Plugin.Yamux;

/// <summary>What has arrived on one stream and was not read yet.</summary>
internal sealed class YamuxInbox
{
    private readonly Lock _lock = new();
    private byte[] _ring = [];
    private int _first;
    private TaskCompletionSource? _waiting;
    private Exception? _broken;
    private bool _isEnded;

    /// <summary>Bytes that wait to be read.</summary>
    public int Waiting { get; private set; }

    /// <summary>Keeps what has arrived; false when nobody will read it.</summary>
    public bool Add(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (_broken is not null || bytes.Length == 0)
            {
                return false;
            }

            Grow(Waiting + bytes.Length);
            var end = (_first + Waiting) % _ring.Length;
            var part = Math.Min(bytes.Length, _ring.Length - end);
            bytes[..part].CopyTo(_ring.AsSpan(end));
            bytes[part..].CopyTo(_ring);
            Waiting += bytes.Length;
            Wake();
            return true;
        }
    }

    /// <summary>No more will arrive; what is there can still be read.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isEnded = true;
            Wake();
        }
    }

    /// <summary>The stream is gone, and with it what was not read.</summary>
    public int Break(Exception why)
    {
        lock (_lock)
        {
            _broken ??= why;
            _ring = [];
            _first = 0;
            var dropped = Waiting;
            Waiting = 0;
            Wake();
            return dropped;
        }
    }

    /// <summary>Some of what has arrived; nothing at the end.</summary>
    public async ValueTask<int> Read(Memory<byte> to, CancellationToken cancel)
    {
        while (true)
        {
            Task arrival;
            lock (_lock)
            {
                if (_broken is { } why)
                {
                    throw new YamuxException(why.Message, why);
                }

                if (Waiting > 0)
                {
                    return Take(to.Span);
                }

                if (_isEnded || to.Length == 0)
                {
                    return 0;
                }

                _waiting ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                arrival = _waiting.Task;
            }

            await arrival.WaitAsync(cancel);
        }
    }

    private int Take(Span<byte> to)
    {
        var taken = Math.Min(Waiting, to.Length);
        var part = Math.Min(taken, _ring.Length - _first);
        _ring.AsSpan(_first, part).CopyTo(to);
        _ring.AsSpan(0, taken - part).CopyTo(to[part..]);
        _first = (_first + taken) % _ring.Length;
        Waiting -= taken;
        if (Waiting == 0)
        {
            // Most streams are short: what one needed once is not kept while it waits.
            _ring = [];
            _first = 0;
        }

        return taken;
    }

    private void Grow(int needed)
    {
        if (needed <= _ring.Length)
        {
            return;
        }

        var larger = new byte[Math.Max(needed, Math.Min(_ring.Length * 2, YamuxOptions.Window))];
        var part = Math.Min(Waiting, _ring.Length - _first);
        _ring.AsSpan(_first, part).CopyTo(larger);
        _ring.AsSpan(0, Waiting - part).CopyTo(larger.AsSpan(part));
        (_ring, _first) = (larger, 0);
    }

    private void Wake()
    {
        _waiting?.TrySetResult();
        _waiting = null;
    }
}
