using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Webhooks;

/// <summary>Webhooks for who types the number of one: for administrators, since addresses are theirs to know.</summary>
internal sealed class CompleteWebhooks(Store store, RoleStore roles)
    : OfferedNumbers<WebhookSubscription>(store)
{
    public override string Name => WebhookArguments.Completed;

    protected override DocumentKind<WebhookSubscription> Kind => WebhookSubscription.Kind;

    protected override string Series => WebhookId.Series;

    protected override async ValueTask<
        IReadOnlyList<(DocumentIndex<WebhookSubscription> Index, IndexKey Prefix)>
    > Lists(UserId reader, CancellationToken cancel) =>
        WebhookRights.Administer.Allows(await roles.OfNow(reader, cancel))
            ? [(WebhookSubscription.ByNumber, IndexKey.Empty)]
            : [];

    protected override (long Number, string State, string About) Tell(
        WebhookSubscription document
    ) =>
        (
            document.Id.Number,
            Uri.TryCreate(document.Address, UriKind.Absolute, out var at) ? at.Host : "",
            ""
        );
}
