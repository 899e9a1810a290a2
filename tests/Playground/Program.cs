using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Playground;

var port = args is ["--port", var number, ..]
    ? int.Parse(number, CultureInfo.InvariantCulture)
    : 8070;

// The server forgets everything when it ends, so what the sidecar knew about it is worth nothing at the next start.
var data = Directory.CreateTempSubdirectory("escalate-playground-").FullName;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
try
{
    await using var playground = await PlaygroundHost.StartAsync(
        new PlaygroundOptions(PlaygroundSidecar.StartAsync, data) { Port = port },
        stop.Token
    );
    Console.WriteLine($"The playground is at {playground.Simulator.Url} (Ctrl+C ends it).");
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
        $"Port {port} is taken. Choose another: dotnet run --project tests/Playground -- --port 8071"
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
