namespace Sidecar.Storage;

/// <summary>
/// Documents read lately, so that what everybody looks at in an outage is parsed once. It knows nothing of versions or
/// commits: an entry counts only when the stored bytes are the same, so it can never be out of date.
/// </summary>
internal sealed class RecentDocuments
{
    private const int Places = 2048;

    private readonly Entry?[] _entries = new Entry?[Places];
    private readonly int[] _seen = new int[Places];

    /// <summary>The document made of these bytes, from memory or by parsing them.</summary>
    public T Of<T>(StoredDocument stored, Func<ReadOnlyMemory<byte>, T> parse)
        where T : class
    {
        // Each document has one place: no lock, no list to keep in order.
        var hash = stored.Key.GetHashCode();
        var place = (uint)hash % Places;
        if (
            _entries[place] is { } entry
            && entry.Key == stored.Key
            && entry.Value is T known
            && entry.Body.Span.SequenceEqual(stored.Body.Span)
        )
        {
            return known;
        }

        var value = parse(stored.Body);
        if (_seen[place] == hash)
        {
            _entries[place] = new Entry(stored.Key, stored.Body, value);
        }

        // Kept from the second time on: what is read once would only make work for the garbage collector.
        _seen[place] = hash;
        return value;
    }

    private sealed record Entry(DocumentKey Key, ReadOnlyMemory<byte> Body, object Value);
}
