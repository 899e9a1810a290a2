using BenchmarkDotNet.Attributes;
using Benchmarks.Stores;
using Sidecar.Storage;
using Sidecar.Storage.Sqlite;

namespace Benchmarks.Parts;

/// <summary>Finding by words, from the easiest to the one that has to give up; and ranks in a long list.</summary>
public class Searching
{
    private SqliteStoreEngine? _engine;
    private Store? _store;
    private long _turn;

    [Params(10_000, 100_000)]
    public int Documents { get; set; }

    [GlobalSetup]
    public void Open()
    {
        _engine = WordyStore.Open(Documents).GetAwaiter().GetResult();
        _store = new Store(_engine);
    }

    [GlobalCleanup]
    public void Close() => _engine!.DisposeAsync().AsTask().GetAwaiter().GetResult();

    [Benchmark]
    public Task<object> InAllOfThem() => Find("everywhere");

    [Benchmark]
    public Task<object> CommonAndRare() => Find("word2 word4321");

    [Benchmark]
    public Task<object> TwoCommon() => Find("word12 word13 everywhere");

    [Benchmark]
    public Task<object> ABeginning() => Find("even word432");

    [Benchmark]
    public Task<object> Nothing() => Find("everywhere nothing");

    [Benchmark]
    public Task<object> GivesUp() => Find("odd even");

    [Benchmark]
    public async Task<int> Rank() =>
        await _engine!.CountBefore(
            WordyDocument.Kind.Name,
            WordyDocument.Words.Index.Name,
            IndexKey.Empty.Then("everywhere"),
            // Another place each time, or the answer would come from memory.
            new IndexPosition(
                IndexKey.Empty.Then("everywhere").ThenDescending(Documents - 900 - (_turn++ % 90)),
                ""
            ),
            1_000,
            CancellationToken.None
        );

    private async Task<object> Find(string typed) =>
        await _store!.Search(
            WordyDocument.Kind,
            WordyDocument.Words,
            SearchQuery.Read(typed),
            new SearchFor<WordyDocument>(15),
            CancellationToken.None
        );
}
