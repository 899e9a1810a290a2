using System.Diagnostics;
using System.Globalization;
using Shouldly;
using Sidecar.Storage;
using Sidecar.Storage.Sqlite;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Storage.Sqlite;

public sealed class CrashTests : SqliteStores
{
    private const int Writers = 8;
    private const string VictimsDirectory = "ESCALATE_TEST_VICTIM";

    /// <summary>
    /// The log of a store in use, cut off anywhere as a power cut would: what was acknowledged before the cut is there,
    /// nothing is there by halves.
    /// </summary>
    [Theory]
    [InlineData(3)]
    [InlineData(20250304)]
    public async Task A_log_cut_off_anywhere_gives_whole_commits(int seed)
    {
        var acknowledged = new int[Writers];
        byte[] database;
        byte[] log;
        await using (var engine = await Open())
        {
            var writers = Enumerable
                .Range(0, Writers)
                .Select(w => Task.Run(() => Write(engine, w, acknowledged), Cancel))
                .ToList();
            while (acknowledged.Any(count => Volatile.Read(in count) < 3))
            {
                await Task.Yield();
            }

            acknowledged = [.. acknowledged];
            log = await ReadShared(Database + "-wal");
            database = await ReadShared(Database);
            await Task.WhenAll(writers);
        }

        (await ReachedIn(database, log, "whole", seed))
            .Zip(acknowledged)
            .ShouldAllBe(writer => writer.First >= writer.Second);
        var chance = new Seeded(seed);
        var cuts = Enumerable.Range(0, 12).Select(_ => chance.Below(log.Length)).Order().ToList();
        var before = new int[Writers];
        foreach (var cut in cuts)
        {
            var reached = await ReachedIn(database, log[..cut], $"{cut}", seed);
            reached.Zip(before).ShouldAllBe(writer => writer.First >= writer.Second);
            before = reached;
        }
    }

    [Fact]
    public async Task A_killed_process_has_kept_every_acknowledged_commit_and_gives_no_number_twice()
    {
        var seen = new int[Writers];
        for (var round = 0; round < 3; round++)
        {
            foreach (var (writer, step) in await RunVictimAndKillIt(acknowledgements: 400))
            {
                seen[writer] = Math.Max(seen[writer], step);
            }

            await using var engine = await Open();
            for (var w = 0; w < Writers; w++)
            {
                var reached = await Traffic.Reached(engine, w, $"round {round}");
                reached.ShouldBeGreaterThanOrEqualTo(seen[w]);
            }

            // Each step makes a document named by its number: a number given twice would have been a conflict.
            var next = await engine.NextNumber("ESC", Cancel);
            (await engine.Get(new DocumentKey("numbered", $"{next}"), Cancel)).ShouldBeNull();
        }
    }

    /// <summary>Not a test of its own: the process that the test above kills.</summary>
    [Fact(Explicit = true)]
    public async Task Victim()
    {
        var directory = Environment.GetEnvironmentVariable(VictimsDirectory);
        Assert.SkipWhen(directory is null, "Runs only as the victim of the crash test.");
        await using var engine = await OpenAt(directory);
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

    private static async Task Write(IStoreEngine engine, int writer, int[] acknowledged)
    {
        for (var step = 1; step <= 12; step++)
        {
            await Traffic.Step(engine, writer, step);
            Volatile.Write(ref acknowledged[writer], step);
        }
    }

    private async Task<int[]> ReachedIn(byte[] database, byte[] log, string name, int seed)
    {
        var directory = Scratch[$"crashed-{name}"];
        Directory.CreateDirectory(directory);
        await File.WriteAllBytesAsync(Path.Combine(directory, "escalate.db"), database, Cancel);
        await File.WriteAllBytesAsync(Path.Combine(directory, "escalate.db-wal"), log, Cancel);
        await using var engine = await OpenAt(directory);
        var reached = new int[Writers];
        for (var w = 0; w < Writers; w++)
        {
            reached[w] = await Traffic.Reached(engine, w, $"seed {seed}, cut {name}");
        }

        return reached;
    }

    private static async Task<byte[]> ReadShared(string path)
    {
        await using var file = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite
        );
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy, Cancel);
        return copy.ToArray();
    }

    private async Task<List<(int Writer, int Step)>> RunVictimAndKillIt(int acknowledgements)
    {
        var assembly = typeof(CrashTests).Assembly.Location;
        string[] arguments =
        [
            assembly,
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
                Environment = { [VictimsDirectory] = Data },
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
