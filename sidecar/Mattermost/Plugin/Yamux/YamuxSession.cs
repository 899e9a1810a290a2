using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Sidecar.Mattermost.Plugin.Yamux;

/// <summary>
/// Many streams on one connection. Total: what does not keep to the protocol ends the session with a reason, and
/// nothing that the other side sends is kept beyond what was allowed to it.
/// </summary>
internal sealed class YamuxSession : IAsyncDisposable
{
    /// <summary>Twice what a stream that is no more may still have been sent.</summary>
    private const uint LargestOfUnknown = 2 * YamuxOptions.Window;

    private readonly Stream _connection;
    private readonly YamuxOptions _options;
    private readonly YamuxOutput _output;
    private readonly ConcurrentDictionary<uint, YamuxStream> _streams = [];
    private readonly CancellationTokenSource _ends = new();
    private readonly Channel<YamuxStream> _offered;
    private long _received;
    private int _theirs;
    private uint _next;
    private bool _isGoing;

    public YamuxSession(Stream connection, YamuxOptions options)
    {
        _connection = connection;
        _options = options;
        _output = new YamuxOutput(connection, options);
        _next = options.IsClient ? 1u : 2u;
        _offered = Channel.CreateUnbounded<YamuxStream>();
        Over = Live();
    }

    /// <summary>
    /// Ends with the session: quietly when the other side has left, with a <see cref="YamuxException"/> when it did not
    /// keep to the protocol.
    /// </summary>
    public Task Over { get; }

    /// <summary>Streams that are open.</summary>
    public int Streams => _streams.Count;

    /// <summary>The next stream that the other side has opened; null when the session is over.</summary>
    public async ValueTask<YamuxStream?> Accept(CancellationToken cancel) =>
        await _offered.Reader.WaitToReadAsync(cancel) && _offered.Reader.TryRead(out var stream)
            ? stream
            : null;

