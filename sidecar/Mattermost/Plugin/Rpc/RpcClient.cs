using System.Collections.Concurrent;
using Sidecar.Mattermost.Plugin.Gob;

namespace Sidecar.Mattermost.Plugin.Rpc;

/// <summary>
/// Calls the other side on one stream. Calls may overlap; the other side works on them at once and in any order, so
/// whoever needs one after the other awaits the first.
/// </summary>
internal sealed class RpcClient : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly GobEncoder _encoder = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentDictionary<ulong, TaskCompletionSource<GobValue>> _waiting = [];
    private readonly CancellationTokenSource _ends = new();
    private readonly Task _reading;
    private volatile Exception? _broken;
    private ulong _next;

    public RpcClient(Stream stream)
    {
        _stream = stream;
        _reading = Read();
    }

    /// <summary>Asks and waits for the answer.</summary>
    /// <exception cref="RpcException">The other side says why it did not do it.</exception>
    /// <exception cref="IOException">The stream is gone.</exception>
    public async Task<GobValue> Call(string method, RpcValue argument, CancellationToken cancel)
    {
        var answer = new TaskCompletionSource<GobValue>(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        ulong seq;
        await _writing.WaitAsync(cancel);
        try
        {
            seq = _next++;
            _waiting[seq] = answer;
            // Looked at after it was put there: whoever breaks afterwards finds it.
            if (_broken is { } gone)
            {
                _waiting.TryRemove(seq, out _);
                throw new IOException(gone.Message, gone);
            }

            var header = _encoder.Encode(
                RpcHeader.Request,
                GobValue.Of(("ServiceMethod", GobValue.Of(method)), ("Seq", GobValue.Of(seq)))
            );
            var body = _encoder.Encode(argument.Type, argument.Value);
            // Half a call would end the stream: it is not given up in between.
            await _stream.WriteAsync(RpcServer.Joined(header, body), CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }

        // An answer that nobody waits for any more is still taken out of the stream.
        return await answer.Task.WaitAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        await _stream.DisposeAsync();
        await _reading;
        _ends.Dispose();
    }

    private async Task Read()
    {
        await Task.Yield();
        try
        {
            var decoder = new GobDecoder(_stream);
            while (await decoder.Next(_ends.Token) is { } header)
            {
                var body =
                    await decoder.Next(_ends.Token)
                    ?? throw new GobException("An answer has no value.");
                if (_waiting.TryRemove(header.UIntOf("Seq"), out var answer))
                {
                    Settle(answer, header.TextOf("Error"), body);
                }
            }

            Break(new IOException("The other side has ended the stream."));
        }
        catch (Exception problem)
        {
            Break(problem);
        }
    }

    private static void Settle(TaskCompletionSource<GobValue> answer, string error, GobValue body)
    {
        if (error.Length > 0)
        {
            answer.TrySetException(new RpcException(error));
        }
        else
        {
            answer.TrySetResult(body);
        }
    }

    private void Break(Exception why)
    {
        _broken = why;
        foreach (var seq in _waiting.Keys)
        {
            if (_waiting.TryRemove(seq, out var answer))
            {
                answer.TrySetException(new IOException(why.Message, why));
            }
        }
    }
}
