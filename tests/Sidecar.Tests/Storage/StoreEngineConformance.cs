using System.Text;
using Shouldly;
using Sidecar.Ids;
using Sidecar.Storage;
using Xunit;

namespace Sidecar.Tests.Storage;

/// <summary>
/// What every engine behind the port must do. An engine's own test class says how it is opened; the rest is here, in
/// one file per subject.
/// </summary>
[Trait("Category", Campaign.Category)]
public abstract partial class StoreEngineConformance : IAsyncLifetime
{
    protected static readonly DateTimeOffset Noon = new(2025, 3, 4, 12, 0, 0, TimeSpan.Zero);

    protected IStoreEngine Engine { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens this test's store; called again after a close, it opens the same one.</summary>
    protected abstract Task<IStoreEngine> Open();

    /// <summary>Where <see cref="IStoreEngine.Backup"/> may write during this test.</summary>
    protected abstract string NewBackupPath();

    /// <summary>Puts a backup in the place of this test's store, which is closed.</summary>
    protected abstract Task Restore(string backup);

    /// <summary>Removes what the test has left behind.</summary>
    protected abstract ValueTask CleanUp();

    public async ValueTask InitializeAsync() => Engine = await Open();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Engine.DisposeAsync();
        await CleanUp();
    }

    /// <summary>Closes the store and opens it again.</summary>
    protected async Task Reopen()
    {
        await Engine.DisposeAsync();
        Engine = await Open();
    }

    protected static DocumentKey Key(string id) => new("escalation", id);

    protected static DocumentWrite Write(
        string id,
        long expected,
        string body,
        params IReadOnlyList<IndexEntry> indexes
    ) => new(Key(id), expected, Bytes(body), indexes);

    protected static DocumentWrite Delete(string id, long expected) =>
        new(Key(id), expected, Body: null, []);

    protected static IndexEntry ByState(string state) => new("state", IndexKey.Empty.Then(state));

    protected static OutboxWrite Effect(string id, string lane = "channel-1", string body = "{}") =>
        new(EffectId.From(id), lane, Bytes(body), Noon);

    protected static AuditWrite Audit(string subject, string body) =>
        new(Noon, "engineer", subject, Bytes(body));

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    protected Task<CommitOutcome> Put(params IReadOnlyList<DocumentWrite> documents) =>
        Engine.Commit(new StoreCommit { Documents = documents }, Cancel).AsTask();

    protected async Task<IReadOnlyList<QueuedEffect>> MustCommit(StoreCommit commit) =>
        (await Engine.Commit(commit, Cancel)).ShouldBeOfType<CommitOutcome.Committed>().Queued;

    protected async Task MustPut(params IReadOnlyList<DocumentWrite> documents) =>
        await MustCommit(new StoreCommit { Documents = documents });

    protected async Task<string?> BodyOf(string id) =>
        await Engine.Get(Key(id), Cancel) is { } document ? Text(document.Body) : null;

    /// <summary>The ids found under a prefix, page by page.</summary>
    protected async Task<IReadOnlyList<string>> IdsIn(
        string index,
        IndexKey prefix,
        int pageSize = 1000
    )
    {
        List<string> ids = [];
        IndexPosition? after = null;
        while (true)
        {
            var page = await Engine.Scan(
                new IndexScan("escalation", index, prefix, after, pageSize),
                Cancel
            );
            ids.AddRange(page.Select(found => found.Document.Key.Id));
            if (page.Count < pageSize)
            {
                return ids;
            }

            after = new IndexPosition(page[^1].At, page[^1].Document.Key.Id);
        }
    }
}
