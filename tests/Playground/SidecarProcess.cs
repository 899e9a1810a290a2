using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Sidecar.Setup;

namespace Playground;

/// <summary>The real sidecar in a process of its own, as an administrator runs it: one that can be killed.</summary>
internal sealed class SidecarProcess : IPlaygroundSidecar, IDisposable
{
    private readonly Process _process;

    private SidecarProcess(Process process) => _process = process;

    /// <summary>Runs set-up to its end.</summary>
    /// <exception cref="InvalidOperationException">It did not work; the message is what it said.</exception>
    public static async Task Install(
        Uri mattermost,
        string adminToken,
        Uri address,
        string team,
        string data,
        string? plugin,
        CancellationToken cancel
    )
    {
        await Finish(
            [
                "install",
                "--url",
                mattermost.ToString(),
                "--public-url",
                address.ToString(),
                "--team",
                team,
                "--data",
                data,
                .. plugin is null ? (string[])[] : ["--plugin", plugin],
            ],
            cancel,
            ("ESCALATE_ADMIN_TOKEN", adminToken)
        );
    }

    /// <summary>The plugin's archive in the checkout that this was built from; null when nobody has built it.</summary>
    public static string? BuiltPlugin()
    {
        var name = Path.Combine("dist", $"escalate-{Sidecar.ProductVersion.Current}.tar.gz");
        for (
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            folder is not null;
            folder = folder.Parent
        )
        {
            if (File.Exists(Path.Combine(folder.FullName, name)))
            {
                return Path.Combine(folder.FullName, name);
            }
        }

        return null;
    }

    /// <summary>Imports customers from a CSV file, while no sidecar runs on the data.</summary>
    /// <exception cref="InvalidOperationException">It did not work; the message is what it said.</exception>
    public static async Task Import(string data, string csv, CancellationToken cancel)
    {
        var file = Path.Combine(data, "customers.csv");
        await File.WriteAllTextAsync(file, csv, cancel);
        await Finish(["import", "customers", "--data", data, "--from", file], cancel);
    }

    /// <summary>Copies a store to where there is none, while no sidecar runs on it.</summary>
    /// <exception cref="InvalidOperationException">It did not work; the message is what it said.</exception>
    public static Task CopyStore(string from, string to, CancellationToken cancel) =>
        Finish(["store", "copy", "--from", from, "--to", to], cancel);

    /// <summary>Starts one on what set-up left, and waits until it is ready.</summary>
    /// <param name="store">Which store, as <c>--store</c> says it; null for what is in the data directory.</param>
    /// <exception cref="InvalidOperationException">It ended at its start; the message is what it said.</exception>
    public static async Task<SidecarProcess> Start(
        string data,
        Uri address,
        CancellationToken cancel,
        string? store = null
    )
    {
        // The stand-in has no limits of its own: nobody should wait here for a real server's.
        var process = Begin(
            out var said,
            ["run", "--data", data, "--urls", address.ToString(), "--requests-per-second", "1000"],
            [
                ("ESCALATE_CLOCK", Path.Combine(data, PlaygroundHost.ClockFile)),
                .. store is null ? ((string, string)[])[] : [("ESCALATE_STORE", store)],
            ]
        );
        using var http = new HttpClient { BaseAddress = address };
        while (!await IsReady(http, cancel))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException(
                    $"The sidecar ended at its start.\n{string.Join('\n', said)}"
                );
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancel);
        }

        return new SidecarProcess(process);
    }

    /// <inheritdoc/>
    public async Task KillAsync()
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

    private static async Task Finish(
        IEnumerable<string> arguments,
        CancellationToken cancel,
        params (string Name, string Value)[] variables
    )
    {
        using var process = Begin(out var said, arguments, variables);
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"“{arguments.First()}” failed.\n{string.Join('\n', said)}"
            );
        }
    }

    private static Process Begin(
        out ConcurrentQueue<string> said,
        IEnumerable<string> arguments,
        params (string Name, string Value)[] variables
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(typeof(SecretsFile).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var lines = said = new ConcurrentQueue<string>();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
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
