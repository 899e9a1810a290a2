using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.ServiceRequests;

using Decision = Decision<ServiceRequest, ServiceFact>;

/// <summary>All service requests: how they are found, and the one way in which they change.</summary>
internal sealed class ServiceRequestStore(
    Store store,
    RoleStore roles,
    ServiceCalendar calendar,
    TimeProvider clock
)
    : AggregateStore<ServiceRequestId, ServiceRequest, ServiceFact>(
        ServiceIndexes.Kind,
        ServiceJson.Default.ServiceFact,
        store,
        roles,
        clock
    ),
        IShowsAgain
{
    /// <summary>Its card, wherever it stands.</summary>
    public async Task<bool> ShowAgain(PostName post, CancellationToken cancel) =>
        Of(post) is { } id
        && await ShowAgain(id, request => ServiceCards.Show(request, onBehalfOf: null), cancel);

    public async ValueTask<Effect.ShowCard?> Shown(PostName post, CancellationToken cancel) =>
        Of(post) is { } id && await Find(id, cancel) is { Value: var request }
            ? ServiceCards.Show(request, onBehalfOf: null) as Effect.ShowCard
            : null;

    private static ServiceRequestId? Of(PostName post) =>
        post.Value.StartsWith(ServiceRequestId.Series + "-", StringComparison.Ordinal)
            ? ServiceRequestId.Read(post.Value.Split('/')[0])
            : null;

    /// <summary>Commits one that is new.</summary>
    /// <returns>False when this act was committed before.</returns>
    public Task<bool> Add(
        Decision.Accepted made,
        Envelope from,
        DateTimeOffset now,
        CancellationToken cancel
    ) => Add(made.Next.Id, made, from, now, cancel);

    /// <summary>Adds one that is new to the change of what it was.</summary>
    public ValueTask AddTo(
        Change change,
        Decision.Accepted made,
        Envelope from,
        CancellationToken cancel
    ) => Include(change, made.Next.Id, made, from, cancel);

    protected override FactTable<ServiceRequest, ServiceFact> Told => ServiceRequestsTold.Table;

    protected override Refusal NoSuch(ServiceRequestId id) => new NoSuchServiceRequest(id);

    protected override Refusal Done(ServiceRequestId id) => new NoSuchServiceRequest(id);

    protected override void SetReminders(
        Change change,
        ServiceRequestId id,
        ServiceRequest? request
    ) => change.Due(RemindOfServiceRequest.Kind, id.ToString(), request?.NextReminderAt(calendar));

    protected override IEnumerable<Effect> Tell(
        ServiceRequest? before,
        Decision.Accepted decided,
        UserId? by
    ) =>
        decided.Facts.Count == 0
            ? []
            :
            [
                ServiceCards.Show(decided.Next, by),
                .. decided.Facts.SelectMany(f => ServiceNotices.Of(decided.Next, f, by)),
            ];

    /// <summary>What a message asks is settled when the request stands elsewhere.</summary>
    protected override Settlement? Settles(
        ServiceRequest before,
        Decision.Accepted decided,
        OpenMessage message
    ) =>
        message.Asks is null || message.Asks == ServiceNotices.Asks(decided.Next) ? null
        : decided.Facts.Count == 0 ? null
        : new Settlement(
            Markdown.Of($"{decided.Next.Id}: {decided.Facts[0].Sentence.OnOneLine()}"),
            IsGood: decided.Next.State != ServiceState.Cancelled
                && !decided.Facts.Any(f => f is ServiceFact.DeliveryReturned)
        );

    protected override Card? Refreshed(
        ServiceRequest before,
        Decision.Accepted decided,
        OpenMessage message
    ) =>
        decided.Facts.Count == 0
            ? null
            : ServiceCards.InMessage(
                decided.Next,
                message.To,
                mayEdit: message.Card.Controls.Any(c => c.Label == ServiceMoves.Edit.Label)
            );
}

/// <summary>By what service requests are found.</summary>
internal static class ServiceIndexes
{
    /// <summary>All, those that are not over first, what is due soonest first; then the latest.</summary>
    public static DocumentIndex<ServiceRequest> ByDue { get; } =
        new("by-due", r => [Order(IndexKey.Empty, r)]);

    /// <summary>Of each person who prepared one or delivers it, until it is over.</summary>
    public static DocumentIndex<ServiceRequest> ByPerson { get; } =
        new(
            "by-person",
            r =>
                r.IsOver
                    ? []
                    : new[] { r.PreparedBy, r.Sow.By }
                        .OfType<UserId>()
                        .Distinct()
                        .Select(p => Order(IndexKey.Empty.Then(p.Value), r))
        );

    /// <summary>What is maintained, by whom (SRV-3).</summary>
    public static DocumentIndex<ServiceRequest> ByMaintainer { get; } =
        new(
            "by-maintainer",
            r =>
                r.Maintenance is { By: not Maintainer.Nobody } plan
                    ?
                    [
                        IndexKey
                            .Empty.Then((long)plan.By)
                            .Then(plan.Who)
                            .Then(r.CustomerName)
                            .Then(r.Id.Number),
                    ]
                    : []
        );

    /// <summary>By the words in it, the latest first.</summary>
    public static WordIndex<ServiceRequest> ByWord { get; } =
        new(
            "by-word",
            r =>
                [
                    r.Id.ToString(),
                    r.Sow.Title,
                    r.CustomerName,
                    r.Sow.Delivers,
                    r.Delivery,
                    r.Maintenance?.Who,
                    r.Maintenance?.What,
                ],
            r => IndexKey.Empty.ThenDescending(r.Id.Number)
        );

    public static DocumentKind<ServiceRequest> Kind { get; } =
        new("service-request", ServiceJson.Default.ServiceRequest)
        {
            Indexes = [ByDue, ByPerson, ByMaintainer, ByWord.Index],
        };

    /// <summary>The first parts of the keys of those that are not over.</summary>
    public static IndexKey Open { get; } = IndexKey.Empty.Then(false);

    private static IndexKey Order(IndexKey group, ServiceRequest request) =>
        request.IsOver
            ? group.Then(true).ThenDescending(request.Id.Number)
            : group.Then(false).Then((long)request.Sow.DueOn.DayNumber).Then(request.Id.Number);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ServiceRequest))]
[JsonSerializable(typeof(ServiceFact))]
[JsonSerializable(typeof(NewServiceRequest))]
[JsonSerializable(typeof(ServiceMoveRef))]
internal sealed partial class ServiceJson : JsonSerializerContext;
