using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sidecar.Features.Customers.Changes;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Webhooks;

/// <summary>All subscriptions of other systems, and the ways in which they change.</summary>
internal sealed class WebhookStore(
    Store store,
    FactTeller teller,
    HookKeys keys,
    WebhookSettings settings,
    TimeProvider clock
)
{
    /// <summary>What a test is called, which nobody subscribes to.</summary>
    public const string TestType = "webhook.test";

    /// <summary>As many deliveries are sent again at once.</summary>
    public const int MostReplayed = 1000;

    private const int AtOnce = 100;

    /// <summary>Sets one up. The same act, delivered twice, sets one up.</summary>
    /// <returns>
    /// The subscription and its key, shown once; the key is null when the act was done before, both when there are too many.
    /// </returns>
    public async Task<(WebhookSubscription? Made, string? Key)> Add(
        string address,
        ImmutableArray<string> facts,
        UserId by,
        string act,
        CancellationToken cancel
    )
    {
        while (true)
        {
            if (
                await store.Find(IdempotencyRecord.Kind, act, cancel) is { Value.Made: var made }
                && await store.Find(WebhookSubscription.Kind, made, cancel) is { Value: var before }
            )
            {
                return (before, null);
            }

            // Read before they are counted: who adds one meanwhile changes it, and this commit fails.
            var last = await store.Find(LastWebhook.Kind, LastWebhook.Id, cancel);
            if ((await teller.All(cancel)).Length >= FactTeller.Most)
            {
                return (null, null);
            }

            var now = clock.GetUtcNow();
            var id = new WebhookId(await store.Engine.NextNumber(WebhookId.Series, cancel));
            var (shown, kept) = keys.Make(id);
            var subscription = new WebhookSubscription(id, address, facts, by, now)
            {
                Keys = [kept],
            };
            var change = Recorded(
                    now,
                    by,
                    id,
                    new WebhookFact.HookAdded(by, WebhookWords.PlaceOf(address), facts)
                )
                .Add(IdempotencyRecord.Kind, act, new IdempotencyRecord(id.ToString(), now))
                .Add(WebhookSubscription.Kind, id.ToString(), subscription)
                .Due(ForgetDeliveries.Kind, ForgetDeliveries.Id, now.AddDays(1));
            _ = last is null
                ? change.Add(LastWebhook.Kind, LastWebhook.Id, new LastWebhook(id))
                : change.Replace(LastWebhook.Kind, last, new LastWebhook(id));
            if (await store.Commit(change, cancel))
            {
                return (subscription, shown);
            }
        }
    }

    public async ValueTask<WebhookSubscription?> Find(WebhookId id, CancellationToken cancel) =>
        (await store.Find(WebhookSubscription.Kind, id.ToString(), cancel))?.Value;

    public ValueTask<ImmutableArray<WebhookSubscription>> All(CancellationToken cancel) =>
        teller.All(cancel);

    /// <summary>The latest deliveries, the last first.</summary>
    public async ValueTask<IReadOnlyList<WebhookDelivery>> Latest(
        WebhookId id,
        int limit,
        CancellationToken cancel
    ) =>
        [
            .. (
                await store.List(
                    WebhookDelivery.Kind,
                    WebhookDelivery.ByTime,
                    WebhookDelivery.Of(id),
                    null,
                    limit,
                    cancel
                )
            ).Items.Select(d => d.Value),
        ];

    /// <summary>How many became dead letters, counted up to a limit.</summary>
    public ValueTask<int> CountDead(WebhookId id, int atMost, CancellationToken cancel) =>
        store.Count(
            WebhookDelivery.Kind,
            WebhookDelivery.Dead,
            WebhookDelivery.Of(id),
            atMost,
            cancel
        );

    /// <summary>Another key; the one before counts for a while beside it, or, where it is known to others, no longer.</summary>
    /// <returns>The new key, shown once; null when there is no such subscription.</returns>
    public async Task<(string Key, DateTimeOffset FormerUntil)?> Rotate(
        WebhookId id,
        UserId by,
        bool atOnce,
        CancellationToken cancel
    )
    {
        while (await store.Find(WebhookSubscription.Kind, id.ToString(), cancel) is { } read)
        {
            var now = clock.GetUtcNow();
            var until = atOnce ? now : now.AddHours(settings.KeyOverlapHours);
            var (shown, kept) = keys.Make(id);
            // Of those before only the last one counts on: a header with ever more signatures helps nobody.
            var former = read
                .Value.KeysAt(now)
                .Take(1)
                .Where(_ => !atOnce)
                .Select(k => k with { Until = until });
            var change = Recorded(now, by, id, new WebhookFact.KeyRotated(by, until))
                .Replace(
                    WebhookSubscription.Kind,
                    read,
                    read.Value with
                    {
                        Keys = [kept, .. former],
                    }
                );
            if (await store.Commit(change, cancel))
            {
                return (shown, until);
            }
        }

        return null;
    }

    /// <summary>Holds what it is to be told, or lets it go on.</summary>
    /// <returns>As it is now; null when there is no such subscription.</returns>
    public async Task<WebhookSubscription?> Hold(
        WebhookId id,
        UserId by,
        bool isHeld,
        CancellationToken cancel
    )
    {
        while (await store.Find(WebhookSubscription.Kind, id.ToString(), cancel) is { } read)
        {
            var wanted = isHeld ? WebhookState.Paused : WebhookState.Active;
            if (read.Value.State == wanted)
            {
                return read.Value;
            }

            var now = clock.GetUtcNow();
            var next = read.Value with
            {
                State = wanted,
                StateAt = now,
                ResumedAt = isHeld ? read.Value.ResumedAt : now,
            };
            WebhookFact fact = isHeld
                ? new WebhookFact.HookPaused(by)
                : new WebhookFact.HookResumed(by);
            var change = Recorded(now, by, id, fact).Replace(WebhookSubscription.Kind, read, next);
            if (!isHeld)
            {
                FactTeller.Wake(change, id);
            }

            if (await store.Commit(change, cancel))
            {
                return next;
            }
        }

        return null;
    }

    /// <summary>It is told nothing any more, and nobody can sign as it.</summary>
    public async Task<WebhookSubscription?> Remove(
        WebhookId id,
        UserId by,
        CancellationToken cancel
    )
    {
        while (await store.Find(WebhookSubscription.Kind, id.ToString(), cancel) is { } read)
        {
            var change = Recorded(clock.GetUtcNow(), by, id, new WebhookFact.HookRemoved(by))
                .Delete(WebhookSubscription.Kind, read);
            FactTeller.Wake(change, id);
            if (await store.Commit(change, cancel))
            {
                return read.Value;
            }
        }

        return null;
    }

    /// <summary>Tries it out, once; whoever asked is told what came of it.</summary>
    public async Task<WebhookSubscription?> Test(WebhookId id, UserId by, CancellationToken cancel)
    {
        while (await store.Find(WebhookSubscription.Kind, id.ToString(), cancel) is { } read)
        {
            var change = Recorded(clock.GetUtcNow(), by, id, new WebhookFact.HookTested(by))
                .Replace(WebhookSubscription.Kind, read, read.Value);
            FactTeller.Add(
                change,
                id,
                new OutgoingFact(TestType, new JsonObject { ["subscription"] = id.ToString() }),
                by
            );
            if (await store.Commit(change, cancel))
            {
                return read.Value;
            }
        }

        return null;
    }

    /// <summary>Sends one delivery again.</summary>
    /// <returns>How many: none when there is no such delivery, or it waits already.</returns>
    public async Task<int> Replay(
        WebhookId id,
        string delivery,
        UserId by,
        CancellationToken cancel
    ) =>
        await store.Find(WebhookDelivery.Kind, delivery, cancel) is { Value: var found }
        && found.Subscription == id
            ? await Replay(id, [found], by, cancel)
            : 0;

    /// <summary>Sends again what could not be delivered, the oldest first.</summary>
    public async Task<int> ReplayDead(WebhookId id, UserId by, CancellationToken cancel)
    {
        var dead = await store.List(
            WebhookDelivery.Kind,
            WebhookDelivery.Dead,
            WebhookDelivery.Of(id),
            null,
            MostReplayed,
            cancel
        );
        return await Replay(id, [.. dead.Items.Select(d => d.Value)], by, cancel);
    }

    /// <summary>Sends again all that happened since a time, the oldest first, whether it was delivered or not.</summary>
    public async Task<int> ReplaySince(
        WebhookId id,
        DateTimeOffset since,
        UserId by,
        CancellationToken cancel
    )
    {
        var found = new List<WebhookDelivery>();
        IndexPosition? after = null;
        do
        {
            var page = await store.List(
                WebhookDelivery.Kind,
                WebhookDelivery.ByTime,
                WebhookDelivery.Of(id),
                after,
                AtOnce,
                cancel
            );
            found.AddRange(page.Items.Select(d => d.Value).TakeWhile(d => d.At >= since));
            after = page.Items is [.., { Value.At: var last }] && last >= since ? page.Next : null;
        } while (after is not null);

        found.Reverse();
        return await Replay(
            id,
            [.. found.Where(d => d.TestedBy is null).Take(MostReplayed)],
            by,
            cancel
        );
    }

    private async Task<int> Replay(
        WebhookId id,
        IReadOnlyList<WebhookDelivery> deliveries,
        UserId by,
        CancellationToken cancel
    )
    {
        var queued = 0;
        foreach (var some in deliveries.Chunk(AtOnce))
        {
            while (true)
            {
                var now = clock.GetUtcNow();
                var again = new List<Versioned<WebhookDelivery>>();
                foreach (var one in some)
                {
                    if (
                        await store.Find(WebhookDelivery.Kind, one.Id, cancel) is
                        { Value.State: not DeliveryState.Waiting } read
                    )
                    {
                        again.Add(read);
                    }
                }

                if (again.Count == 0)
                {
                    break;
                }

                var change = Recorded(now, by, id, new WebhookFact.HookReplayed(by, again.Count));
                foreach (var read in again)
                {
                    var next = read.Value with
                    {
                        State = DeliveryState.Waiting,
                        QueuedAt = now,
                        Tries = 0,
                        TestedBy = null,
                    };
                    change.Replace(WebhookDelivery.Kind, read, next);
                    FactTeller.Queue(change, next);
                }

                FactTeller.Wake(change, id);
                if (await store.Commit(change, cancel))
                {
                    queued += again.Count;
                    break;
                }
            }
        }

        return queued;
    }

    private static Change Recorded(DateTimeOffset now, UserId by, WebhookId id, WebhookFact fact) =>
        new Change(now, by.Value).Record(
            WebhookSubscription.Subject(id),
            fact,
            WebhookJson.Default.WebhookFact
        );
}

internal sealed record NoSuchWebhook(WebhookId Id)
    : Refusal(
        Markdown.Of(
            $"There is no {Id}, and nothing was changed. {Markdown.Code($"/{SlashCommand.Trigger} webhook list")} shows all."
        )
    );
