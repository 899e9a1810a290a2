using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Measures;
using Sidecar.Features.Customers.Measuring;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Changes;

using Decision = Decision<Customer, CustomerFact>;

/// <summary>
/// The one way in which customers change. Whatever a rule decides is committed with its entries in the audit trail, the
/// day on which its target changes next, and what CE and TAM must be told, or not at all.
/// </summary>
internal sealed class CustomerChanges(Store store, CustomerSettings settings, TimeProvider clock)
{
    /// <summary>Who is noted in the audit trail when only days have passed.</summary>
    private const string TargetReview = "ReviewTarget";

    /// <summary>So many days hold every trend.</summary>
    public const int HistoryRead = 400;

    /// <summary>
    /// Lets a rule decide about a customer and commits what it decided. When somebody else was quicker, the rule decides
    /// again on what they left.
    /// </summary>
    /// <param name="key">Which customer.</param>
    /// <param name="by">Who decides; null on the command line.</param>
    /// <param name="rule">Decides.</param>
    /// <param name="also">Adds to what is committed, when the rule accepts.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="with">The same for what must be read first; again each time before it is committed.</param>
    /// <param name="act">Names the act when it may be delivered twice: the second time nothing is changed.</param>
    public async Task<Decision> Decide(
        CustomerKey key,
        UserId? by,
        Func<Customer, DateTimeOffset, Decision> rule,
        Action<Change, Customer>? also,
        CancellationToken cancel,
        Func<Change, CancellationToken, ValueTask>? with = null,
        string? act = null
    )
    {
        while (true)
        {
            if (await store.Find(Customer.Kind, key.Value, cancel) is not { } read)
            {
                return new NoSuchCustomer(key.Value);
            }

            if (
                act is not null
                && await store.Find(IdempotencyRecord.Kind, act, cancel) is not null
            )
            {
                return new Decision.Accepted(read.Value);
            }

            var now = clock.GetUtcNow();
            var decision = rule(read.Value, now);
            if (decision is not Decision.Accepted { Facts.Count: > 0 } accepted)
            {
                return decision;
            }

            var change = new Change(now, ActorName(by));
            var next = accepted.Next with { ChangedAt = now, ChangedBy = by };
            var post = new CustomerPost(settings, now);
            change.Replace(Customer.Kind, read, post.File(change, next, null, accepted.Facts));
            post.Send(change);
            also?.Invoke(change, next);
            if (act is not null)
            {
                change.Add(IdempotencyRecord.Kind, act, new IdempotencyRecord(key.Value, now));
            }

            if (with is not null)
            {
                await with(change, cancel);
            }

            if (await store.Commit(change, cancel))
            {
                return decision;
            }
        }
    }

