using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Storage;

namespace Sidecar.Features.Customers.Import;

/// <summary>
/// Takes customers from a file, a batch at a time (CUS-2). A batch is one commit; taken again it changes nothing, so an
/// import that was cut off is simply begun again.
/// </summary>
internal sealed class CustomerImport(
    Store store,
    CustomerStore book,
    CustomerChanges desk,
    CustomerSettings settings,
    TimeProvider clock
)
{
    /// <summary>So many customers are one commit: much faster than one each, and nobody else waits long behind it.</summary>
    public const int BatchSize = 100;

    /// <summary>Takes as many of the next customers as fit in one commit.</summary>
    /// <param name="groups">Rows about one customer together; at the most <see cref="BatchSize"/>, at least one.</param>
    /// <param name="names">Names that rows before gave to customers; more are added.</param>
    /// <param name="importer">Who imports.</param>
    /// <param name="isDryRun">Nothing is written but what <paramref name="also"/> adds.</param>
    /// <param name="also">Adds to the commit: groups taken, what became of their rows.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="mayGoOn">Asked before each commit, which may be made to depend on it; without, nothing is asked.</param>
    /// <returns>How many groups were taken, at least one, and what became of their rows; none when it may not go on.</returns>
    public async Task<(int Taken, IReadOnlyList<RowReport> Reports)> Take(
        IReadOnlyList<IReadOnlyList<CustomerRow>> groups,
        Dictionary<string, CustomerKey> names,
        Importer importer,
        bool isDryRun,
        Action<Change, int, IReadOnlyList<RowReport>>? also,
        CancellationToken cancel,
        Func<Change, ValueTask<bool>>? mayGoOn = null
    )
    {
        while (true)
        {
            var batch = new Batch(settings, importer, clock.GetUtcNow());
            var given = new Dictionary<string, CustomerKey>(names, StringComparer.Ordinal);
            var taken = 0;
            foreach (var group in groups)
            {
                var (key, known) = await Locate(group[0], cancel);
                if (!batch.Keys.Add(key))
                {
                    // The same customer by its key and by its name: a document is written once in a commit.
                    break;
                }

                await Take(batch, group, key, known, given, cancel);
                taken++;
            }

            var change = isDryRun ? new Change(batch.Now, batch.Actor) : batch.Close();
            if (mayGoOn is not null && !await mayGoOn(change))
            {
                return (0, []);
            }

            also?.Invoke(change, taken, batch.Reports);
            if (await store.Commit(change, cancel))
            {
                foreach (var (name, key) in given)
                {
                    names[name] = key;
                }

                return (taken, batch.Reports);
            }
        }
    }

    private async ValueTask<(CustomerKey Key, Versioned<Customer>? Known)> Locate(
        CustomerRow row,
        CancellationToken cancel
    )
    {
        var key = row.Key ?? (await book.Find(row.Name!, cancel))!.Value.Key;
        return (key, await book.Read(key, cancel));
    }

    private async ValueTask Take(
        Batch batch,
        IReadOnlyList<CustomerRow> rows,
        CustomerKey key,
        Versioned<Customer>? known,
        Dictionary<string, CustomerKey> names,
        CancellationToken cancel
    )
    {
        var days = new Dictionary<DateOnly, Versioned<Measurement>>();
        foreach (var on in rows.Select(row => row.MeasuredOn).OfType<DateOnly>().Distinct())
        {
            if (
                known is not null
                && await store.Find(Measurement.Kind, Measurement.IdOf(key, on), cancel) is { } day
            )
            {
                days[on] = day;
            }
        }

        var update = new CustomerUpdate(
            key,
            known?.Value,
            days.ToDictionary(day => day.Key, day => day.Value.Value),
            batch.Importer,
            batch.Now
        );
        foreach (var row in rows)
        {
            update.Take(row, await TakenName(row, key, update.Customer, names, cancel));
        }

        batch.Reports.AddRange(update.Reports);
        var changed = update.ChangedDays;
        IReadOnlyList<Measurement>? history = null;
        if (changed.Count > 0)
        {
            history = known is null ? changed : await History(known.Value, changed, cancel);
        }

        batch.Write(update, known, days, history);
    }

    private async ValueTask<string?> TakenName(
        CustomerRow row,
        CustomerKey key,
        Customer? customer,
        Dictionary<string, CustomerKey> names,
        CancellationToken cancel
    )
    {
        if (row.Name is not { Length: > 0 } name || name == customer?.Name)
        {
            return null;
        }

        var plain = CustomerIndexes.Plain(name);
        var owner = names.TryGetValue(plain, out var given)
            ? given
            : (await book.Named(name, cancel))?.Key;
        if (owner is { } other && other != key)
        {
            return $"There is a customer of that name already: {other}";
        }

        names[plain] = key;
        return null;
    }

    private async ValueTask<IReadOnlyList<Measurement>> History(
        Customer customer,
        IReadOnlyList<Measurement> changed,
        CancellationToken cancel
    )
    {
        var needed = changed.Any(customer.Figures.Loses)
            ? int.MaxValue
            : CustomerChanges.HistoryRead;
        var on = changed.Select(day => day.On).ToHashSet();
        var history = await desk.History(customer.Key, needed, cancel);
        return [.. history.Where(day => !on.Contains(day.On)), .. changed];
    }

    /// <summary>One commit being put together.</summary>
    private sealed class Batch(CustomerSettings settings, Importer importer, DateTimeOffset now)
    {
        private readonly Change _change = new(now, CustomerChanges.ActorName(importer.By));
        private readonly CustomerPost _post = new(settings, now);

        public HashSet<CustomerKey> Keys { get; } = [];

        public List<RowReport> Reports { get; } = [];

        public Importer Importer => importer;

        public DateTimeOffset Now => now;

        public string Actor => CustomerChanges.ActorName(importer.By);

        public void Write(
            CustomerUpdate update,
            Versioned<Customer>? known,
            Dictionary<DateOnly, Versioned<Measurement>> days,
            IReadOnlyList<Measurement>? history
        )
        {
            var facts = update.Customer is null ? [] : update.Facts();
            if (update.Customer is not { } customer || (known is not null && facts.Count == 0))
            {
                return;
            }

            foreach (var day in update.ChangedDays)
            {
                CustomerChanges.WriteDay(_change, days.GetValueOrDefault(day.On), day);
            }

            var loses = update.ChangedDays.Any(customer.Figures.Loses);
            var figures = loses
                ? Figures.Of(history!)
                : update
                    .ChangedDays.OrderBy(day => day.On)
                    .Aggregate(customer.Figures, (latest, day) => latest.After(day));
            var next = customer with { Figures = figures };
            if (known is null)
            {
                _post.Introduce(_change, next, importer.By, history, facts);
                return;
            }

            next = next with { ChangedAt = now, ChangedBy = importer.By };
            _change.Replace(Customer.Kind, known, _post.File(_change, next, history, facts));
        }

        public Change Close()
        {
            _post.Send(_change);
            return _change;
        }
    }
}
