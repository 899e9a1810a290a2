using Shouldly;
using Sidecar.Storage;
using Sidecar.Storage.Postgres;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Storage.Postgres;

/// <summary>
/// The server dies in traffic and a replica, begun as a base backup, takes over. What was acknowledged is there, what
/// was refused is not, nobody is left in doubt, and two sidecars go on.
/// </summary>
[Trait("Category", Campaign.Category)]
public sealed class FailOverTests(ITestOutputHelper output) : PostgresStores
{
    private const int Writers = 6;

    [Fact]
    public Task HA_1_What_was_acknowledged_is_there_after_a_replica_took_over() =>
        new Campaign(output).Run(rounds: 1, (seed, chance) => Round($"seed {seed}", chance));

    private async Task<Totals> Round(string context, Seeded chance)
    {
        using var primary = PostgresCluster.StartOwn();
        using var replica = primary.StartReplica();
        var place = primary.Store(Schema, replica);
        await using var one = await Open(place: place);
        await using var other = await Open(place: place);
        using var stop = new CancellationTokenSource();
        var work = new Work();
        var writers = Enumerable
            .Range(0, Writers)
            .Select(w =>
                Task.Run(() => work.Write(w % 2 == 0 ? one : other, w, context, stop.Token), Cancel)
            )
            .ToList();
        await work.Until(acknowledged: 20 + chance.Below(300), writers);

        primary.Kill();
        replica.Promote();

        await work.Until(work.Acknowledged + 50, writers);
        // Either may have been slower: each has to go on, or it says with reason that it can't.
        await work.UntilEachGoesOn(writers);
        await stop.CancelAsync();
        await Task.WhenAll(writers);
        await using var after = await Open(place: place);
        for (var w = 0; w < Writers; w++)
        {
            (await Traffic.Reached(after, w, context)).ShouldBe(work.Reached[w], context);
        }

        work.InDoubt.ShouldBe(0, context);
        one.Health.WriteProblem.ShouldBeNull(context);
        other.Health.WriteProblem.ShouldBeNull(context);
        return new Totals(1, work.Acknowledged, work.Refused);
    }

    private sealed class Work
    {
        private int _refused;
        private int _inDoubt;

        public int[] Reached { get; } = new int[Writers];

        public int Acknowledged => Reached.Sum();

        public int Refused => _refused;

        /// <summary>Nobody could say what became of so many.</summary>
        public int InDoubt => _inDoubt;

        /// <summary>A step after the other, and again what was refused: twice would be a conflict.</summary>
        public async Task Write(
            PostgresStoreEngine engine,
            int writer,
            string context,
            CancellationToken stop
        )
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await Traffic.Step(engine, writer, Reached[writer] + 1);
                    Interlocked.Increment(ref Reached[writer]);
                }
                catch (StoreUncertainException)
                {
                    Interlocked.Increment(ref _inDoubt);
                    Reached[writer] = await Traffic.Reached(engine, writer, context);
                }
                catch (StoreUnwritableException)
                {
                    Interlocked.Increment(ref _refused);
                    await Pause();
                }
            }
        }

        public Task Until(int acknowledged, IReadOnlyList<Task> writers) =>
            Until(() => Acknowledged >= acknowledged, writers);

        /// <summary>Each writer has one more acknowledged than now.</summary>
        public Task UntilEachGoesOn(IReadOnlyList<Task> writers)
        {
            int[] now = [.. Reached];
            return Until(
                () => Reached.Zip(now).All(writer => writer.First > writer.Second),
                writers
            );
        }

        private static async Task Until(Func<bool> isSo, IReadOnlyList<Task> writers)
        {
            while (!isSo())
            {
                if (writers.FirstOrDefault(w => w.IsCompleted) is { } failed)
                {
                    await failed;
                }

                await Pause();
            }
        }

        private static Task Pause() =>
            Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
    }
}
