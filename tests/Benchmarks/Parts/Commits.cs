using BenchmarkDotNet.Attributes;
using Benchmarks.Stores;
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
    private SeededBooks? _books;
    private SeedPlan? _plan;
    private long _turn;

    [Params(1_000, 10_000, 100_000)]
    public int Escalations { get; set; }

    [GlobalSetup]
    public void Open() => OpenAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Close() => CloseAsync().GetAwaiter().GetResult();

    [Benchmark]
    public Task Alone() => Assign(Interlocked.Increment(ref _turn));

    [Benchmark(OperationsPerInvoke = Together)]
    public Task Shared() =>
        Task.WhenAll(
            Enumerable.Range(0, Together).Select(_ => Assign(Interlocked.Increment(ref _turn)))
        );

    // Assigning goes round for ever; acknowledging would use the escalations up.
    private async Task Assign(long turn) =>
        await _books!.Escalations.Decide(
            _plan!.AnOpen(turn),
            SeedPlan.Person(turn),
            (escalation, by, now) => escalation.Assign(by.User, by, now),
            CancellationToken.None
        );

    private async Task OpenAsync()
    {
        _plan = new SeedPlan(Escalations, Escalations * 10);
        _copy = await SeededStore.Copy(_plan);
        _engine = await SeededStore.Open(_copy.Path);
        _books = new SeededBooks(_engine);
        _plan.AnOpen(0);
    }

    private async Task CloseAsync()
    {
        await _engine!.DisposeAsync();
        _copy!.Dispose();
    }
}
