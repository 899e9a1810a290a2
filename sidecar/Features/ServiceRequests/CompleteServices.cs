using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.ServiceRequests;

/// <summary>Service requests for who types the number of one: what they prepared or deliver first.</summary>
internal sealed class CompleteServices(Store store, RoleStore roles) : ICompletion
{
    public string Name => ServiceArguments.Completed;

    public async ValueTask<IReadOnlyList<OfferedWord>> Offer(
        UserId reader,
        string typed,
        CancellationToken cancel
    ) =>
        ServiceRights.Read.Allows(await roles.Of(reader, cancel))
            ? await OfferedNumbers.Of(
                store,
                ServiceIndexes.Kind,
                ServiceRequestId.Series,
                typed,
                [
                    (ServiceIndexes.ByPerson, IndexKey.Empty.Then(reader.Value)),
                    (ServiceIndexes.ByDue, IndexKey.Empty),
                ],
                r => (r.Id.Number, r.State.Label(), $"{r.CustomerName}: {r.Sow.Title}"),
                cancel
            )
            : [];
}