    /// <summary>
    /// Changes fields of a customer in a commit that is about something else, with all that follows from it. When somebody
    /// changes the customer meanwhile, the whole commit fails and is made again.
    /// </summary>
    /// <param name="change">The commit.</param>
    /// <param name="key">Which customer; one that is gone is left out.</param>
    /// <param name="by">Who changes it.</param>
    /// <param name="edit">The customer as it is from then on.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask EditWithin(
        Change change,
        CustomerKey key,
        UserId by,
        Func<Customer, Customer> edit,
        CancellationToken cancel
    )
    {
        if (await store.Find(Customer.Kind, key.Value, cancel) is not { } read)
        {
            return;
        }

        var edited = edit(read.Value);
        var differences = CustomerFields.Differences(read.Value, edited);
        if (differences.IsEmpty)
        {
            return;
        }

        var post = new CustomerPost(settings, change.Now);
        change.Replace(
            Customer.Kind,
            read,
            post.File(
                change,
                edited with
                {
                    ChangedAt = change.Now,
                    ChangedBy = by,
                },
                null,
                [new CustomerFact.Edited(by, differences)]
            )
        );
        post.Send(change);
    }

    /// <summary>
    /// Adds a customer. The same act (a retried delivery, a double click on the form's button) adds it once.
    /// </summary>
    /// <param name="customer">With a key that should be free.</param>
    /// <param name="act">Names the act.</param>
    /// <param name="by">Who adds it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null when it was added, by this act or by its first delivery; else whoever has the key.</returns>
    public async Task<Customer?> Add(
        Customer customer,
        string act,
        UserId by,
        CancellationToken cancel
    )
    {
        while (true)
        {
            if (await store.Find(IdempotencyRecord.Kind, act, cancel) is not null)
            {
                return null;
            }

            if (await store.Find(Customer.Kind, customer.Key.Value, cancel) is { } taken)
            {
                // Between the two looks the same act may have been done by its other delivery.
                return await HasMade(act, customer.Key, cancel) ? null : taken.Value;
            }

            var now = clock.GetUtcNow();
            var change = new Change(now, by.Value).Add(
                IdempotencyRecord.Kind,
                act,
                new IdempotencyRecord(customer.Key.Value, now)
            );
            var post = new CustomerPost(settings, now);
            post.Introduce(change, customer, by);
            post.Send(change);
            if (await store.Commit(change, cancel))
            {
                return null;
            }
        }
    }

    /// <summary>Whether an act has made this very customer: then what looks taken is its own.</summary>
    public async ValueTask<bool> HasMade(string act, CustomerKey key, CancellationToken cancel) =>
        await store.Find(IdempotencyRecord.Kind, act, cancel) is { Value.Made: var made }
        && made == key.Value;

    /// <summary>
    /// Records figures of a day; those not named stay as they are recorded for that day. Accepted without a fact when all
    /// was recorded already.
    /// </summary>
    public async Task<Decision> Record(
        CustomerKey key,
        UserId? by,
        MeasurementDraft draft,
        CancellationToken cancel
    )
    {
        while (true)
        {
            if (await store.Find(Customer.Kind, key.Value, cancel) is not { } read)
            {
                return new NoSuchCustomer(key.Value);
            }

            var now = clock.GetUtcNow();
            var id = Measurement.IdOf(key, draft.On);
            var before = await store.Find(Measurement.Kind, id, cancel);
            var (day, changes) = draft.Note(
                before?.Value ?? new Measurement(key, draft.On),
                by,
                now
            );
            var fact = new CustomerFact.Recorded(by, draft.On, changes);
            if (MeasurementDraft.Contradiction(day) is not null)
            {
                return new Contradictory(day);
            }

            if (fact.Figures.IsEmpty)
            {
                return new Decision.Accepted(read.Value);
            }

            if (
                !draft.IsBeyondSeats
                && MeasurementDraft.Doubt(day, fact.Figures, read.Value.Figures) is { } doubt
            )
            {
                return new MoreThanBought(doubt);
            }

            var change = new Change(now, ActorName(by));
            WriteDay(change, before, day);
            var history = await WithDay(read.Value, day, cancel);
            var figures = read.Value.Figures.Loses(day)
                ? Figures.Of(history)
                : read.Value.Figures.After(day);
            var next = read.Value with { Figures = figures, ChangedAt = now, ChangedBy = by };
            var post = new CustomerPost(settings, now);
            var filed = post.File(change, next, history, [fact]);
            change.Replace(Customer.Kind, read, filed);
            post.Send(change);
            if (await store.Commit(change, cancel))
            {
                return new Decision.Accepted(filed, fact);
            }
        }
    }

    /// <summary>Looks at a customer again because days have passed (MET-4).</summary>
    public async Task Review(CustomerKey key, DateTimeOffset now, CancellationToken cancel)
    {
        while (true)
        {
            var change = new Change(now, TargetReview);
            if (await store.Find(Customer.Kind, key.Value, cancel) is { } read)
            {
                var post = new CustomerPost(settings, now);
                change.Replace(Customer.Kind, read, post.File(change, read.Value, null, []));
                post.Send(change);
            }
            else
            {
                change.Due(CustomerPost.TargetChanges, key.Value, null);
            }

            if (await store.Commit(change, cancel))
            {
                return;
            }
        }
    }

    /// <summary>The latest days on which something was counted, the latest first.</summary>
    public async ValueTask<IReadOnlyList<Measurement>> History(
        CustomerKey key,
        int atMost,
        CancellationToken cancel
    )
    {
        var days = new List<Measurement>();
        IndexPosition? after = null;
        do
        {
            var page = await store.List(
                Measurement.Kind,
                Measurement.ByCustomer,
                IndexKey.Empty.Then(key.Value),
                after,
                Math.Min(atMost - days.Count, HistoryRead),
                cancel
            );
            days.AddRange(page.Items.Select(m => m.Value));
            after = page.Next;
        } while (after is not null && days.Count < atMost);

        return days;
    }

    /// <summary>The history with a day as it is from now on: all of it when only that can tell what is the latest.</summary>
    private async ValueTask<IReadOnlyList<Measurement>> WithDay(
        Customer customer,
        Measurement day,
        CancellationToken cancel
    )
    {
        var needed = customer.Figures.Loses(day) ? int.MaxValue : HistoryRead;
        var history = await History(customer.Key, needed, cancel);
        return [.. history.Where(m => m.On != day.On), day];
    }

    /// <summary>Who is noted in the audit trail.</summary>
    public static string ActorName(UserId? by) => by?.Value ?? "command line";

    /// <summary>Writes a day as it is from now on; one that has nothing left in it goes.</summary>
    public static void WriteDay(Change change, Versioned<Measurement>? before, Measurement after)
    {
        switch (before)
        {
            case null when after.IsEmpty:
                break;
            case null:
                change.Add(Measurement.Kind, after.Id, after);
                break;
            case { } read when after.IsEmpty:
                change.Delete(Measurement.Kind, read);
                break;
            default:
                change.Replace(Measurement.Kind, before, after);
                break;
        }
    }
}
