using BenchmarkDotNet.Attributes;
using Benchmarks.Stores;
using Sidecar.Features.Customers;
using Sidecar.Features.Escalations;
using Sidecar.Storage;
using Sidecar.Storage.Sqlite;

namespace Benchmarks.Parts;

/// <summary>
/// A move, decided and on disk when it returns: alone, when each pays for its own flush, and 32 at a time, when they
/// share one.
/// </summary>
public class Commits
{
    private const int Together = 32;

    private SqliteStoreEngine? _engine;
    private WorkingCopy? _copy;
    private EscalationBook? _book;
    private long _turn;

    [Params(1_000, 10_000, 100_000)]
    public int Escalations { get; set; }

    [GlobalSetup]
    public async Task Open()
    {
        _copy = await SeededStore.Copy(new SeedPlan(Escalations, Escalations * 10));
        _engine = await SeededStore.Open(_copy.Path);
        _book = new EscalationBook(
            new Store(_engine),
            new CustomerBook(new Store(_engine)),
            TimeProvider.System
        );
    }

    [GlobalCleanup]
    public async Task Close()
    {
        await _engine!.DisposeAsync();
        _copy!.Dispose();
    }

    [Benchmark]
    public Task Alone() => Assign(Interlocked.Increment(ref _turn));

    [Benchmark(OperationsPerInvoke = Together)]
    public Task Shared() =>
        Task.WhenAll(
            Enumerable.Range(0, Together).Select(_ => Assign(Interlocked.Increment(ref _turn)))
        );

    // Assigning goes round for ever; acknowledging would use the escalations up.
    private async Task Assign(long turn)
    {
        var number = SeedPlan.Scattered(turn, Escalations);
        var by = SeedPlan.Person(turn);
        await _book!.Decide(
            new EscalationId(number),
            by,
            (escalation, _) => escalation.Assign(SeedPlan.Person(turn), by),
            CancellationToken.None
        );
    }
}
