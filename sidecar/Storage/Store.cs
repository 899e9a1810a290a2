using System.Runtime.CompilerServices;
using System.Text.Json;
using Sidecar.Ids;

namespace Sidecar.Storage;

/// <summary>What features read and commit with: typed documents over an <see cref="IStoreEngine"/>.</summary>
/// <param name="engine">Keeps the bytes.</param>
public sealed class Store(IStoreEngine engine)
{
    /// <summary>Told after each commit that queued effects, so that delivery need not poll. Each pump adds itself once.</summary>
    internal Action<IReadOnlyList<QueuedEffect>>? Queued { get; set; }

    /// <summary>
    /// Told when another sidecar queued effects, or may have; whether among them are ones that go back to their old
    /// place. Each pump adds itself once.
    /// </summary>
    internal Action<bool>? QueuedElsewhere { get; set; }

    /// <summary>Tells the other sidecars that Mattermost said an account changed: one listens for all. Set once, by who can.</summary>
    internal Action<UserId>? TellAccountChanged { get; set; }

    /// <summary>Told when another sidecar heard that an account changed. Set once, by who knows accounts.</summary>
    internal Action<UserId>? AccountChangedElsewhere { get; set; }

    /// <summary>Told after each commit that set or removed due times, so that nobody need poll. Set once, by the scheduler.</summary>
    internal Action<IReadOnlyList<DueTime>>? DueSet { get; set; }

    /// <summary>Told after each commit of documents here, with their kinds. Each who is interested adds itself once.</summary>
    internal Action<IEnumerable<string>>? Changed { get; set; }

    /// <summary>Told after each commit that made the id of a named post, or of a message with buttons, known. Set once, by who listens to reactions.</summary>
    internal Action<PostId>? Posted { get; set; }

    /// <summary>Stands between commits and the engine. Set once, by what measures them.</summary>
    internal Func<StoreCommit, CancellationToken, ValueTask<CommitOutcome>>? Between { get; set; }

    /// <summary>
    /// Adds to a change what other systems are told of the facts in it, so that both are committed or neither (HOOK-1). Set
    /// once, by who tells them.
    /// </summary>
    internal Func<
        Change,
        IReadOnlyList<OutgoingFact>,
        CancellationToken,
        ValueTask
    >? Tells { get; set; }

    /// <summary>The engine, for what is not about documents: outbox, due times, numbers.</summary>
    public IStoreEngine Engine => engine;

    /// <summary>A document by its id, or null.</summary>
    public async ValueTask<Versioned<T>?> Find<T>(
        DocumentKind<T> kind,
        string id,
        CancellationToken cancel
    )
        where T : class
    {
        var stored = await engine.Get(new DocumentKey(kind.Name, id), cancel);
        return stored is null ? null : Read(kind, stored);
    }

    /// <summary>
    /// All documents that an index files under a prefix, read a page at a time as they are asked for. One that moves in
    /// the index meanwhile may come twice, or not at all.
    /// </summary>
    public async IAsyncEnumerable<Versioned<T>> Each<T>(
        DocumentKind<T> kind,
        DocumentIndex<T> index,
        IndexKey prefix,
        int atOnce,
        [EnumeratorCancellation] CancellationToken cancel
    )
        where T : class
    {
        IndexPosition? after = null;
        do
        {
            var page = await List(kind, index, prefix, after, atOnce, cancel);
            foreach (var document in page.Items)
            {
                yield return document;
            }

            after = page.Next;
        } while (after is not null);
    }

    /// <summary>A page of the documents that an index files under a prefix.</summary>
    /// <param name="kind">Which documents.</param>
    /// <param name="index">In which order.</param>
    /// <param name="prefix">With which first parts of the key.</param>
    /// <param name="after">The <see cref="Page{T}.Next"/> of the page before; null for the first page.</param>
    /// <param name="limit">The page's size.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="backwards">From the end towards the front; the page behind another is then the one in front of it.</param>
    public async ValueTask<Page<T>> List<T>(
        DocumentKind<T> kind,
        DocumentIndex<T> index,
        IndexKey prefix,
        IndexPosition? after,
        int limit,
        CancellationToken cancel,
        bool backwards = false
    )
        where T : class
    {
        var found = await engine.Scan(
            new IndexScan(kind.Name, index.Name, prefix, after, limit + 1, backwards),
            cancel
        );
        var items = found.Take(limit).Select(f => Read(kind, f.Document)).ToList();
        IndexPosition? next =
            found.Count > limit
                ? new IndexPosition(found[limit - 1].At, found[limit - 1].Document.Key.Id)
                : null;
        return new Page<T>(items, next);
    }

