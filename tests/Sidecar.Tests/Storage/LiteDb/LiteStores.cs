using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Sidecar.Storage;
using Sidecar.Storage.LiteDb;
using Xunit;

namespace Sidecar.Tests.Storage.LiteDb;

/// <summary>What the tests of this engine's own promises share: a directory, opening, and small commits.</summary>
public abstract class LiteStores : IDisposable
{
    internal const int PageSize = 8192;

    internal ScratchDirectory Scratch { get; } = new();

    protected string Data => Scratch["data"];

    protected string Database => Path.Combine(Data, "escalate.litedb");

    protected string Log => Database + "-log";

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Scratch.Dispose();
    }

    protected Task<LiteDbStoreEngine> Open(
        Func<LiteDbStoreOptions, LiteDbStoreOptions>? change = null
    ) => OpenAt(Data, change);

    protected static Task<LiteDbStoreEngine> OpenAt(
        string directory,
        Func<LiteDbStoreOptions, LiteDbStoreOptions>? change = null
    )
    {
        var options = new LiteDbStoreOptions { DataDirectory = directory };
        return LiteDbStoreEngine.OpenAsync(
            change?.Invoke(options) ?? options,
            TimeProvider.System,
            NullLogger<LiteDbStoreEngine>.Instance,
            Cancel
        );
    }

    protected Task<StoreUnusableException> MustNotOpen() =>
        Should.ThrowAsync<StoreUnusableException>(() => Open());

    protected static StoreCommit Document(string id, string body, long expected = 0) =>
        new()
        {
            Documents =
            [
                new DocumentWrite(
                    new DocumentKey("escalation", id),
                    expected,
                    Encoding.UTF8.GetBytes(body),
                    [new IndexEntry("all", IndexKey.Empty.Then(id))]
                ),
            ],
        };

    protected static async Task MustCommit(IStoreEngine engine, StoreCommit commit) =>
        (await engine.Commit(commit, Cancel)).ShouldBeOfType<CommitOutcome.Committed>();

    protected static async Task<string?> BodyOf(IStoreEngine engine, string id) =>
        await engine.Get(new DocumentKey("escalation", id), Cancel) is { } found
            ? Encoding.UTF8.GetString(found.Body.Span)
            : null;

    /// <summary>A closed store of so many documents of a kilobyte.</summary>
    protected async Task MakeStore(int documents = 1)
    {
        await using var engine = await Open();
        await Task.WhenAll(
            Enumerable
                .Range(0, documents)
                .Select(i => MustCommit(engine, Document($"ESC-{i}", new string('x', 1000))))
        );
    }

    /// <summary>Overwrites a page of the data file, as a bad disk does.</summary>
    protected void Damage(int page)
    {
        using var file = File.Open(Database, FileMode.Open);
        file.Position = (long)page * PageSize + 3000;
        file.Write(new byte[] { 0xDE, 0xAD, 0xBE, 0xEF });
    }

    /// <summary>The page that holds a text, of a closed store.</summary>
    protected int PageWith(string text)
    {
        var at = File.ReadAllBytes(Database).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text));
        at.ShouldBeGreaterThan(0);
        return at / PageSize;
    }
}
