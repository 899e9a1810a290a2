using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Finding;

/// <summary>How customers are found: by key, by name, by what somebody typed instead, in lists.</summary>
internal sealed partial class CustomerStore(Store store, RoleStore roles)
{
    /// <summary>As many as are read without scrolling far.</summary>
    public const int PageSize = 20;

    /// <summary>Beyond this a list says “more than”.</summary>
    public const int CountedUpTo = 1000;

    private const int AtOnce = 500;

    // Far more than a name has, marks that nobody sees included.
    private const int MostTyped = 400;

    /// <summary>
    /// Finds the customer that somebody means by a key or a name, archived ones too, or the free key for one nobody has
    /// named before. Two names may lead to one key (“A+B”, “A-B”): then they are still two customers, and the second
    /// gets the next free key.
    /// </summary>
    /// <param name="typed">A key, or a name that has letters or digits.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The key, and the customer when there is one; null when nothing typed could be a key.</returns>
    public async ValueTask<(CustomerKey Key, Customer? Known)?> Find(
        string typed,
        CancellationToken cancel
    )
    {
        if (typed.Length > MostTyped)
        {
            return CustomerKey.Of(typed) is { } free ? (free, null) : null;
        }

        var exact = await Exactly(typed, cancel);
        if (exact is { Known: not null })
        {
            return exact;
        }

        // Typed as if they were somebody: @acme.
        if (SentenceMarks.Name(typed, '@') is { } name)
        {
            return await Find(name, cancel) is { Known: not null } at ? at : exact;
        }

        // Names end with marks themselves (Yahoo!), so marks of the sentence are taken off one by one until one fits.
        foreach (var shorter in SentenceMarks.Less(typed))
        {
            if (await Exactly(shorter, cancel) is { Known: not null } meant)
            {
                return meant;
            }
        }

        // In brackets, bold or quotes.
        return
            BareWord.Of(typed) is var bare
            && bare != typed
            && await Exactly(bare, cancel) is { Known: not null } within
            ? within
            : exact;
    }

    private async ValueTask<(CustomerKey Key, Customer? Known)?> Exactly(
        string typed,
        CancellationToken cancel
    )
    {
        if (CustomerKey.Of(typed) is not { } first)
        {
            return null;
        }

        for (var i = 1; ; i++)
        {
            var key =
                i == 1
                    ? first
                    : new CustomerKey(string.Create(CultureInfo.InvariantCulture, $"{first}-{i}"));
            var known = await store.Find(Customer.Kind, key.Value, cancel);
            if (known is not null && Means(typed, known.Value))
            {
                return (key, known.Value);
            }

            if (known is null && i == 1 && await GivenBefore(typed, first, cancel) is { } older)
            {
                return (older.Key, older);
            }

            if (known is null)
            {
                // Names are changed, and keys are chosen: the name may belong to quite another key.
                return
                    (await Named(typed, cancel) ?? await FormerlyNamed(typed, cancel)) is { } named
                    ? (named.Key, named)
                    : (key, null);
            }
        }
    }

    /// <summary>
    /// A customer whose key was made when the i without a dot and the sigma at the end were letters of their own.
    /// </summary>
    private async ValueTask<Customer?> GivenBefore(
        string typed,
        CustomerKey now,
        CancellationToken cancel
    )
    {
        var before = typed.Trim().ToLowerInvariant();
        return
            before.Length <= CustomerKey.MaxLength
            && before != now.Value
            && NameFolding.Plain(before) == now.Value
            ? (await store.Find(Customer.Kind, before, cancel))?.Value
            : null;
    }

    /// <summary>The customer that somebody means, or null.</summary>
    public async ValueTask<Customer?> Known(string typed, CancellationToken cancel) =>
        (await Find(typed, cancel))?.Known;

    /// <summary>A customer as it is stored, or null.</summary>
    public ValueTask<Versioned<Customer>?> Read(CustomerKey key, CancellationToken cancel) =>
        store.Find(Customer.Kind, key.Value, cancel);

    /// <summary>The customer with a name, or null; one that is archived only when no other has it.</summary>
    public ValueTask<Customer?> Named(string name, CancellationToken cancel) =>
        Called(name, CustomerIndexes.ByWholeName, cancel);

    /// <summary>The customer that had a name before it was renamed, or null.</summary>
    private ValueTask<Customer?> FormerlyNamed(string name, CancellationToken cancel) =>
        Called(name, CustomerIndexes.ByFormerName, cancel);

