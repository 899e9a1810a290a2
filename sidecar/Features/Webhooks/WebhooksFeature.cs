using Sidecar.Interactions;

namespace Sidecar.Features.Webhooks;

/// <summary>Other systems are told what happens (HOOK-1).</summary>
internal sealed class WebhooksFeature : IFeature
{
    public static void Register(FeatureBuilder feature) =>
        feature
            .Settings<WebhookSettings>()
            .Keeps(WebhookSubscription.Kind)
            .Keeps(WebhookDelivery.Kind)
            .Series(WebhookId.Series, "webhook")
            .Shares<FactTeller>()
            .Shares<HookKeys>()
            .Shares<HookResolver>()
            .Shares<HookNetwork>()
            .Shares<HookSender>()
            .Shares<HookAttempt>()
            .Shares<WebhookPump>()
            .Shares<WebhookStore>()
            .Shares<WebhookWish>()
            .Runs<WebhookPump>()
            .Due<ForgetDeliveries>()
            .Command<AddWebhook>()
            .Dialog<AddWebhook, NewWebhook>()
            .Command<ListWebhooks>()
            .Command<ShowWebhook>()
            .Command<ListFacts>()
            .Command<TestWebhook>()
            .Action<TestWebhook, WebhookRef>()
            .Command<PauseWebhook>()
            .Command<ResumeWebhook>()
            .Command<RotateKey>()
            .Command<ReplayWebhook>()
            .Command<RemoveWebhook>()
            .Adds<ICompletion, CompleteWebhooks>();
}
