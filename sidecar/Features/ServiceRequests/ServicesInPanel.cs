using Sidecar.Features.Panel;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Time;

namespace Sidecar.Features.ServiceRequests;

/// <summary>Service requests as the panel lists, opens and makes them.</summary>
internal sealed class ServicesInPanel(
    Store store,
    ServiceRequestStore requests,
    IEnumerable<ServiceMove> moves,
    ServiceCalendar calendar,
    TimeProvider clock
) : IPanelRequests
{
    private const int Most = 100;

    public string Series => ServiceRequestId.Series;

    public string Stored => ServiceIndexes.Kind.Name;

    public string Title => "Service requests";

    public (string, Permission) Make => (ServiceWords.Group, ServiceRights.Prepare);

    public Permission Read => ServiceRights.Read;

    public async ValueTask<IReadOnlyList<RequestShown>> Open(
        UserId reader,
        CancellationToken cancel
    ) => [.. (await List(ServiceIndexes.ByDue, ServiceIndexes.Open, cancel)).Select(Shown)];

    public async ValueTask<IReadOnlyList<RequestShown>> Of(
        UserId person,
        CancellationToken cancel
    ) =>
        [
            .. (
                await List(ServiceIndexes.ByPerson, IndexKey.Empty.Then(person.Value), cancel)
            ).Select(Shown),
        ];

    public async ValueTask<IReadOnlyList<RequestShown>> In(
        ChannelId channel,
        CancellationToken cancel
    ) =>
        [
            .. (await List(ServiceIndexes.ByDue, ServiceIndexes.Open, cancel))
                .Where(r => r.Channel == channel)
                .Select(Shown),
        ];

    private async ValueTask<IEnumerable<ServiceRequest>> List(
        DocumentIndex<ServiceRequest> index,
        IndexKey of,
        CancellationToken cancel
    ) =>
        (await store.List(ServiceIndexes.Kind, index, of, null, Most, cancel)).Items.Select(i =>
            i.Value
        );

    public async ValueTask<RequestDetails?> Find(
        long number,
        ActingPerson reader,
        CancellationToken cancel
    )
    {
        if (await requests.Find(new ServiceRequestId(number), cancel) is not { Value: var request })
        {
            return null;
        }

        return new RequestDetails(
            Shown(request),
            request.Sow.Delivers,
            [
                // The panel has a place of its own for where it stands, and buttons for what comes next.
                .. ServiceCards
                    .Fields(request)
                    .Where(f => f.Name is not (ServiceCards.StateField or ServiceCards.NextField))
                    .Select(f => (f.Name, f.Value)),
            ],
            [
                .. ServiceMoves
                    .On(request)
                    .Where(on =>
                        moves.First(m => m.Name == on.Name).WhyNot(request, reader) is null
                    )
                    .Select(on => new PanelAction(
                        on.Label,
                        PanelAsk.Command($"{ServiceWords.Group} {on.Name} {request.Id}"),
                        on == ServiceMoves.Cancel
                    )),
            ]
        );
    }

    public async ValueTask<IReadOnlyList<RequestEntry>> Latest(
        long number,
        long? before,
        int limit,
        CancellationToken cancel
    ) =>
        [
            .. (
                await requests.LatestHistory(new ServiceRequestId(number), before, limit, cancel)
            ).Select(e => new RequestEntry(e.Sequence, e.At, e.Fact.ToldTo(isOurs: false))),
        ];

    private RequestShown Shown(ServiceRequest request) =>
        new(
            request.Id.ToString(),
            request.CustomerName,
            request.Sow.Title,
            request.State.Label(),
            request.State is ServiceState.Delivered
            || (request.State == ServiceState.AwaitingSignOff && request.Sow.By is not null)
            || request.IsChangeUnsigned
                ? request.PreparedBy
                : request.Sow.By,
            request.IsToBeDelivered ? request.Sow.DueOn : null,
            request.Risk(calendar, clock.GetUtcNow())
        );
}
