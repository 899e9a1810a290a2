using System.Runtime.InteropServices;
using Shouldly;
using Sidecar.Storage;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Files;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Storage;

/// <summary>
/// A store's life is written down, and the power cut anywhere in it: while the file is made, in commits, checkpoints,
/// a backup, a compaction, a clean close. What was acknowledged before the cut is there, nothing is there by halves, and
/// the store goes on. A backup has its name only when it is complete.
/// </summary>
[Trait("Category", Campaign.Category)]
public sealed class PowerCutTests(ITestOutputHelper output) : IDisposable
{
    private const int Writers = 4;
    private const int CutsInARound = 25;
    private const string BackupEnding = ".backup";

    private readonly ScratchDirectory _scratch = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("litedb")]
    [InlineData("sqlite")]
    public Task Power_cuts_lose_nothing_that_was_acknowledged(string word) =>
        new Campaign(output).Run(rounds: 1, (seed, chance) => Round(word, seed, chance));

    private async Task<Totals> Round(string word, int seed, Seeded chance)
    {
        var directory = _scratch[$"live-{seed}"];
        var files = new StoreFiles(directory, StoreFormats.Named(word)!.Kind);
        using var life = await Live(files, chance);
        life.Disk.Flushes(files.Database).ShouldBePositive();
        var acknowledged = 0;
        for (var cut = 0; cut < CutsInARound; cut++)
        {
            // Names come and go seldom; many cuts are meant for them.
            var steps =
                chance.Below(3) == 0
                    ? life.Disk.NextToANameChanging(chance)
                    : 1 + chance.Below(life.Disk.Count);
            var left = _scratch[$"cut-{seed}-{cut}"];
            life.Disk.CutAfter(steps, chance, left);
            if (files.Kind == StoreKind.Sqlite && chance.Below(2) == 0)
            {
                // What readers and writer shared is on the disk as it happens to be, and counts for nothing.
                LeaveSharedMemory(new StoreFiles(left, files.Kind), chance);
            }

            acknowledged += await Verify(
                new StoreFiles(left, files.Kind),
                life.AcknowledgedAfter(steps),
                $"seed {seed}, power cut after {steps} of {life.Disk.Count} steps"
            );
            Directory.Delete(left, recursive: true);
        }

        Directory.Delete(directory, recursive: true);
        return new Totals(CutsInARound, acknowledged);
    }

    private static void LeaveSharedMemory(StoreFiles files, Seeded chance)
    {
        var longs = Enumerable.Range(0, 4096).Select(_ => chance.Any()).ToArray();
        File.WriteAllBytes(files.SharedMemory, MemoryMarshal.AsBytes(longs.AsSpan()).ToArray());
    }

    private static async Task<Life> Live(StoreFiles files, Seeded chance)
    {
        var life = new Life();
        await Work(files, life, 1, 3 + chance.Below(12), chance);
        StoreCopy.Compact(files, static _ => { }, Cancel, life.Disk);
        await Work(files, life, life.Reached + 1, 2 + chance.Below(8), chance);
        return life;
    }

    private static async Task Work(StoreFiles files, Life life, int first, int steps, Seeded chance)
    {
        await using var engine = await FileStores.Open(
            files,
            pagesPerCheckpoint: 20 + chance.Below(100),
            commitsPerFlush: 1 + chance.Below(8),
            life.Disk
        );
        var writers = Enumerable
            .Range(0, Writers)
            .Select(w =>
                Task.Run(
                    async () =>
                    {
                        for (var step = first; step < first + steps; step++)
                        {
                            await Traffic.Step(engine, w, step);
                            life.Acknowledge(w, step);
                        }
                    },
                    Cancel
                )
            )
            .ToList();
        if (first == 1)
        {
            var backup = files.Directory + BackupEnding;
            await engine.Backup(backup, Cancel);
            File.Delete(backup);
        }

        await Task.WhenAll(writers);
    }

    private static async Task<int> Verify(StoreFiles files, int[] acknowledged, string context)
    {
        var format = StoreFormats.Of(files.Kind);
        foreach (var backup in Directory.GetFiles(files.Directory, "*" + BackupEnding))
        {
            Should.NotThrow(() => format.CopyBackup(backup, backup + ".copy"), context);
        }

        await using (var engine = await Open(files, context))
        {
            for (var w = 0; w < Writers; w++)
            {
                var reached = await Traffic.Reached(engine, w, context);
                reached.ShouldBeGreaterThanOrEqualTo(acknowledged[w], context);
                await Traffic.Step(engine, w, reached + 1);
            }
        }

        format.Examine(files, 0, Cancel).Damage.ShouldBeNull(context);
        format.IsSound(files).ShouldBeTrue(context);
        return acknowledged.Sum();
    }

    private static async Task<IStoreEngine> Open(StoreFiles files, string context)
    {
        try
        {
            return await FileStores.Open(files);
        }
        catch (StoreUnusableException refused)
        {
            throw new InvalidOperationException($"It does not open, {context}", refused);
        }
    }

    /// <summary>What happened to the disk, and when commits were acknowledged in between.</summary>
    private sealed class Life : IDisposable
    {
        private readonly List<(int Steps, int Writer, int Step)> _acknowledged = [];

        public RecordingDisk Disk { get; } = new();

        public void Dispose() => Disk.Dispose();

        public int Reached => _acknowledged.Max(a => a.Step);

        public void Acknowledge(int writer, int step)
        {
            lock (_acknowledged)
            {
                _acknowledged.Add((Disk.Count, writer, step));
            }
        }

        public int[] AcknowledgedAfter(int steps)
        {
            var reached = new int[Writers];
            foreach (var (at, writer, step) in _acknowledged.Where(a => a.Steps <= steps))
            {
                reached[writer] = Math.Max(reached[writer], step);
            }

            return reached;
        }
    }
}