    private async ValueTask<Customer?> Called(
        string name,
        DocumentIndex<Customer> index,
        CancellationToken cancel
    ) =>
        name.Length > MostTyped
            ? null
            : (
                await store.List(
                    Customer.Kind,
                    index,
                    IndexKey.Empty.Then(CustomerIndexes.Plain(name)),
                    null,
                    AtOnce,
                    cancel
                )
            )
                .Items.Select(c => c.Value)
                .OrderBy(c => c.IsArchived)
                .FirstOrDefault();

    /// <summary>Whether somebody may be told who the customers are and what they pay.</summary>
    public async ValueTask<bool> MayRead(UserId reader, CancellationToken cancel) =>
        CustomerRights.Read.Allows(await roles.Of(reader, cancel));

    /// <summary>Whether somebody may change customers.</summary>
    public async ValueTask<bool> MayWrite(UserId writer, CancellationToken cancel) =>
        CustomerRights.Write.Allows(await roles.Of(writer, cancel));

    /// <summary>What is recorded for a day; null for nothing.</summary>
    public async ValueTask<Measurement?> Measured(
        CustomerKey key,
        DateOnly on,
        CancellationToken cancel
    ) => (await store.Find(Measurement.Kind, Measurement.IdOf(key, on), cancel))?.Value;

    /// <summary>A page of a list.</summary>
    public ValueTask<Page<Customer>> List(
        CustomerList list,
        IndexPosition? after,
        CancellationToken cancel
    ) =>
        list.Words.IsEmpty
            ? store.List(Customer.Kind, list.Index, list.Prefix, after, PageSize, cancel)
            : Matching(list, after, cancel);

    /// <summary>How many a list holds, counted up to a limit; null for a search, which is not counted.</summary>
    public async ValueTask<int?> Count(CustomerList list, CancellationToken cancel) =>
        list.Words.IsEmpty
            ? await store.Count(Customer.Kind, list.Index, list.Prefix, CountedUpTo + 1, cancel)
            : null;

    /// <summary>All that a list holds, read as it is asked for.</summary>
    public async IAsyncEnumerable<Customer> All(
        DocumentIndex<Customer> index,
        IndexKey prefix,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var all = store.Each(Customer.Kind, index, prefix, AtOnce, cancel);
        await foreach (var item in all.WithCancellation(cancel))
        {
            yield return item.Value;
        }
    }

    /// <summary>Everybody whose ARR is above the line, the largest first (MET-1, ESC-2).</summary>
    public async IAsyncEnumerable<Customer> AboveTheLine(
        CustomerSettings settings,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var byArr = All(CustomerIndexes.ByArr, IndexKey.Empty.Then(false), cancel);
        await foreach (var customer in byArr.WithCancellation(cancel))
        {
            if (customer.Arr <= settings.CountsFromArrAbove)
            {
                yield break;
            }

            yield return customer;
        }
    }

    /// <summary>What happened to a customer, oldest first, a page at a time.</summary>
    public async ValueTask<IReadOnlyList<CustomerEntry>> Timeline(
        CustomerKey key,
        long after,
        int limit,
        CancellationToken cancel
    ) =>
        [
            .. (await store.Engine.ReadAudit(Customer.Subject(key), after, limit, cancel)).Select(
                entry => new CustomerEntry(
                    entry.Sequence,
                    entry.Entry.At,
                    JsonSerializer.Deserialize(
                        entry.Entry.Body.Span,
                        CustomerFactJson.Default.CustomerFact
                    )!
                )
            ),
        ];

    /// <summary>What happened to a customer, latest first, a page at a time.</summary>
    /// <param name="key">To whom.</param>
    /// <param name="before">The last entry of the page before; null for the latest.</param>
    /// <param name="limit">How many.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<IReadOnlyList<HistoryEntry<CustomerFact>>> LatestHistory(
        CustomerKey key,
        long? before,
        int limit,
        CancellationToken cancel
    ) =>
        [
            .. (
                await store.Engine.ReadLatestAudit(Customer.Subject(key), before, limit, cancel)
            ).Select(entry => new HistoryEntry<CustomerFact>(
                entry.Sequence,
                entry.Entry.At,
                JsonSerializer.Deserialize(
                    entry.Entry.Body.Span,
                    CustomerFactJson.Default.CustomerFact
                )!
            )),
        ];

    private static bool Means(string typed, Customer customer) =>
        CustomerIndexes.Plain(typed) is var plain
        && (
            plain == CustomerIndexes.Plain(customer.Key.Value)
            || plain == CustomerIndexes.Plain(customer.Name)
        );
}

/// <summary>An entry of a customer's timeline.</summary>
/// <param name="Sequence">Its place in the audit trail; the next page starts behind it.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Fact">What happened.</param>
internal sealed record CustomerEntry(long Sequence, DateTimeOffset At, CustomerFact Fact);
