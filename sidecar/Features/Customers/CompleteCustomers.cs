using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Customers;

/// <summary>Customers for who types one: by key, or by name where it is one word or begins with a quotation mark.</summary>
internal sealed class CompleteCustomers(CustomerStore book, Store store) : ICompletion
{
    private const int LongestTyped = 100;
    private const int LookedThrough = 3 * ICompletion.Most;

    private const int PagesLookedThrough = 4;

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

    /// <summary>
    /// By any word of name or key, accents or none, as <c>find</c> does; the reader's own first. Archived ones are named
    /// by who means them.
    /// </summary>
    public async ValueTask<IReadOnlyList<ControlOption>> Find(
        OfferQuery query,
        CancellationToken cancel
    )
    {
        if (!await book.MayRead(query.Reader, cancel))
        {
            return [];
        }

        var like = await book.Like(query.Typed, cancel);
        if (like is null && query.Typed.Length > 0)
        {
            return [];
        }

        var found = new Dictionary<CustomerKey, ControlOption>();
        await Look(CustomerList.Of(query.Reader), 1);
        await Look(like ?? CustomerList.Active, PagesLookedThrough);
        return [.. found.Values.Take(ICompletion.Most)];

        async ValueTask Look(CustomerList list, int pages)
        {
            IndexPosition? after = null;
            for (var i = 0; i < pages && found.Count < ICompletion.Most; i++)
            {
                var page = await store.List(
                    Customer.Kind,
                    list.Index,
                    list.Prefix,
                    after,
                    LookedThrough,
                    cancel
                );
                foreach (var customer in page.Items.Select(item => item.Value))
                {
                    if (like?.Matches(customer) != false)
                    {
                        found.TryAdd(customer.Key, Choice(customer));
                    }
                }

                if (page.Next is null)
                {
                    break;
                }

                after = page.Next;
            }
        }
    }

    /// <summary>The key is said where the name does not lead to it.</summary>
    private static ControlOption Choice(Customer customer) =>
        new(
            CustomerKey.Of(customer.Name) == customer.Key
                ? customer.Name
                : $"{customer.Name} ({customer.Key})",
            customer.Key.Value
        );
}
