using System.Runtime.CompilerServices;
using Sidecar.Storage;

namespace Sidecar.Features.Exports;

/// <summary>
/// All documents of a kind, complete whatever changes while they are read: their ids are taken first, and none is
/// skipped or told twice because it has moved in some list.
/// </summary>
internal static class StoredPages
{
    private const int PageSize = 200;
    private const int IdsAtOnce = 5_000;

    /// <param name="kind">Which.</param>
    /// <param name="order">By what their ids are put in order.</param>
    public static Func<Store, CancellationToken, IAsyncEnumerable<IReadOnlyList<T>>> Of<T, TKey>(
        DocumentKind<T> kind,
        Func<string, TKey> order
    )
        where T : class => (store, cancel) => Read(store, kind, order, cancel);

    private static async IAsyncEnumerable<IReadOnlyList<T>> Read<T, TKey>(
        Store store,
        DocumentKind<T> kind,
        Func<string, TKey> order,
        [EnumeratorCancellation] CancellationToken cancel
    )
        where T : class
    {
        var ids = await Ids(store, kind.Name, cancel);
        foreach (var chunk in ids.OrderBy(order).Chunk(PageSize))
        {
            var page = new List<T>(chunk.Length);
            foreach (var id in chunk)
            {
                if (await store.Find(kind, id, cancel) is { Value: var found })
                {
                    page.Add(found);
                }
            }

            yield return page;
        }
    }

    private static async Task<List<string>> Ids(Store store, string kind, CancellationToken cancel)
    {
        List<string> ids = [];
        IReadOnlyList<string> page;
        do
        {
            var after = ids.Count > 0 ? ids[^1] : null;
            page = await store.Engine.ReadIds(kind, after, IdsAtOnce, cancel);
            ids.AddRange(page);
        } while (page.Count == IdsAtOnce);

        return ids;
    }
}
