using System.Diagnostics;
using Mattermost.Simulator;
using Playground;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Rules;

/// <summary>
/// S1: what the README tells people to type is typed here, from the folder where its reader stands. Addresses and the
/// data directory are those of a stand-in; the data directory is a relative one, so that it shows whose folder counts.
/// What is built already is not built again (<c>--no-build</c>): the tests run from it.
/// </summary>
public sealed class ReadmeLineTests(ITestOutputHelper output)
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    /// <summary>Lines that are not started, and why.</summary>
    private static readonly Dictionary<string, string> Left = new(StringComparer.Ordinal)
    {
        ["dotnet test"] = "this is it",
        ["ESCALATE_WEEKS=24 dotnet test tests/Campaigns"] = "it takes an hour",
        [
            "ESCALATE_BREAKS=1000 dotnet test --filter Category=Campaign --logger \"console;verbosity=detailed\""
        ] = "it takes hours; a few breaks of each are among the tests",
        [
            "MATTERMOST_URL=http://127.0.0.1:8065 MATTERMOST_ADMIN_TOKEN=… dotnet test --filter \"FullyQualifiedName~Conformance\""
        ] = "it needs a real Mattermost",
        [
            "MATTERMOST_URL=http://127.0.0.1:8065 MATTERMOST_ADMIN_TOKEN=… ESCALATE_PLUGIN_ARCHIVE=dist/escalate-0.2.0-linux-amd64.tar.gz dotnet test --filter \"FullyQualifiedName~Plugin.Real\""
        ] = "it needs a real Mattermost on this machine",
        ["PICTURES=write dotnet test --filter \"FullyQualifiedName~DocsPictures\""] =
            "it writes the pages' pictures anew",
        ["dotnet run -c Release --project tests/Benchmarks -- load --seconds 2.5"] =
            "it measures for minutes, and is not built with the tests",
        [
            "dotnet run -c Release --project tests/Benchmarks -- load --store all --escalations 10000 --audit 100000 --seconds 1.5 --rounds 3"
        ] = "it measures for a quarter of an hour",
        [
            "dotnet publish sidecar --configuration Release --runtime linux-x64 --output artifacts/server/linux-x64"
        ] = "it compiles for minutes",
        ["npm --prefix webapp-stub ci && npm --prefix webapp-stub run package:server"] =
            "it needs what the line before makes",
    };

    [Fact]
    public void S1_Every_line_is_started_or_left_out_for_a_reason() =>
        Lines().Where(l => !Left.ContainsKey(l) && !IsStarted(l)).ShouldBeEmpty();

    [Fact]
    public void S1_Nothing_is_left_out_that_is_not_there() =>
        Left.Keys.Except(Lines()).ShouldBeEmpty();

    [Fact]
    public async Task S1_Set_up_run_and_doctor_work_from_the_root()
    {
        using var limit = Limit();
        await using var mattermost = await MattermostSimulator.StartAsync(new SimulatorOptions());
        mattermost.AddTeam("ops");
        mattermost.Configure("ServiceSettings.AllowedUntrustedInternalConnections", "127.0.0.1");
        var address = FreePort.NextAddress().ToString().TrimEnd('/');
        var data = Path.Combine("artifacts", $"readme-{Environment.ProcessId}");
        var whole = Path.Combine(Repository.Root, data);
        string Here(string line) =>
            line.Replace(
                    "https://chat.example.com",
                    mattermost.Url.ToString(),
                    StringComparison.Ordinal
                )
                .Replace("http://sidecar.internal:8085", address, StringComparison.Ordinal)
                .Replace("http://0.0.0.0:8085", address, StringComparison.Ordinal)
                .Replace("/var/lib/escalate", data, StringComparison.Ordinal);
        try
        {
            var install = await ToEnd(
                Here(Only("sidecar -- install ")),
                mattermost.AdminToken,
                limit.Token
            );
            var bundle = $"dist/escalate-{Sidecar.ProductVersion.Current}.tar.gz";
            install
                .Said.Contains($"there is no {bundle}", StringComparison.Ordinal)
                .ShouldBe(!File.Exists(Path.Combine(Repository.Root, bundle)), install.Said);
            install.Code.ShouldBe(0, install.Said);
            File.Exists(Path.Combine(whole, "secrets.json")).ShouldBeTrue();
            Directory.Exists(Path.Combine(Repository.Root, "sidecar", data)).ShouldBeFalse();

            using var run = Begin(Here(Only("sidecar -- run ")), mattermost.AdminToken);
            try
            {
                await Answers(new Uri($"{address}/readyz"), run, limit.Token);
                var doctor = await ToEnd(
                    Here(Only("sidecar -- doctor ")),
                    mattermost.AdminToken,
                    limit.Token
                );
                doctor.Said.ShouldContain("ok");
                doctor.Said.ShouldNotContain("no secrets.json");
            }
            finally
            {
                run.Kill(entireProcessTree: true);
            }
        }
        finally
        {
            if (Directory.Exists(whole))
            {
                Directory.Delete(whole, recursive: true);
            }
        }
    }

    [Fact]
    public async Task S1_The_playground_starts_from_the_root()
    {
        using var limit = Limit();
        var address = FreePort.NextAddress();
        using var playground = Begin(
            $"{Only("tests/Playground")} -- --port {address.Port}",
            adminToken: ""
        );
        try
        {
            await Answers(address, playground, limit.Token);
        }
        finally
        {
            playground.Kill(entireProcessTree: true);
        }
    }

    private static bool IsStarted(string line) =>
        line.StartsWith("export ESCALATE_ADMIN_TOKEN=", StringComparison.Ordinal)
        || line == "dotnet run --project tests/Playground"
        || line.StartsWith("dotnet run --project sidecar -- install ", StringComparison.Ordinal)
        || line.StartsWith("dotnet run --project sidecar -- run ", StringComparison.Ordinal)
        || line.StartsWith("dotnet run --project sidecar -- doctor ", StringComparison.Ordinal);

    private static string Only(string part) =>
        Lines().Where(l => l.Contains(part, StringComparison.Ordinal)).ShouldHaveSingleItem();

    /// <summary>The lines of the blocks that are for a shell, without their comments.</summary>
    private static List<string> Lines()
    {
        var lines = new List<string>();
        var isShell = false;
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "README.md")))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isShell = line is "```sh" or "```bash" or "```shell";
            }
            else if (isShell && line.Split(" #")[0].Trim() is { Length: > 0 } command)
            {
                lines.Add(command);
            }
        }

        return lines;
    }

    private static CancellationTokenSource Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken
        );
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        return limit;
    }

    private async Task<(int Code, string Said)> ToEnd(
        string line,
        string adminToken,
        CancellationToken cancel
    )
    {
        using var process = Begin(line, adminToken);
        var said = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(cancel),
            process.StandardError.ReadToEndAsync(cancel)
        );
        await process.WaitForExitAsync(cancel);
        output.WriteLine($"{line}\n{string.Concat(said)}");
        return (process.ExitCode, string.Concat(said));
    }

    private static Process Begin(string line, string adminToken)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        words.Take(2).ShouldBe(["dotnet", "run"]);
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (
            var word in (string[])
                ["run", "--no-build", "--configuration", Configuration, .. words[2..]]
        )
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["ESCALATE_ADMIN_TOKEN"] = adminToken;
        return Process.Start(start)!;
    }

    private static async Task Answers(Uri address, Process process, CancellationToken cancel)
    {
        using var http = new HttpClient();
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            if (process.HasExited)
            {
                Assert.Fail(await process.StandardError.ReadToEndAsync(cancel));
            }

            try
            {
                using var answer = await http.GetAsync(address, cancel);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancel);
        }
    }
}
