using System.Diagnostics;
using System.Globalization;
using Shouldly;
using Sidecar.Storage;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Files;
using Xunit;

namespace Sidecar.Tests.Storage;

/// <summary>The process is killed in traffic, whichever engine keeps its store.</summary>
[Trait("Category", Campaign.Category)]
public sealed class CrashTests(ITestOutputHelper output) : IDisposable
{
    internal const int Writers = 8;

    /// <summary>A store lives through so many of them, and the next begins with a new one: the looks at all of it stay short.</summary>
    private const int KillsOfAStore = 20;
    private const string VictimsDirectory = "ESCALATE_TEST_VICTIM";
    private const string VictimsEngine = "ESCALATE_TEST_VICTIMS_ENGINE";

    private readonly ScratchDirectory _scratch = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("litedb")]
    [InlineData("sqlite")]
    public async Task A_killed_process_has_kept_every_acknowledged_commit_and_gives_no_number_twice(
        string word
    )
    {
        var seen = new int[Writers];
        var kills = 0;
        await new Campaign(output).Run(
            rounds: 3,
            async (seed, chance) =>
            {
                var context = $"seed {seed}";
                var directory = _scratch[$"data-{kills / KillsOfAStore}"];
                if (kills++ % KillsOfAStore == 0)
                {
                    seen = new int[Writers];
                }

                var before = seen.Sum();
                foreach (
                    var (writer, step) in await RunVictimAndKillIt(
                        word,
                        directory,
                        1 + chance.Below(400)
                    )
                )
                {
                    seen[writer] = Math.Max(seen[writer], step);
                }

                await using var engine = await Open(word, directory);
                for (var w = 0; w < Writers; w++)
                {
                    var reached = await Traffic.Reached(engine, w, context);
                    reached.ShouldBeGreaterThanOrEqualTo(seen[w], context);
                }

                // Each step makes a document named by its number: a number given twice would have been a conflict.
                var next = await engine.NextNumber("ESC", Cancel);
                (await engine.Get(new DocumentKey("numbered", $"{next}"), Cancel)).ShouldBeNull();
                return new Totals(1, seen.Sum() - before);
            }
        );
    }

    /// <summary>Not a test of its own: the process that the test above kills.</summary>
    [Fact(Explicit = true)]
    public async Task Victim()
    {
        var directory = Environment.GetEnvironmentVariable(VictimsDirectory);
        Assert.SkipWhen(directory is null, "Runs only as the victim of the crash test.");
        var word = Environment.GetEnvironmentVariable(VictimsEngine);
        await using var engine = await Open(word!, directory);
        await using var acknowledgements = Console.OpenStandardOutput();
        await Task.WhenAll(
            Enumerable
                .Range(0, Writers)
                .Select(w =>
                    Task.Run(
                        async () =>
                        {
                            var step = await Traffic.Reached(engine, w, "at the start");
                            while (true)
                            {
                                await Traffic.Step(engine, w, ++step);
                                lock (acknowledgements)
                                {
                                    acknowledgements.Write(
                                        System.Text.Encoding.ASCII.GetBytes($"ACK {w} {step}\n")
                                    );
                                }
                            }
                        },
                        Cancel
                    )
                )
        );
    }

    private static Task<IStoreEngine> Open(string word, string directory) =>
        FileStores.Open(new StoreFiles(directory, StoreFormats.Named(word)!.Kind));

    private async Task<List<(int Writer, int Step)>> RunVictimAndKillIt(
        string word,
        string directory,
        int acknowledgements
    )
    {
        string[] arguments =
        [
            typeof(CrashTests).Assembly.Location,
            "-explicit",
            "only",
            "-method",
            $"{typeof(CrashTests).FullName}.{nameof(Victim)}",
        ];
        using var victim = Process.Start(
            new ProcessStartInfo("dotnet", arguments)
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
                Environment = { [VictimsDirectory] = directory, [VictimsEngine] = word },
            }
        )!;
        List<(int Writer, int Step)> seen = [];
        List<string> other = [];
        while (await victim.StandardOutput.ReadLineAsync(Cancel) is { } line)
        {
            if (line.Split(' ') is ["ACK", var writer, var step])
            {
                seen.Add((Number(writer), Number(step)));
            }
            else
            {
                other.Add(line);
            }

            if (seen.Count == acknowledgements)
            {
                victim.Kill();
            }
        }

        await victim.WaitForExitAsync(Cancel);
        seen.Count.ShouldBeGreaterThanOrEqualTo(acknowledgements, string.Join('\n', other));
        return seen;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
