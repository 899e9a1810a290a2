using Sidecar.Mattermost.Plugin.Gob;

namespace Sidecar.Mattermost.Plugin.Rpc;

/// <summary>
/// Answers the calls on one stream: each on its own, so that a slow one holds up nobody. Ends with the stream; what is
/// no call ends it at once.
/// </summary>
/// <param name="stream">Both directions; closed at the end.</param>
/// <param name="answer">Does what a method says. What it throws is what the other side is told.</param>
/// <param name="atOnce">Calls that are worked on at the same time; the next ones wait in the stream.</param>
internal sealed class RpcServer(
    Stream stream,
    Func<string, GobValue, CancellationToken, Task<RpcValue>> answer,
    int atOnce = 256
) : IAsyncDisposable
{
    private readonly GobEncoder _encoder = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly SemaphoreSlim _working = new(atOnce);

    public async Task Run(CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            var decoder = new GobDecoder(stream);
            while (await decoder.Next(cancel) is { } header)
            {
                var argument =
                    await decoder.Next(cancel) ?? throw new GobException("A call has no argument.");
                await _working.WaitAsync(cancel);
                _ = Work(
                    header.TextOf("ServiceMethod"),
                    header.UIntOf("Seq"),
                    argument,
                    over.Token
                );
            }
        }
        finally
        {
            await over.CancelAsync();
            await DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private async Task Work(string method, ulong seq, GobValue argument, CancellationToken cancel)
    {
        await Task.Yield();
        try
        {
            RpcValue? reply = null;
            string? error = null;
            try
            {
                reply = await answer(method, argument, cancel);
            }
            catch (Exception problem)
            {
                error = problem.Message is { Length: > 0 } said ? said : problem.GetType().Name;
            }

            await Reply(method, seq, reply ?? RpcValue.Nothing, error, cancel);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // Nobody is there any more to be answered.
        }
        catch (Exception)
        {
            // Half an answer may have been told: nothing that follows on this stream could be understood.
            await stream.DisposeAsync();
        }
        finally
        {
            _working.Release();
        }
    }

    private async Task Reply(
        string method,
        ulong seq,
        RpcValue reply,
        string? error,
        CancellationToken cancel
    )
    {
        var header = GobValue.Of(
            ("ServiceMethod", GobValue.Of(method)),
            ("Seq", GobValue.Of(seq)),
            ("Error", error is null ? null : GobValue.Of(error))
        );
        await _writing.WaitAsync(cancel);
        try
        {
            var body = _encoder.Encode(RpcHeader.Response, header);
            var rest = _encoder.Encode(reply.Type, reply.Value);
            await stream.WriteAsync(Joined(body, rest), cancel);
        }
        finally
        {
            _writing.Release();
        }
    }

    internal static ReadOnlyMemory<byte> Joined(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> two)
    {
        var joined = new byte[one.Length + two.Length];
        one.CopyTo(joined);
        two.CopyTo(joined.AsMemory(one.Length));
        return joined;
    }
}