    /// <summary>How many documents an index files under a prefix, counted up to a limit.</summary>
    public ValueTask<int> Count<T>(
        DocumentKind<T> kind,
        DocumentIndex<T> index,
        IndexKey prefix,
        int atMost,
        CancellationToken cancel
    )
        where T : class => engine.Count(kind.Name, index.Name, prefix, atMost, cancel);

    /// <summary>How many documents an index files under a prefix in front of a place, counted up to a limit: a rank.</summary>
    public ValueTask<int> CountBefore<T>(
        DocumentKind<T> kind,
        DocumentIndex<T> index,
        IndexKey prefix,
        IndexPosition place,
        int atMost,
        CancellationToken cancel
    )
        where T : class => engine.CountBefore(kind.Name, index.Name, prefix, place, atMost, cancel);

    /// <summary>
    /// A page of the documents in which all words of a query are, in the order of the word index. It stops after a
    /// bounded amount of looking, and says so, however rare the words are together.
    /// </summary>
    /// <param name="kind">Which documents.</param>
    /// <param name="words">Their words.</param>
    /// <param name="query">What was typed. Without a word in it nothing is found.</param>
    /// <param name="search">From where on, how many, under which group, and what else is asked of them.</param>
    /// <param name="cancel">Gives up.</param>
    public ValueTask<SearchPage<T>> Search<T>(
        DocumentKind<T> kind,
        WordIndex<T> words,
        SearchQuery query,
        SearchFor<T> search,
        CancellationToken cancel
    )
        where T : class => new Search<T>(engine, kind, words, query, search).Run(cancel);

    /// <summary>Commits a change as a whole.</summary>
    /// <returns>False when a document was changed by somebody else since it was read: read it again and decide again.</returns>
    /// <exception cref="StoreUnwritableException">The disk is full or not writable; nothing changed.</exception>
    public ValueTask<bool> Commit(Change change, CancellationToken cancel) =>
        Commit(change, [], cancel);

    /// <summary>The same, with what became of effects.</summary>
    internal async ValueTask<bool> Commit(
        Change change,
        IReadOnlyList<OutboxSettlement> settlements,
        CancellationToken cancel
    )
    {
        var commit = change.ToCommit() with { Settlements = settlements };
        var mark = DoneMark.Of(commit);
        var outcome = await Write(mark?.Joined(commit) ?? commit, cancel);
        mark?.Settle(outcome);
        if (outcome is not CommitOutcome.Committed committed)
        {
            return false;
        }

        if (committed.Queued.Count > 0)
        {
            Queued?.Invoke(committed.Queued);
        }

        if (commit.Due.Count > 0)
        {
            DueSet?.Invoke(commit.Due);
        }

        if (commit.Documents.Count > 0)
        {
            Changed?.Invoke(commit.Documents.Select(d => d.Key.Kind));
        }

        return true;
    }

    /// <summary>Commits what is not about documents alone; nobody is told.</summary>
    internal ValueTask<CommitOutcome> Write(StoreCommit commit, CancellationToken cancel) =>
        Between is { } measured ? measured(commit, cancel) : engine.Commit(commit, cancel);

    internal static Versioned<T> Read<T>(DocumentKind<T> kind, StoredDocument stored)
        where T : class
    {
        var value =
            JsonSerializer.Deserialize(stored.Body.Span, kind.Json)
            ?? throw new JsonException($"{stored.Key.Kind} {stored.Key.Id} is stored as null.");
        return new Versioned<T>(stored.Key.Id, value, stored.Version);
    }
}
