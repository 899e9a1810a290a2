namespace Sidecar.Storage;

/// <summary>What is asked of a search besides its words.</summary>
/// <param name="Limit">The page's size.</param>
public sealed record SearchFor<T>(int Limit)
    where T : class
{
    /// <summary>The <see cref="SearchPage{T}.Next"/> of the page before; null for the first page.</summary>
    public IndexPosition? After { get; init; }

    /// <summary>One of the groups of the <see cref="WordIndex{T}"/>; empty when it has none.</summary>
    public IndexKey Group { get; init; }

    /// <summary>What else must be true of what is found; documents that it refuses are read in vain.</summary>
    public Func<T, bool>? Also { get; init; }
}

/// <summary>A page of what was found.</summary>
/// <param name="Items">In the order of the word index.</param>
/// <param name="Next">Where the next page starts; null when nothing is left.</param>
/// <param name="StoppedEarly">
/// It gave up looking before the page was full, so this is not all; what is left begins at <paramref name="Next"/>.
/// </param>
/// <param name="WholeWordsOnly">
/// Words count only as they were typed, since too many different ones begin like one of them.
/// </param>
public sealed record SearchPage<T>(
    IReadOnlyList<Versioned<T>> Items,
    IndexPosition? Next,
    bool StoppedEarly,
    bool WholeWordsOnly
)
    where T : class;

/// <summary>One search: which terms are meant, what has all of them, and whether it is really there.</summary>
internal sealed class Search<T>(
    IStoreEngine engine,
    DocumentKind<T> kind,
    WordIndex<T> words,
    SearchQuery query,
    SearchFor<T> search
)
    where T : class
{
    /// <summary>So many entries are looked up at the most, some twenty milliseconds' worth.</summary>
    public const int MostSteps = 5_000;

    /// <summary>So many documents are read at the most.</summary>
    public const int MostRead = 500;

    /// <summary>As many words may begin like one that was typed.</summary>
    public const int MostAlternatives = 64;

    private readonly List<Versioned<T>> _found = [];
    private IndexPosition? _last;

    // Words that could be the beginning of more different ones than are looked up.
    private readonly HashSet<int> _whole = [];

    public async ValueTask<SearchPage<T>> Run(CancellationToken cancel)
    {
        if (query.IsEmpty)
        {
            return new SearchPage<T>([], Next: null, StoppedEarly: false, WholeWordsOnly: false);
        }

        var allOf = await Conditions(cancel);
        var after = search.After;
        var steps = MostSteps;
        var reads = MostRead;
        while (steps > 0 && reads > 0)
        {
            var join = new IndexJoin(
                kind.Name,
                words.Index.Name,
                allOf,
                after,
                Math.Min(reads, search.Limit + 1 - _found.Count),
                steps
            );
            var page = await engine.Join(join, cancel);
            if (TakeUntilFull(page.Items))
            {
                return Page(_last, stopped: false);
            }

            if (page.StoppedAt is null && page.Items.Count < join.Limit)
            {
                return Page(next: null, stopped: false);
            }

            after = page.StoppedAt ?? PlaceOf(page.Items[^1]);
            steps -= page.Steps;
            reads -= page.Items.Count;
        }

        return Page(after, stopped: true);
    }

    /// <returns>Whether there is one more than the page holds.</returns>
    private bool TakeUntilFull(IReadOnlyList<IndexedDocument> items)
    {
        foreach (var item in items)
        {
            var document = Store.Read(kind, item.Document);
            if (!IsMeant(document.Value))
            {
                continue;
            }

            if (_found.Count == search.Limit)
            {
                return true;
            }

            _found.Add(document);
            _last = PlaceOf(item);
        }

        return false;
    }

    private bool IsMeant(T document) =>
        (!query.NeedsLook || query.IsIn(words.TextsOf(document), MayBegin))
        && search.Also?.Invoke(document) != false;

    private bool MayBegin(int word) => query.IsBeginning(word) && !_whole.Contains(word);

    private SearchPage<T> Page(IndexPosition? next, bool stopped) =>
        new(_found, next, stopped, WholeWordsOnly: _whole.Count > 0);

    /// <summary>For each term the keys under which it is filed; those of a beginning are looked up.</summary>
    private async ValueTask<IReadOnlyList<IReadOnlyList<IndexKey>>> Conditions(
        CancellationToken cancel
    )
    {
        var allOf = new List<IReadOnlyList<IndexKey>>();
        for (var word = 0; word < query.Words.Length; word++)
        {
            var terms = query.Words[word].Terms().ToList();
            if (query.IsBeginning(word))
            {
                allOf.Add(await BeginningWith(word, terms[0], cancel));
            }
            else
            {
                // The last character of an unspaced stretch is a term only where the stretch ends.
                var sure = terms.Count > 1 ? terms.SkipLast(1) : terms;
                allOf.AddRange(sure.Select(term => (IReadOnlyList<IndexKey>)[Filed(term)]));
            }
        }

        return allOf;
    }

    private async ValueTask<IReadOnlyList<IndexKey>> BeginningWith(
        int word,
        string start,
        CancellationToken cancel
    )
    {
        var terms = await engine.TextsUnder(
            kind.Name,
            words.Index.Name,
            search.Group.ThenStart(start),
            MostAlternatives + 1,
            cancel
        );
        if (terms.Count <= MostAlternatives)
        {
            return terms;
        }

        _whole.Add(word);
        return [Filed(start)];
    }

    private IndexKey Filed(string term) => search.Group.Then(term);

    private static IndexPosition PlaceOf(IndexedDocument item) =>
        new(item.At, item.Document.Key.Id);
}
