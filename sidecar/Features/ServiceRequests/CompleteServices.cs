using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.ServiceRequests;

/// <summary>Service requests for who types the number of one: what they prepared or deliver first.</summary>
internal sealed class CompleteServices(Store store, RoleStore roles)
    : OfferedNumbers<ServiceRequest>(store)
{
    public override string Name => ServiceArguments.Completed;

    protected override DocumentKind<ServiceRequest> Kind => ServiceIndexes.Kind;

    protected override string Series => ServiceRequestId.Series;

    protected override async ValueTask<
        IReadOnlyList<(DocumentIndex<ServiceRequest> Index, IndexKey Prefix)>
    > Lists(UserId reader, CancellationToken cancel) =>
        ServiceRights.Read.Allows(await roles.Of(reader, cancel))
            ?
            [
                (ServiceIndexes.ByPerson, IndexKey.Empty.Then(reader.Value)),
                (ServiceIndexes.ByDue, IndexKey.Empty),
            ]
            : [];

    protected override (long Number, string State, string About) Tell(ServiceRequest document) =>
        (
            document.Id.Number,
            document.State.Label(),
            $"{document.CustomerName}: {document.Sow.Title}"
        );
}
