using BenchmarkDotNet.Attributes;
using Benchmarks.Stores;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Lists;
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
    private SeededBooks? _books;
    private SeedPlan? _plan;
    private long _turn;

    [Params(1_000, 10_000, 100_000)]
    public int Escalations { get; set; }

    private EscalationStore Book => _books!.Escalations;

    private EscalationLists Lists => _books!.Lists;

    [GlobalSetup]
    public void Open() => OpenAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Close() => CloseAsync().GetAwaiter().GetResult();

    [Benchmark]
    public async Task<object?> Show() => await Book.Find(Any(), CancellationToken.None);

    [Benchmark]
    public async Task<object> ListOpen() =>
        await Lists.Page(EscalationList.Open, null, CancellationToken.None);

    [Benchmark]
    public async Task<object> ListMine() => await Lists.Page(Mine, null, CancellationToken.None);

    [Benchmark]
    public async Task<object> ListCustomer() =>
        await Lists.Page(OfCustomer, null, CancellationToken.None);

    [Benchmark]
    public async Task<object> Why()
    {
        var read = await Book.Find(_plan!.AnOpen(_turn++), CancellationToken.None);
        return await Lists.Around(read!.Value, EscalationList.Open, CancellationToken.None);
    }

    [Benchmark]
    public Task<object> FindCommon() => Find(SeededWords.Common);

    [Benchmark]
    public Task<object> FindRare() => Find(SeededWords.Rare(Any().Number));

    [Benchmark]
    public Task<object> FindTwo() => Find(SeededWords.Two(_turn++));

    [Benchmark]
    public Task<object> FindBrokenOff() => Find(SeededWords.BrokenOff(_turn++));

    [Benchmark]
    public Task<object> FindNeverTogether() => Find(SeededWords.NeverTogether);

    [Benchmark]
    public async Task<object> Timeline() =>
        await Book.History(Any(), 0, 41, CancellationToken.None);

    [Benchmark]
    public async Task<int> Count() =>
        await Lists.Count(EscalationList.Open, CancellationToken.None);

    private async Task<object> Find(string words) =>
        await Lists.Find(SearchQuery.Read(words), CancellationToken.None);

    private EscalationId Any() => new(SeedPlan.Scattered(_turn++, Escalations));

    private async Task OpenAsync()
    {
        _plan = new SeedPlan(Escalations, Escalations * 10);
        _copy = await SeededStore.Copy(_plan);
        _engine = await SeededStore.Open(_copy.Path);
        _books = new SeededBooks(_engine);
        // Found out once, and not by the first benchmark that needs it.
        _plan.AnOpen(0);
    }

    private async Task CloseAsync()
    {
        await _engine!.DisposeAsync();
        _copy!.Dispose();
    }
}
