using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Customers;

/// <summary>Customers for who types one: by key, or by name where it is one word or begins with a quotation mark.</summary>
internal sealed class CompleteCustomers(CustomerStore book, Store store) : ICompletion
{
    private const int LongestTyped = 100;
    private const int LookedThrough = 3 * ICompletion.Most;

    public string Name => CustomerArguments.Completed;

    public async ValueTask<IReadOnlyList<OfferedWord>> Offer(
        UserId reader,
        string typed,
        CancellationToken cancel
    )
    {
        if (typed.Length > LongestTyped || !await book.MayRead(reader, cancel))
        {
            return [];
        }

        var isQuoted = typed.StartsWith('"');
        var found = new Dictionary<CustomerKey, OfferedWord>();
        if (!isQuoted)
        {
            await Look(
                CustomerIndexes.ByOwner,
                IndexKey.Empty.Then(reader.Value).Then(false),
                c => (c.Key.Value, c.Name, "One of yours")
            );
            await Look(
                CustomerIndexes.ByKey,
                IndexKey.Empty.ThenStart(typed.ToLowerInvariant()),
                c => (c.Key.Value, c.Name, "")
            );
        }

        if (typed.Length > 0)
        {
            await Look(
                CustomerIndexes.ByWholeName,
                IndexKey.Empty.ThenStart(CustomerIndexes.Plain(typed.Trim('"'))),
                c => (isQuoted ? $"\"{c.Name}\"" : c.Name, c.Key.Value, "")
            );
        }

        return [.. found.Values.Take(ICompletion.Most)];

        async ValueTask Look(
            DocumentIndex<Customer> index,
            IndexKey prefix,
            Func<Customer, (string Word, string Hint, string About)> tell
        )
        {
            if (found.Count >= ICompletion.Most)
            {
                return;
            }

            var page = await store.List(Customer.Kind, index, prefix, null, LookedThrough, cancel);
            foreach (var customer in page.Items.Select(i => i.Value).Where(c => !c.IsArchived))
            {
                var (word, hint, about) = tell(customer);
                if (
                    word.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
                    && (
                        isQuoted
                            ? !customer.Name.Contains('"', StringComparison.Ordinal)
                            : !word.Any(char.IsWhiteSpace)
                    )
                )
                {
                    found.TryAdd(customer.Key, new OfferedWord(word, hint, about));
                }
            }
        }
    }
}
