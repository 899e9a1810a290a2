using System.Text;
using Sidecar.Mattermost.Plugin.Gob;
using Sidecar.Mattermost.Plugin.Rpc;
using Sidecar.Mattermost.Plugin.Yamux;

namespace Sidecar.Mattermost.Plugin;

/// <summary>One connection of a host, from its first stream to its end.</summary>
internal sealed class PluginSession(IPluginHooks hooks, TimeProvider clock)
{
    private readonly TaskCompletionSource _quit = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private volatile Stream? _lines;

    /// <summary>
    /// A line for the server's log before there is anything better; false when nobody takes it yet.
    /// </summary>
    public async ValueTask<bool> TryWriteLine(string line, CancellationToken cancel)
    {
        if (_lines is not { } lines)
        {
            return false;
        }

        await lines.WriteAsync(Encoding.UTF8.GetBytes(line.ReplaceLineEndings(" ") + "\n"), cancel);
        return true;
    }

    /// <summary>Serves until the host wants an end or is gone.</summary>
    /// <exception cref="YamuxException">The host does not keep to the protocol.</exception>
    public async Task Run(Stream connection, CancellationToken cancel)
    {
        await using var session = new YamuxSession(connection, new YamuxOptions());
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            // In this order: how it is controlled, and two that take what would be printed.
            var control = await session.Accept(over.Token);
            _ = await session.Accept(over.Token);
            _lines = await session.Accept(over.Token);
            if (control is null || _lines is null)
            {
                await session.Over;
                return;
            }

            var broker = new MuxBroker(session, clock);
            using var calls = new HookCalls(hooks, broker);
            var taking = broker.Run(over.Token);
            var controlled = new RpcServer(
                control,
                (method, argument, _) => Control(method, argument, broker, calls)
            ).Run(over.Token);
            var first = await Task.WhenAny(session.Over, controlled, taking, _quit.Task);
            if (first == _quit.Task)
            {
                // It has its answer when it hangs up.
                await Task.WhenAny(
                    session.Over,
                    Task.Delay(TimeSpan.FromSeconds(1), clock, over.Token)
                );
            }
            else
            {
                await first;
            }
        }
        finally
        {
            _lines = null;
            await over.CancelAsync();
        }
    }

    /// <summary>
    /// Without this stream nothing is asked of us any more, and pings would go on: then only a new process helps, which
    /// the host starts when this one is gone.
    /// </summary>
    private async Task Serve(Stream stream, HookCalls calls)
    {
        try
        {
            await new RpcServer(stream, calls.Answer).Run(CancellationToken.None);
        }
        finally
        {
            _quit.TrySetResult();
        }
    }

    private Task<RpcValue> Control(
        string method,
        GobValue argument,
        MuxBroker broker,
        HookCalls calls
    )
    {
        switch (method)
        {
            case "Control.Ping":
                return Task.FromResult(RpcValue.Nothing);
            case "Control.Quit":
                _quit.TrySetResult();
                return Task.FromResult(RpcValue.Nothing);
            case "Dispenser.Dispense" when argument is GobValue.TextValue { Value: "hooks" }:
                var id = broker.Expect(stream => Serve(stream, calls));
                return Task.FromResult(new RpcValue(GobType.UInt, GobValue.Of((ulong)id)));
            default:
                throw RpcException.NoMethod(method);
        }
    }
}
