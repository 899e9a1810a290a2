using BenchmarkDotNet.Attributes;
using Benchmarks.Stores;
using Sidecar.Features.Customers;
using Sidecar.Features.Escalations;
using Sidecar.Storage;
using Sidecar.Storage.Sqlite;

namespace Benchmarks.Parts;

/// <summary>What commands ask the store, with more and more history in it: the cost must stay.</summary>
public class Queries
{
    private static readonly EscalationList Mine = EscalationList.Of(SeedPlan.Person(1));
    private static readonly EscalationList OfCustomer = EscalationList.Of(
        new CustomerKey(SeedPlan.Customer(1)),
        "customer"
    );

    private SqliteStoreEngine? _engine;
    private WorkingCopy? _copy;
    private EscalationBook? _book;
    private long _turn;

    [Params(1_000, 10_000, 100_000)]
    public int Escalations { get; set; }

    private EscalationBook Book => _book!;

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
    public async Task<object?> Show() => await Book.Find(Next(), CancellationToken.None);

    [Benchmark]
    public async Task<object> ListOpen() =>
        await Book.List(EscalationList.Open, null, CancellationToken.None);

    [Benchmark]
    public async Task<object> ListMine() => await Book.List(Mine, null, CancellationToken.None);

    [Benchmark]
    public async Task<object> ListCustomer() =>
        await Book.List(OfCustomer, null, CancellationToken.None);

    [Benchmark]
    public async Task<object> Timeline() =>
        await Book.Timeline(Next(), 0, 41, CancellationToken.None);

    [Benchmark]
    public async Task<int> Count() => await Book.Count(EscalationList.Open, CancellationToken.None);

    private EscalationId Next() => new(SeedPlan.Scattered(_turn++, Escalations));
}
