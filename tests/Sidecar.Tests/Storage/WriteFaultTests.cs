using Shouldly;
using Sidecar.Storage;
using Sidecar.Storage.Engines;
using Sidecar.Storage.Files;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Storage;

/// <summary>
/// The disk refuses writes, flushes and cuts at any moment. Refused commits leave nothing, in this life of the process
/// and in the next, others are kept, and the store goes on as soon as the disk does.
/// </summary>
[Trait("Category", Campaign.Category)]
public sealed class WriteFaultTests(ITestOutputHelper output) : IDisposable
{
    private const int Writers = 4;

    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("litedb")]
    [InlineData("sqlite")]
    public Task Write_faults_refuse_commits_and_break_nothing(string word) =>
        new Campaign(output).Run(rounds: 2, (seed, chance) => Round(word, seed, chance));

    private async Task<Totals> Round(string word, int seed, Seeded chance)
    {
        var format = StoreFormats.Named(word)!;
        var files = new StoreFiles(_scratch[$"faults-{seed}"], format.Kind);
        using var disk = new FaultyDisk();
        var reached = new int[Writers];
        var totals = new Totals();
        for (var life = 0; life < 2; life++)
        {
            await using var engine = await FileStores.Open(files, 60, 8, disk);
            for (var i = 0; i < 20; i++)
            {
                // Short trouble is over when the commit is tried alone; longer trouble refuses it.
                disk.FailAt(1 + chance.Below(40), more: chance.Below(2) == 0 ? 2 : 60);
                totals = totals.And(await Try(engine, reached));
                var failed = disk.Mend();
                totals = totals.And(new Totals(Breaks: failed));
                await Verify(engine, reached, $"seed {seed}, life {life}, try {i}");
            }
        }

        await using (var last = await FileStores.Open(files))
        {
            await Verify(last, reached, $"seed {seed}, at the end");
        }

        format.IsSound(files).ShouldBeTrue($"seed {seed}");
        Directory.Delete(files.Directory, recursive: true);
        return totals;
    }

    private static async Task<Totals> Try(IStoreEngine engine, int[] reached)
    {
        int acknowledged = 0,
            refused = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, Writers)
                .Select(async w =>
                {
                    try
                    {
                        for (var more = 0; more < 3; more++)
                        {
                            await Traffic.Step(engine, w, reached[w] + 1);
                            reached[w]++;
                            Interlocked.Increment(ref acknowledged);
                        }
                    }
                    catch (StoreUnwritableException)
                    {
                        Interlocked.Increment(ref refused);
                    }
                })
        );
        return new Totals(0, acknowledged, refused);
    }

    private static async Task Verify(IStoreEngine engine, int[] reached, string context)
    {
        for (var w = 0; w < Writers; w++)
        {
            (await Traffic.Reached(engine, w, context)).ShouldBe(reached[w], context);
        }
    }

    /// <summary>Refuses from the n-th step on, for a while.</summary>
    private sealed class FaultyDisk : WatchedDisk
    {
        private int _left = int.MaxValue;
        private int _until = int.MinValue;
        private int _failed;

        public void FailAt(int step, int more)
        {
            _until = -more;
            _left = step;
        }

        public int Mend()
        {
            _left = int.MaxValue;
            return Interlocked.Exchange(ref _failed, 0);
        }

        public override void Write(
            DiskFile file,
            IReadOnlyList<ReadOnlyMemory<byte>> pieces,
            long at
        )
        {
            try
            {
                base.Write(file, pieces, at);
            }
            catch (IOException)
            {
                // A part of it gets there.
                RandomAccess.Write(file.Handle, [.. pieces.Take(pieces.Count / 2)], at);
                throw;
            }
        }

        public override void Before(string path)
        {
            if (Interlocked.Decrement(ref _left) <= 0 && _left >= _until)
            {
                Interlocked.Increment(ref _failed);
                throw new IOException("No space left on device", 28);
            }
        }
    }
}
