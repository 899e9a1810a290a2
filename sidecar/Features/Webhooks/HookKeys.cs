using Sidecar.Ids;
using Sidecar.Interactions;

namespace Sidecar.Features.Webhooks;

/// <summary>
/// Keys of subscriptions. They are kept sealed, since they are needed again: whoever reads the store alone can sign
/// nothing.
/// </summary>
internal sealed class HookKeys(ISeal seal)
{
    private const string Purpose = "webhook-key";

    /// <summary>A new key: what is shown once, and what is kept.</summary>
    public (string Shown, SigningKey Kept) Make(WebhookId of)
    {
        var key = WebhookSignature.FreshKey();
        return (key, new SigningKey(seal.Seal(Purpose, Holder(of), key), null));
    }

    /// <summary>The keys that count now, the newest first; none when the seal can't be opened any more.</summary>
    public IReadOnlyList<string> Open(WebhookSubscription subscription, DateTimeOffset now) =>
        [
            .. subscription
                .KeysAt(now)
                .Select(k => seal.Open(Purpose, Holder(subscription.Id), k.Sealed))
                .OfType<string>(),
        ];

    // It is nobody's but the subscription's.
    private static UserId Holder(WebhookId of) => new(of.ToString());
}
