using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Load;

/// <summary>
/// This program once more, as a server on loopback. It runs with the sidecar's own runtime configuration, and ends when
/// its input does: also when the parent is killed.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private ServerProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>Processor time used so far, of all its threads.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Bytes of it in memory.</summary>
    public long Resident
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The most it ever had in memory.</summary>
    public long MostResident
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    public static ServerProcess Start(int port, params string[] arguments)
    {
        var here = AppContext.BaseDirectory;
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "exec",
                "--runtimeconfig",
                Path.Combine(here, "Sidecar.runtimeconfig.json"),
                "--depsfile",
                Path.Combine(here, "Benchmarks.deps.json"),
                Path.Combine(here, "Benchmarks.dll"),
            },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        // What it logs is read, as a terminal or a service manager does.
        process.BeginOutputReadLine();
        return new ServerProcess(process, port);
    }

    /// <summary>Waits until a path is answered with success.</summary>
    public async Task Ready(string path)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = Patience };
        using var giveUp = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(path, giveUp.Token);
                answer.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, giveUp.Token);
            }
        }
    }

    /// <summary>In the child: completes when the parent closes the input or is gone.</summary>
    public static Task ParentLeaves() => Console.In.ReadToEndAsync();

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        if (_process.ExitCode != 0)
        {
            await Console.Error.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A server ended with code {_process.ExitCode}."
                )
            );
        }

        _process.Dispose();
    }
}
