using System.Threading.Channels;

namespace Sidecar.Mattermost.Plugin.Yamux;

/// <summary>
/// Everything that a session sends, in turn. What is answered to the other side never waits, so that reading never
/// waits for writing; data does, so that no stream has more than one piece here.
/// </summary>
internal sealed class YamuxOutput(Stream to, YamuxOptions options)
{
    private const int Together = 64 * 1024;

    private readonly Channel<QueuedFrame> _pieces = Channel.CreateUnbounded<QueuedFrame>(
        new UnboundedChannelOptions { SingleReader = true }
    );

    private int _answers;

    /// <summary>Sends a frame without a payload, some time soon.</summary>
    /// <exception cref="YamuxException">The other side asks and does not read the answers.</exception>
    public void Answer(YamuxFrame frame)
    {
        if (Interlocked.Increment(ref _answers) > options.Answers)
        {
            throw new YamuxException("The other side does not read what it asked for.");
        }

        _pieces.Writer.TryWrite(new QueuedFrame(frame, default, null));
    }

    /// <summary>Sends data and comes back when it has been written.</summary>
    public async ValueTask Send(YamuxFrame frame, ReadOnlyMemory<byte> payload)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_pieces.Writer.TryWrite(new QueuedFrame(frame, payload, written)))
        {
            throw new YamuxException("The session is over.");
        }

        await written.Task;
    }

    /// <summary>Nothing more is taken; <see cref="Run"/> ends when all that was taken has been written.</summary>
    public void Complete() => _pieces.Writer.TryComplete();

    /// <summary>Writes until there is nothing more.</summary>
    public async Task Run(CancellationToken cancel)
    {
        var buffer = new byte[Together + YamuxFrame.Size];
        List<TaskCompletionSource> written = [];
        try
        {
            while (await _pieces.Reader.WaitToReadAsync(cancel))
            {
                await Write(buffer, written, cancel);
            }
        }
        catch (Exception problem)
        {
            var over = new YamuxException("The session is over.", problem);
            _pieces.Writer.TryComplete();
            written.ForEach(w => w.TrySetException(over));
            while (_pieces.Reader.TryRead(out var piece))
            {
                piece.Written?.TrySetException(over);
            }

            throw;
        }
    }

    /// <summary>What is there, in as few writes as possible.</summary>
    private async Task Write(
        byte[] buffer,
        List<TaskCompletionSource> written,
        CancellationToken cancel
    )
    {
        var used = 0;
        while (
            used + YamuxFrame.Size <= buffer.Length
            && _pieces.Reader.TryPeek(out var next)
            && (used == 0 || used + YamuxFrame.Size + next.Payload.Length <= buffer.Length)
            && _pieces.Reader.TryRead(out var piece)
        )
        {
            piece.Frame.Write(buffer.AsSpan(used));
            used += YamuxFrame.Size;
            if (piece.Written is { } done)
            {
                written.Add(done);
            }
            else
            {
                Interlocked.Decrement(ref _answers);
            }

            piece.Payload.CopyTo(buffer.AsMemory(used));
            used += piece.Payload.Length;
        }

        await to.WriteAsync(buffer.AsMemory(0, used), cancel);
        await to.FlushAsync(cancel);
        written.ForEach(w => w.TrySetResult());
        written.Clear();
    }

    /// <summary>The largest payload that is sent at once.</summary>
    public static int LargestPayload => Together;

    private readonly record struct QueuedFrame(
        YamuxFrame Frame,
        ReadOnlyMemory<byte> Payload,
        TaskCompletionSource? Written
    );
}
