using Shouldly;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Files;
using Sidecar.Storage.LiteDb;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Storage.LiteDb;

/// <summary>
/// A store's life is written down, and the power cut anywhere in it: while the file is made, in commits, checkpoints,
/// a backup, a compaction, a clean close. What was acknowledged before the cut is there, nothing is there by halves, and
/// the store goes on.
/// </summary>
public sealed class PowerCutTests(ITestOutputHelper output) : LiteStores
{
    private const int Writers = 4;
    private const int CutsInARound = 25;

    [Fact]
    public Task Power_cuts_lose_nothing_that_was_acknowledged() =>
        new Campaign(output).Run(rounds: 1, Round);

    private async Task<Totals> Round(int seed, Seeded chance)
    {
        var life = await Live(Scratch[$"live-{seed}"], chance);
        life.Disk.Checkpoints.ShouldBeGreaterThan(3);
        var acknowledged = 0;
        for (var cut = 0; cut < CutsInARound; cut++)
        {
            var steps = 1 + chance.Below(life.Disk.Count);
            var directory = Scratch[$"cut-{seed}-{cut}"];
            life.Disk.CutAfter(steps, chance, directory);
            acknowledged += await Verify(
                directory,
                life.AcknowledgedAfter(steps),
                $"seed {seed}, power cut after {steps} of {life.Disk.Count} steps"
            );
            Directory.Delete(directory, recursive: true);
        }

        Directory.Delete(Scratch[$"live-{seed}"], recursive: true);
        return new Totals(CutsInARound, acknowledged);
    }

    private static async Task<Life> Live(string directory, Seeded chance)
    {
        var life = new Life();
        await Work(directory, life, 1, 3 + chance.Below(12), chance);
        StoreCopy.Compact(
            new StoreFiles(directory, StoreKind.LiteDb),
            static _ => { },
            Cancel,
            life.Disk
        );
        await Work(directory, life, life.Reached + 1, 2 + chance.Below(8), chance);
        return life;
    }

    private static async Task Work(string directory, Life life, int first, int steps, Seeded chance)
    {
        await using var engine = await OpenAt(
            directory,
            options =>
                options with
                {
                    Disk = life.Disk,
                    PagesPerCheckpoint = 20 + chance.Below(100),
                    CommitsPerFlush = 1 + chance.Below(8),
                }
        );
        var backup = first == 1 ? directory + ".backup" : null;
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
        if (backup is not null)
        {
            await engine.Backup(backup, Cancel);
            File.Delete(backup);
        }

        await Task.WhenAll(writers);
    }

    private static async Task<int> Verify(string directory, int[] acknowledged, string context)
    {
        await using (
            var engine = await OpenAt(
                directory,
                o => o with { CheckedBeforeOpening = long.MaxValue }
            )
        )
        {
            for (var w = 0; w < Writers; w++)
            {
                var reached = await Traffic.Reached(engine, w, context);
                reached.ShouldBeGreaterThanOrEqualTo(acknowledged[w], context);
                await Traffic.Step(engine, w, reached + 1);
            }
        }

        using var file = LiteOpening.OpenChecked(
            Path.Combine(directory, "escalate.litedb"),
            Cancel
        );
        return acknowledged.Sum();
    }

    /// <summary>What happened to the disk, and when commits were acknowledged in between.</summary>
    private sealed class Life
    {
        private readonly List<(int Steps, int Writer, int Step)> _acknowledged = [];

        public RecordingDisk Disk { get; } = new();

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
