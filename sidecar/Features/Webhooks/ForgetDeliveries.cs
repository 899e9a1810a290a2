using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Webhooks;

/// <summary>Forgets deliveries when their time has passed, a part at a time.</summary>
internal sealed class ForgetDeliveries(Store store, WebhookSettings settings) : IDueTask
{
    public const string Id = "all";
    private const int AtOnce = 200;
    private static readonly TimeSpan UntilMore = TimeSpan.FromSeconds(1);

    public static string Kind => "webhook.forget-deliveries";

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var before = call.Now.AddDays(-settings.KeepDays);
        while (true)
        {
            var page = await store.List(
                WebhookDelivery.Kind,
                WebhookDelivery.ByAge,
                IndexKey.Empty,
                null,
                AtOnce,
                cancel
            );
            var old = page.Items.Where(d => d.Value.QueuedAt < before).ToList();
            var change = new Change(call.Now, nameof(ForgetDeliveries)).Due(
                Kind,
                call.Id,
                old.Count == AtOnce ? call.Now + UntilMore : call.Now.AddDays(1)
            );
            foreach (var delivery in old)
            {
                change.Delete(WebhookDelivery.Kind, delivery);
            }

            // What was held until now waits for nothing any more.
            foreach (
                var id in old.Where(d => d.Value.State == DeliveryState.Waiting)
                    .Select(d => d.Value.Subscription)
                    .Distinct()
            )
            {
                FactTeller.Wake(change, id);
            }

            if (await store.Commit(change, cancel))
            {
                return;
            }
        }
    }
}
