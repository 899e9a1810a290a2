namespace Sidecar.Storage;

/// <summary>
/// Files documents under their words, so that <see cref="Store.Search"/> finds them. Its <see cref="Index"/> belongs
/// among the indexes of the kind.
/// </summary>
/// <remarks>
/// A document has an entry for each of its terms, and each entry holds the whole order. So the order must be one that
/// never changes (the latest first, not the most urgent first): else each change would move all of them.
/// </remarks>
/// <typeparam name="T">The record that features work with.</typeparam>
public sealed class WordIndex<T>
    where T : class
{
    private readonly Func<T, IEnumerable<string?>> _texts;
    private readonly Func<T, IndexKey> _order;

    /// <summary>A word index.</summary>
    /// <param name="name">Its name within the kind; never changes.</param>
    /// <param name="texts">What is searched, the most important first.</param>
    /// <param name="order">In which order documents are found; must not change while a document lives.</param>
    /// <param name="groups">Parts that can be searched by themselves (a customer's), none: only all together.</param>
    public WordIndex(
        string name,
        Func<T, IEnumerable<string?>> texts,
        Func<T, IndexKey> order,
        Func<T, IEnumerable<IndexKey>>? groups = null
    )
    {
        (_texts, _order) = (texts, order);
        Index = new DocumentIndex<T>(name, document => Keys(document, groups));
    }

    /// <summary>What the store files documents by.</summary>
    public DocumentIndex<T> Index { get; }

    /// <summary>The place of a document among those that are found: a page goes on behind it.</summary>
    public IndexPosition PlaceOf(string id, T document) => new(_order(document), id);

    /// <summary>What is searched in a document.</summary>
    internal IEnumerable<string?> TextsOf(T document) => _texts(document);

    private IEnumerable<IndexKey> Keys(T document, Func<T, IEnumerable<IndexKey>>? groups)
    {
        var order = _order(document);
        var terms = SearchWords.Of(_texts(document));
        return from @group in groups?.Invoke(document) ?? [IndexKey.Empty]
            from term in terms
            select @group.Then(term).Then(order);
    }
}
