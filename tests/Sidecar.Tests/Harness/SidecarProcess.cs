using System.Diagnostics;
using System.Net;
using Sidecar.Setup;

namespace Sidecar.Tests.Harness;

/// <summary>A sidecar in a process of its own, as an administrator starts it: one that can be killed.</summary>
internal sealed class SidecarProcess : IDisposable
{
    private readonly Process _process;

    private SidecarProcess(Process process) => _process = process;

    /// <summary>Starts one and waits until it is ready.</summary>
    public static async Task<SidecarProcess> Start(
        string data,
        Uri address,
        CancellationToken cancel
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (
            var argument in (string[])
                [
                    typeof(SecretsFile).Assembly.Location,
                    "run",
                    "--data",
                    data,
                    "--urls",
                    address.ToString(),
                    "--requests-per-second",
                    "1000",
                ]
        )
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var said = new System.Collections.Concurrent.ConcurrentQueue<string?>();
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data);
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var http = new HttpClient { BaseAddress = address };
        while (!await IsReady(http, cancel))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException(
                    $"The sidecar ended at its start: {string.Join('\n', said)}"
                );
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancel);
        }

        return new SidecarProcess(process);
    }

    /// <summary>SIGKILL: no time to finish anything.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static async Task<bool> IsReady(HttpClient http, CancellationToken cancel)
    {
        try
        {
            using var response = await http.GetAsync("/readyz", cancel);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
