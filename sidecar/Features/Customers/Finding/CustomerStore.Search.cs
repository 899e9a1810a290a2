using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Features.Customers.Finding;

/// <summary>Customers by a part of what they are called, or by something close to it.</summary>
internal sealed partial class CustomerStore
{
    /// <summary>Whose name or key has words that begin with what was typed; null when nothing typed is a word.</summary>
    public async ValueTask<CustomerList?> Like(string typed, CancellationToken cancel)
    {
        var words = new List<(string Word, int Count)>();
        foreach (var word in CustomerIndexes.Cut(typed).Distinct(StringComparer.Ordinal).Take(8))
        {
            var beginning = CustomerIndexes.Beginning(isArchived: false, word);
            words.Add(
                (
                    word,
                    await store.Count(
                        Customer.Kind,
                        CustomerIndexes.ByWord,
                        beginning,
                        4 * AtOnce,
                        cancel
                    )
                )
            );
        }

        // Of “number 77” only those with 77 need be looked at.
        return words.Count == 0
            ? null
            : CustomerList.Like(
                typed,
                [.. words.OrderBy(word => word.Count).Select(word => word.Word)]
            );
    }

    /// <summary>The customers whose names or keys are closest to what was typed, best first, at the most three.</summary>
    public async ValueTask<IReadOnlyList<Customer>> Nearest(string typed, CancellationToken cancel)
    {
        var wanted = CustomerIndexes.Fold(typed);
        if (wanted.Length == 0)
        {
            return [];
        }

        var likely = new Dictionary<CustomerKey, Customer>();
        foreach (var prefix in await Prefixes(wanted, cancel))
        {
            var page = await store.List(
                Customer.Kind,
                CustomerIndexes.ByWord,
                prefix,
                null,
                AtOnce,
                cancel
            );
            foreach (var candidate in page.Items)
            {
                likely.TryAdd(candidate.Value.Key, candidate.Value);
            }
        }

        return
        [
            .. likely
                .Values.Select(c => (Customer: c, Distance: CustomerDistance.From(wanted, c)))
                .Where(c => c.Distance is not null)
                .OrderBy(c => c.Distance)
                .ThenBy(c => c.Customer.Key.Value, StringComparer.Ordinal)
                .Take(3)
                .Select(c => c.Customer),
        ];
    }

    /// <summary>
    /// The customer whom a text names by name or key, for who may read customers (U9); of several the one with the longest
    /// name, and none where that leaves a doubt.
    /// </summary>
    /// <param name="text">What somebody wrote.</param>
    /// <param name="reader">Who shall be shown it.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<Customer?> NamedIn(string text, UserId reader, CancellationToken cancel)
    {
        try
        {
            if (await roles.Check(CustomerRights.Read, reader, cancel) is not null)
            {
                return null;
            }
        }
        catch (ChatException)
        {
            // Nobody can say who they are: then no name is told.
            return null;
        }

        List<string> words = [.. CustomerIndexes.Cut(text).Take(MostWords)];
        var named = new Dictionary<CustomerKey, (Customer Customer, int Words)>();
        foreach (
            var word in words.Distinct(StringComparer.Ordinal).Where(w => w.Length >= ShortestWord)
        )
        {
            var page = await store.List(
                Customer.Kind,
                CustomerIndexes.ByWord,
                IndexKey.Empty.Then(false).Then(word),
                null,
                LikelyOnes,
                cancel
            );
            foreach (var customer in page.Items.Select(item => item.Value))
            {
                var length = new[] { customer.Name, customer.Key.Value }
                    .Select(name => CustomerIndexes.Cut(name).ToList())
                    .Where(name => IsWithin(words, name))
                    .Max(name => (int?)name.Count);
                if (length is { } found)
                {
                    named.TryAdd(customer.Key, (customer, found));
                }
            }
        }

        var longest = named.Values.Select(n => n.Words).DefaultIfEmpty().Max();
        return named.Values.Where(n => n.Words == longest).ToList() is [var only]
            ? only.Customer
            : null;
    }

    private const int MostWords = 60;
    private const int ShortestWord = 3;
    private const int LikelyOnes = 20;

    private static bool IsWithin(List<string> words, List<string> name)
    {
        for (var at = 0; name.Count > 0 && at + name.Count <= words.Count; at++)
        {
            if (words.Skip(at).Take(name.Count).SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Customers filed under several matching words are listed at the first of them only, also when the others are on
    /// another page.
    /// </summary>
    private async ValueTask<Page<Customer>> Matching(
        CustomerList list,
        IndexPosition? after,
        CancellationToken cancel
    )
    {
        var found = new List<Versioned<Customer>>(PageSize + 1);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = after;
        do
        {
            var page = await store.List(
                Customer.Kind,
                list.Index,
                list.Prefix,
                next,
                AtOnce,
                cancel
            );
            found.AddRange(
                page.Items.Where(item =>
                    list.Matches(item.Value)
                    && seen.Add(item.Id)
                    && (after is null || list.KeyOf(item.Value) > after.Value.Key)
                )
            );
            next = page.Next;
        } while (next is not null && found.Count <= PageSize);

        return found.Count <= PageSize
            ? new Page<Customer>(found, null)
            : new Page<Customer>(found[..PageSize], list.PositionOf(found[PageSize - 1].Value));
    }

    /// <summary>Where to look for what was meant: everywhere when that is little, else where its beginning leads.</summary>
    private async ValueTask<IReadOnlyList<IndexKey>> Prefixes(
        string wanted,
        CancellationToken cancel
    )
    {
        var all = IndexKey.Empty.Then(false);
        var count = await store.Count(
            Customer.Kind,
            CustomerIndexes.ByWord,
            all,
            AtOnce + 1,
            cancel
        );
        if (count <= AtOnce)
        {
            return [all];
        }

        // The slips that happen at the beginning: two letters swapped, a letter too many, the second letter wrong.
        string[] beginnings =
            wanted.Length < 3
                ? [wanted]
                : [wanted[..3], wanted[..2], $"{wanted[1]}{wanted[0]}", wanted[1..3], wanted[..1]];
        return [.. beginnings.Select(b => CustomerIndexes.Beginning(isArchived: false, b))];
    }
}
