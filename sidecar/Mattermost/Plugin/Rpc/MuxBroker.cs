using System.Buffers.Binary;
using System.Collections.Concurrent;
using Sidecar.Mattermost.Plugin.Yamux;

namespace Sidecar.Mattermost.Plugin.Rpc;

/// <summary>
/// Gives streams a meaning: each begins with a number that one side has told the other before. A number is good once
/// and for some seconds.
/// </summary>
internal sealed class MuxBroker(YamuxSession session, TimeProvider clock)
{
    /// <summary>How long either side has for its part.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<uint, Func<YamuxStream, Task>> _expected = [];
    private uint _last;

    /// <summary>A number for the other side; when it calls with it, the stream goes to who asked.</summary>
    public uint Expect(Func<YamuxStream, Task> taken)
    {
        var id = Interlocked.Increment(ref _last);
        _expected[id] = taken;
        return id;
    }

    /// <summary>Opens the stream of a number that the other side has told.</summary>
    /// <exception cref="IOException">The other side does not know the number, or is gone.</exception>
    public async Task<YamuxStream> Dial(uint id, CancellationToken cancel)
    {
        var stream = session.Open();
        try
        {
            using var late = new CancellationTokenSource(2 * Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
            var number = new byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(number, id);
            await stream.WriteAsync(number, either.Token);
            await stream.ReadExactlyAsync(number, either.Token);
            return BinaryPrimitives.ReadUInt32LittleEndian(number) == id
                ? stream
                : throw new YamuxException($"Stream {id} was answered with another number.");
        }
        catch (Exception problem)
        {
            await stream.DisposeAsync();
            if (problem is OperationCanceledException && !cancel.IsCancellationRequested)
            {
                throw new YamuxException($"Nobody answered to {id}.", problem);
            }

            throw;
        }
    }

    /// <summary>Takes the streams that the other side opens, as long as there is a session.</summary>
    public async Task Run(CancellationToken cancel)
    {
        while (await session.Accept(cancel) is { } stream)
        {
            _ = Take(stream, cancel);
        }
    }

    private async Task Take(YamuxStream stream, CancellationToken cancel)
    {
        try
        {
            using var late = new CancellationTokenSource(Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
            var number = new byte[sizeof(uint)];
            await stream.ReadExactlyAsync(number, either.Token);
            if (
                !_expected.TryRemove(BinaryPrimitives.ReadUInt32LittleEndian(number), out var taken)
            )
            {
                await stream.DisposeAsync();
                return;
            }

            await stream.WriteAsync(number, either.Token);
            await taken(stream);
        }
        catch (Exception problem) when (problem is IOException or OperationCanceledException)
        {
            await stream.DisposeAsync();
        }
        catch (Gob.GobException)
        {
            await stream.DisposeAsync();
        }
    }
}
