using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Features.Webhooks;

/// <summary>
/// Queues what other systems are told of facts, in the commit that makes the facts: both are there afterwards, or neither
/// (HOOK-1).
/// </summary>
internal sealed class FactTeller(Store store)
{
    /// <summary>How many subscriptions there can be: each fact is written once for each.</summary>
    public const int Most = 20;

    private const int Version = 1;

    // Quotes and umlauts as they are: it is no part of a page.
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Adds the deliveries to a change.</summary>
    public async ValueTask Tell(
        Change change,
        IReadOnlyList<OutgoingFact> facts,
        CancellationToken cancel
    )
    {
        if (facts.Count == 0)
        {
            return;
        }

        foreach (var subscription in await All(cancel))
        {
            foreach (var (place, fact) in facts.Index().Where(f => subscription.Wants(f.Item.Type)))
            {
                Add(change, subscription.Id, fact, testedBy: null, place);
            }
        }
    }

    /// <summary>All subscriptions, by number.</summary>
    public async ValueTask<ImmutableArray<WebhookSubscription>> All(CancellationToken cancel) =>
        [
            .. (
                await store.List(
                    WebhookSubscription.Kind,
                    WebhookSubscription.ByNumber,
                    IndexKey.Empty,
                    null,
                    Most,
                    cancel
                )
            ).Items.Select(s => s.Value),
        ];

    /// <summary>Adds one delivery.</summary>
    public static WebhookDelivery Add(
        Change change,
        WebhookId to,
        OutgoingFact fact,
        UserId? testedBy,
        int place = 0
    )
    {
        var delivery = new WebhookDelivery(
            "msg_" + EffectId.New().Value,
            to,
            fact.Type,
            change.Now,
            Payload(fact, change.Now)
        )
        {
            QueuedAt = change.Now,
            Place = place,
            TestedBy = testedBy,
        };
        change.Add(WebhookDelivery.Kind, delivery.Id, delivery);
        Queue(change, delivery);
        return delivery;
    }

    /// <summary>A delivery goes into the outbox; one that was there before goes there again.</summary>
    public static void Queue(Change change, WebhookDelivery delivery) =>
        change.Do(
            new Effect.CallHook(delivery.Subscription.ToString(), delivery.Id)
            {
                About = delivery.Subscription.ToString(),
                IsTest = delivery.TestedBy is not null,
            }
        );

    /// <summary>
    /// All that waits for a time, or for its subscription to go on, waits no longer: said in the commit itself, so that
    /// whichever process serves the lane hears of it.
    /// </summary>
    public static void Wake(Change change, WebhookId id) =>
        change.Do(new Effect.CallHook(id.ToString(), "") { About = id.ToString() });

    private static string Payload(OutgoingFact fact, DateTimeOffset at) =>
        new JsonObject
        {
            ["type"] = fact.Type,
            ["timestamp"] = at.UtcDateTime,
            ["version"] = Version,
            ["data"] = fact.Data.DeepClone(),
        }.ToJsonString(Plain);
}