    /// <summary>Opens a stream. The other side may be sent to at once.</summary>
    /// <exception cref="YamuxException">The session is over, or the other side takes no more.</exception>
    public YamuxStream Open()
    {
        var id = Interlocked.Add(ref _next, 2) - 2;
        if (_ends.IsCancellationRequested || _isGoing || id > int.MaxValue)
        {
            throw new YamuxException("The other side takes no more streams.");
        }

        var stream = new YamuxStream(this, id);
        _streams[id] = stream;
        Answer(new YamuxFrame(YamuxType.WindowUpdate, YamuxFlags.Syn, id, 0));
        if (_ends.IsCancellationRequested)
        {
            stream.Break(new YamuxException("The session is over."));
        }

        return stream;
    }

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        await Over.ContinueWith(
            static _ => { },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default
        );
    }

    internal void Answer(YamuxFrame frame) => _output.Answer(frame);

    internal ValueTask Send(uint stream, ReadOnlyMemory<byte> payload) =>
        _output.Send(
            new YamuxFrame(YamuxType.Data, YamuxFlags.None, stream, (uint)payload.Length),
            payload
        );

    internal void Unbuffered(int bytes) => Interlocked.Add(ref _received, -bytes);

    /// <summary>Forgets a stream at once: what the other side still sends to it is not read by anybody.</summary>
    internal void Closed(uint stream)
    {
        if (Forget(stream))
        {
            Answer(new YamuxFrame(YamuxType.WindowUpdate, YamuxFlags.Fin, stream, 0));
        }
    }

    private async Task Live()
    {
        await Task.Yield();
        var writes = _output.Run(_ends.Token);
        // A write that fails ends the reading, and the other way round.
        _ = writes.ContinueWith(
            static (_, ends) => ((CancellationTokenSource)ends!).Cancel(),
            _ends,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );
        YamuxException? broken = null;
        try
        {
            await Read(_ends.Token);
        }
        catch (YamuxException problem)
        {
            broken = problem;
        }
        catch (Exception problem) when (problem is IOException or OperationCanceledException)
        {
            // Gone, on this side or the other.
        }

        await End(broken, writes);
        if (broken is not null)
        {
            throw broken;
        }
    }

    private async Task End(YamuxException? broken, Task writes)
    {
        try
        {
            _output.Answer(
                new YamuxFrame(YamuxType.GoAway, YamuxFlags.None, 0, broken is null ? 0u : 1u)
            );
        }
        catch (YamuxException)
        {
            // It reads nothing, so it is told nothing.
        }

        _output.Complete();
        _offered.Writer.TryComplete();
        await _ends.CancelAsync();
        await writes.ContinueWith(
            static t => t.Exception,
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default
        );
        var why = broken ?? new YamuxException("The session is over.");
        foreach (var stream in _streams.Values)
        {
            stream.Break(why);
        }

        _streams.Clear();
        await _connection.DisposeAsync();
    }

    private async Task Read(CancellationToken cancel)
    {
        var header = new byte[YamuxFrame.Size];
        var payload = new byte[YamuxOptions.Window];
        while (true)
        {
            var begun = await _connection.ReadAtLeastAsync(header, header.Length, false, cancel);
            if (begun < header.Length)
            {
                return;
            }

            var frame = YamuxFrame.Read(header);
            switch (frame.Type)
            {
                case YamuxType.Ping:
                    Pinged(frame);
                    break;
                case YamuxType.GoAway:
                    _isGoing = true;
                    break;
                default:
                    await OnStream(frame, payload, cancel);
                    break;
            }
        }
    }

    private void Pinged(YamuxFrame frame)
    {
        if (frame.Flags.HasFlag(YamuxFlags.Syn))
        {
            Answer(frame with { Flags = YamuxFlags.Ack });
        }
    }

    private async ValueTask OnStream(YamuxFrame frame, byte[] buffer, CancellationToken cancel)
    {
        if (frame.Flags.HasFlag(YamuxFlags.Syn))
        {
            Offered(frame.Stream);
        }

        var stream = _streams.GetValueOrDefault(frame.Stream);
        if (frame.Type == YamuxType.WindowUpdate)
        {
            stream?.Credited(frame.Length);
        }
        else if (stream is null)
        {
            await Drain(frame.Length, buffer, cancel);
        }
        else
        {
            await Take(stream, frame.Length, buffer, cancel);
        }

        if (frame.Flags.HasFlag(YamuxFlags.Rst) && Forget(frame.Stream))
        {
            stream?.Break(new YamuxException("The other side has given the stream up."));
        }
        else if (frame.Flags.HasFlag(YamuxFlags.Fin))
        {
            stream?.Ended();
        }
    }

    private async ValueTask Take(
        YamuxStream stream,
        uint length,
        byte[] buffer,
        CancellationToken cancel
    )
    {
        if (length > buffer.Length)
        {
            throw new YamuxException("More was sent on a stream than its window has room for.");
        }

        if (Interlocked.Add(ref _received, length) > _options.Received)
        {
            throw new YamuxException("More was sent than is read here.");
        }

        var payload = buffer.AsMemory(0, (int)length);
        await _connection.ReadExactlyAsync(payload, cancel);
        stream.Arrived(payload.Span);
    }

    private async ValueTask Drain(uint length, byte[] buffer, CancellationToken cancel)
    {
        if (length > LargestOfUnknown)
        {
            throw new YamuxException("More was sent on a stream than its window has room for.");
        }

        while (length > 0)
        {
            var part = (int)Math.Min(length, (uint)buffer.Length);
            await _connection.ReadExactlyAsync(buffer.AsMemory(0, part), cancel);
            length -= (uint)part;
        }
    }

    private void Offered(uint id)
    {
        var isTheirs = id != 0 && (id % 2 == 1) != _options.IsClient;
        if (!isTheirs || _streams.ContainsKey(id))
        {
            throw new YamuxException($"Stream {id} can't be opened.");
        }

        if (Interlocked.Increment(ref _theirs) > _options.Streams)
        {
            Interlocked.Decrement(ref _theirs);
            Answer(new YamuxFrame(YamuxType.WindowUpdate, YamuxFlags.Rst, id, 0));
            return;
        }

        var stream = new YamuxStream(this, id);
        _streams[id] = stream;
        Answer(new YamuxFrame(YamuxType.WindowUpdate, YamuxFlags.Ack, id, 0));
        _offered.Writer.TryWrite(stream);
    }

    private bool Forget(uint id)
    {
        if (!_streams.TryRemove(id, out _))
        {
            return false;
        }

        if ((id % 2 == 1) != _options.IsClient)
        {
            Interlocked.Decrement(ref _theirs);
        }

        return true;
    }
}
