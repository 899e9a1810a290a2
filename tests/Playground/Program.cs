using System.Globalization;
using Playground;

var port = args is ["--port", var number, ..]
    ? int.Parse(number, CultureInfo.InvariantCulture)
    : 8070;
var data = Path.Combine(Path.GetTempPath(), "escalate-playground");
Directory.CreateDirectory(data);

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

await using var playground = await PlaygroundHost.StartAsync(
    new PlaygroundOptions(PlaygroundSidecar.StartAsync, data) { Port = port },
    stop.Token
);
Console.WriteLine($"The playground is at {playground.Simulator.Url} (Ctrl+C ends it).");
Console.WriteLine($"Each account in a window of its own: {playground.Simulator.Url}?as=engineer");
await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token)
    .ContinueWith(
        _ => { },
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default
    );
return 0;
