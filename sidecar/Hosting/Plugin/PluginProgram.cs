using System.Net.Sockets;
using System.Runtime.InteropServices;
using Sidecar.Mattermost.Plugin;
using Sidecar.Settings;

namespace Sidecar.Hosting.Plugin;

/// <summary>
/// The process as Mattermost starts it: says where it listens, takes one connection, and ends with it. There are three
/// seconds for the first line, so nothing else happens before it.
/// </summary>
internal static class PluginProgram
{
    private const string CookieName = "MATTERMOST_PLUGIN";
    private const string Cookie = "Securely message teams, anywhere.";
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan HostComesWithin = TimeSpan.FromSeconds(60);

    /// <summary>Whether Mattermost started this process.</summary>
    public static bool IsAsked(IReadOnlyList<string> arguments) =>
        arguments.Count == 0 && Environment.GetEnvironmentVariable(CookieName) == Cookie;

    public static async Task<int> Run()
    {
        // The host is told by Ctrl-C first, and ends us as it wants.
        using var interrupt = PosixSignalRegistration.Create(
            PosixSignal.SIGINT,
            signal => signal.Cancel = true
        );
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM,
            signal =>
            {
                signal.Cancel = true;
                stop.Cancel();
            }
        );
        var clock = MovedClock.OfProcess();
        var connection = await Connected(clock, stop.Token);
        if (connection is null)
        {
            return ExitCode.Failed;
        }

        KeepBesideUs();
        using var logs = new PluginLogs();
        await using var product = new PluginInstallation(clock, logs);
        var session = new PluginSession(product, clock);
        try
        {
            await session.Run(connection, stop.Token);
            return ExitCode.Done;
        }
        catch (Exception problem)
        {
            // Goes into the server's log as a line of a plugin that has no better way left.
            await Console.Error.WriteLineAsync(
                $"[ERROR] {problem.GetType().Name}: {problem.Message}"
            );
            return ExitCode.Failed;
        }
        finally
        {
            // The host is gone or wants an end: what hangs then must not outlive it, nor keep the store from the next.
            _ = Task.Delay(EndsWithin, TimeProvider.System)
                .ContinueWith(_ => Environment.Exit(ExitCode.Failed), TaskScheduler.Default);
        }
    }

    /// <summary>
    /// Mattermost's environment is ours, also the proxy that it may need for the internet. What is asked of the server
    /// beside us, with the bot's token, is not for that proxy; unlike Go, .NET would hand even this machine's address to it.
    /// </summary>
    private static void KeepBesideUs()
    {
        var none =
            Environment.GetEnvironmentVariable("no_proxy")
            ?? Environment.GetEnvironmentVariable("NO_PROXY");
        Environment.SetEnvironmentVariable(
            "no_proxy",
            string.Join(
                ',',
                new[] { none, "127.0.0.1", "localhost", "[::1]" }.Where(n => n is { Length: > 0 })
            )
        );
    }

    private static async Task<Stream?> Connected(TimeProvider clock, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(HostComesWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            return OperatingSystem.IsWindows()
                ? await ByPort(either.Token)
                : await BySocket(either.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task<Stream> BySocket(CancellationToken cancel)
    {
        // For the owner only: whoever could connect would be taken for Mattermost.
        var folder = Directory.CreateTempSubdirectory("escalate-");
        try
        {
            var path = Path.Combine(folder.FullName, "plugin.sock");
            using var listener = new Socket(
                AddressFamily.Unix,
                SocketType.Stream,
                ProtocolType.Unspecified
            );
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(1);
            await Announce("unix", path);
            return new NetworkStream(await listener.AcceptAsync(cancel), ownsSocket: true);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Stream> ByPort(CancellationToken cancel)
    {
        using var listener = new Socket(
            AddressFamily.InterNetwork,
            SocketType.Stream,
            ProtocolType.Tcp
        );
        listener.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        listener.Listen(1);
        await Announce("tcp", $"{listener.LocalEndPoint}");
        return new NetworkStream(await listener.AcceptAsync(cancel), ownsSocket: true);
    }

    /// <summary>Core protocol, plugin's protocol, network, address, kind of protocol, certificate.</summary>
    private static async Task Announce(string network, string address)
    {
        await Console.Out.WriteAsync($"1|1|{network}|{address}|netrpc|\n");
        await Console.Out.FlushAsync();
    }
}
