using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Playground;

if (PlaygroundArguments.Read(args) is not { } asked)
{
    await Console.Error.WriteLineAsync(PlaygroundArguments.Usage);
    return 2;
}

// The server forgets everything when it ends, so what the sidecar knew about it is worth nothing at the next start.
var data = Directory.CreateTempSubdirectory("escalate-playground-").FullName;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
try
{
    await using var playground = await PlaygroundHost.StartAsync(
        new PlaygroundOptions(PlaygroundSidecar.StartAsync, data)
        {
            Port = asked.Port,
            ServerVersion = asked.ServerVersion,
        },
        stop.Token
    );
    Console.WriteLine(
        $"The playground is at {playground.Simulator.Url}, as Mattermost {asked.ServerVersion} (Ctrl+C ends it)."
    );
    Console.WriteLine($"A second window as somebody else: {playground.Simulator.Url}?as=engineer");
    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token);
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 0;
}
catch (IOException problem) when (problem.InnerException is AddressInUseException)
{
    await Console.Error.WriteLineAsync(
        $"Port {asked.Port} is taken. Choose another: dotnet run --project tests/Playground -- --port 8071"
    );
    return 1;
}
finally
{
    Directory.Delete(data, recursive: true);
}

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
