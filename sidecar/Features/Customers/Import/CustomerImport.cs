using System.Data.Common;
using System.Security.Cryptography;
using Sidecar.Chat;
using Sidecar.Csv;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Import;

/// <summary>
/// Takes customers from a file, a batch at a time (CUS-2). A batch is one commit; taken again it changes nothing, so an
/// import that was cut off is simply begun again.
/// </summary>
internal sealed partial class CustomerImport(
    Store store,
    CustomerStore book,
    CustomerChanges desk,
    CustomerSettings settings,
    TimeProvider clock,
    ILogger<CustomerImport> log
)
{
    /// <summary>So many customers are one commit: much faster than one each, and nobody else waits long behind it.</summary>
    public const int BatchSize = 100;

    /// <summary>Takes as many of the next customers as fit in one commit.</summary>
    /// <param name="groups">Rows about one customer together; at the most <see cref="BatchSize"/>, at least one.</param>
    /// <param name="names">What the file says of names and keys.</param>
    /// <param name="importer">Who imports.</param>
    /// <param name="isDryRun">Nothing is written but what <paramref name="also"/> adds.</param>
    /// <param name="also">Adds to the commit: groups taken, what became of their rows.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="mayGoOn">Asked before each commit, which may be made to depend on it; without, nothing is asked.</param>
    /// <returns>How many groups were taken, at least one, and what became of their rows; none when it may not go on.</returns>
    public async Task<(int Taken, IReadOnlyList<RowReport> Reports)> Take(
        IReadOnlyList<IReadOnlyList<CustomerRow>> groups,
        FileNames names,
        Importer importer,
        bool isDryRun,
        Action<Change, int, IReadOnlyList<RowReport>>? also,
        CancellationToken cancel,
        Func<Change, ValueTask<bool>>? mayGoOn = null
    )
    {
        // Customers at which the program fails: they are reported, and all others are taken.
        var failing = new Dictionary<IReadOnlyList<CustomerRow>, string>(
            ReferenceEqualityComparer.Instance
        );
        while (true)
        {
            var batch = new Batch(settings, importer, clock.GetUtcNow());
            var given = new Dictionary<string, CustomerKey>(names.Given, StringComparer.Ordinal);
            var taken = 0;
            IReadOnlyList<CustomerRow>? current = null;
            try
            {
                foreach (var group in groups)
                {
                    current = group;
                    if (!await Took(batch, group, names with { Given = given }, failing, cancel))
                    {
                        break;
                    }

                    taken++;
                }

                current = null;
                var change = isDryRun ? new Change(batch.Now, batch.Actor) : batch.Close();
                if (mayGoOn is not null && !await mayGoOn(change))
                {
                    return (0, []);
                }

                also?.Invoke(change, taken, batch.Reports);
                if (!await store.Commit(change, cancel))
                {
                    continue;
                }
            }
            catch (Exception fault) when (IsOfRows(fault))
            {
                if (current is null && taken > 1)
                {
                    // It failed when all was to be written: in smaller parts it turns out at which customer.
                    groups = [.. groups.Take(taken / 2)];
                    continue;
                }

                // Where even what is only reported fails, no customer is at fault.
                current ??= groups[0];
                if (!failing.TryAdd(current, Reference()))
                {
                    throw;
                }

                Log.Failed(log, current[0].Line, failing[current], fault);
                continue;
            }

            foreach (var (name, key) in given)
            {
                names.Given[name] = key;
            }

            return (taken, batch.Reports);
        }
    }

    /// <summary>
    /// What is wrong with rows, and not with the store, with Mattermost or with the machine: those fail for every row, and
    /// what is tried later may succeed.
    /// </summary>
    public static bool IsOfRows(Exception fault) =>
        fault
            is not (
                OperationCanceledException
                or LeaseLostException
                or StoreUnwritableException
                or StoreUncertainException
                or StoreUnusableException
                or ChatException
                or IOException
                or DbException
                or OutOfMemoryException
            );

    private static string Reference() => RandomNumberGenerator.GetHexString(6, lowercase: true);

    /// <returns>False when the customer has to wait for the next commit.</returns>
    private async ValueTask<bool> Took(
        Batch batch,
        IReadOnlyList<CustomerRow> group,
        FileNames names,
        Dictionary<IReadOnlyList<CustomerRow>, string> failing,
        CancellationToken cancel
    )
    {
        if (failing.TryGetValue(group, out var reference))
        {
            batch.Refuse(
                group,
                $"I failed at it, which is a fault of mine (ref {reference}): tell an administrator, or write the row in another way"
            );
            return true;
        }

        var (key, known) = await Locate(group[0], cancel);
        if (Collision(group[0], key, known?.Value, names) is { } collision)
        {
            batch.Refuse(group, collision);
            return true;
        }

        if (!batch.Keys.Add(key))
        {
            // The same customer by its key and by its name: a document is written once in a commit.
            return false;
        }

        await Take(batch, group, key, known, names.Given, cancel);
        return true;
    }

    private async ValueTask<(CustomerKey Key, Versioned<Customer>? Known)> Locate(
        CustomerRow row,
        CancellationToken cancel
    )
    {
        var key = row.Key ?? (await book.Find(row.Name!, cancel))!.Value.Key;
        return (key, await book.Read(key, cancel));
    }

    /// <summary>
    /// Why a row may mean another customer than the one whose key it leads to; null when it means that one. Else one
    /// customer would silently take the other's place.
    /// </summary>
    private static string? Collision(
        CustomerRow row,
        CustomerKey key,
        Customer? known,
        FileNames names
    )
    {
        if (row.Key is null)
        {
            return
                known is null
                && names.Claims.TryGetValue(key, out var claim)
                && claim.Name is { } other
                && CustomerIndexes.Plain(other) != CustomerIndexes.Plain(row.Name!)
                ? $"Its name would become the key “{key}”, which line {claim.Line} gives to “{CsvRow.Short(other)}”: write a key for it"
                : null;
        }

        return
            known is not null
            && !row.IsKeyExact
            && (
                row.Name is null
                || CustomerIndexes.Plain(row.Name) != CustomerIndexes.Plain(known.Name)
            )
            ? $"“{CsvRow.Short(row.KeySpelt!)}” would become the key “{key}”, which belongs to “{CsvRow.Short(known.Name)}”: write “{key}” if that is meant, or another key"
            : null;
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

        public void Refuse(IReadOnlyList<CustomerRow> rows, string why) =>
            Reports.AddRange(
                rows.Select(row => new RowReport(
                    row.Line,
                    row.Key?.Value ?? "",
                    RowOutcome.Refused,
                    Markdown.Typed(why)
                ))
            );

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

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "An import failed at the customer of line {Line}, which was left out (ref {Reference})"
        )]
        public static partial void Failed(
            ILogger logger,
            int line,
            string reference,
            Exception fault
        );
    }
}

/// <summary>What a file says of names and keys.</summary>
/// <param name="Given">The names that rows gave to customers so far, compared as names are.</param>
/// <param name="Claims">See <see cref="CustomerFile.Claims"/>.</param>
internal sealed record FileNames(
    Dictionary<string, CustomerKey> Given,
    IReadOnlyDictionary<CustomerKey, CustomerRow> Claims
)
{
    /// <summary>Of a file that is begun.</summary>
    public static FileNames Of(CustomerFile file) =>
        new(new Dictionary<string, CustomerKey>(StringComparer.Ordinal), file.Claims);
}
