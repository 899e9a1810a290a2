using Sidecar.Features.MySummary;
using Sidecar.Features.Workload;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.ServiceRequests;

/// <summary>Service requests among what is found, what is somebody's, and what they have to do.</summary>
internal sealed class ServicesElsewhere(
    Store store,
    ServiceRequestSettings settings,
    ServiceCalendar calendar,
    TimeProvider clock
) : IFindable, ISummarySource, IWorkSource
{
    // More than anybody works on.
    private const int Most = 100;
    private const int MostFound = 10;

    /// <summary>Who gives what somebody leaves behind to somebody else.</summary>
    public Role Lead => Role.DeploymentEngineeringLead;

    public async ValueTask<IReadOnlyList<Markdown>> Find(
        SearchQuery query,
        UserId by,
        CancellationToken cancel
    )
    {
        var found = await store.Search(
            ServiceIndexes.Kind,
            ServiceIndexes.ByWord,
            query,
            new SearchFor<ServiceRequest>(MostFound),
            cancel
        );
        return found.Items.Count == 0
            ? []
            :
            [
                Markdown.Of($"#### Service requests with these words, the latest first"),
                .. ServiceTable.Of(found.Items.Select(i => i.Value), calendar, clock.GetUtcNow()),
                found.Next is null
                    ? Markdown.None
                    : Markdown.Of($"\nThere are more; another word narrows it down."),
            ];
    }

    async ValueTask<IReadOnlyList<SummaryLine>> ISummarySource.Of(
        ActingPerson person,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var theirs = await Of(person.User, cancel);
        // A lead names whoever delivers what nobody does, and hears of what is late.
        var others = person.Is(Role.DeploymentEngineeringLead)
            ? (
                await store.List(
                    ServiceIndexes.Kind,
                    ServiceIndexes.ByDue,
                    ServiceIndexes.Open,
                    null,
                    Most,
                    cancel
                )
            )
                .Items.Select(i => i.Value)
                .Where(r => theirs.All(t => t.Id != r.Id))
                .Select(r => ForLead(r))
            : [];
        return
        [
            .. theirs.Select(r => Line(r, person.User, now)).Concat(others).OfType<SummaryLine>(),
        ];
    }

    async ValueTask<OtherWork?> IWorkSource.Of(UserId person, CancellationToken cancel)
    {
        var count = (await Of(person, cancel)).Count(r =>
            r.Sow.By == person && r.State is ServiceState.SignedOff or ServiceState.InProgress
        );
        return count == 0
            ? null
            : new OtherWork(
                $"{count} service request{(count == 1 ? "" : "s")}",
                count * settings.LoadPoints
            );
    }

    private async ValueTask<IReadOnlyList<ServiceRequest>> Of(
        UserId person,
        CancellationToken cancel
    ) =>
        [
            .. (
                await store.List(
                    ServiceIndexes.Kind,
                    ServiceIndexes.ByPerson,
                    IndexKey.Empty.Then(person.Value),
                    null,
                    Most,
                    cancel
                )
            ).Items.Select(i => i.Value),
        ];

    /// <summary>What somebody who has a part in it does next; null when others do.</summary>
    private SummaryLine? Line(ServiceRequest request, UserId person, DateTimeOffset now)
    {
        var delivers = request.Sow.By == person;
        var due = calendar.Morning(request.Sow.DueOn.AddDays(1));
        return request.State switch
        {
            ServiceState.AwaitingSignOff when request.Sow.By is null => Waiting(
                request,
                "nobody is named who delivers it",
                Step(ServiceMoves.Edit, request)
            ),
            ServiceState.AwaitingSignOff when request.PreparedBy == person => Waiting(
                request,
                "the customer has yet to sign off",
                Step(ServiceMoves.Sign, request)
            ),
            ServiceState.InProgress when request.IsChangeUnsigned => Waiting(
                request,
                "the customer has yet to sign off the change",
                Step(ServiceMoves.Sign, request)
            ),
            ServiceState.SignedOff when delivers => new(
                SummaryLine.Of(due, now),
                due,
                Markdown.Of($"{Head(request)} is signed off: begin the work"),
                Step(ServiceMoves.Start, request)
            ),
            ServiceState.InProgress when delivers => new(
                SummaryLine.Of(due, now),
                due,
                Markdown.Of($"{Head(request)} is yours to deliver"),
                Step(ServiceMoves.Deliver, request)
            ),
            ServiceState.Delivered when request.PreparedBy == person => Waiting(
                request,
                "does the customer accept it?",
                Step(ServiceMoves.Accept, request)
            ),
            ServiceState.Accepted when delivers => Waiting(
                request,
                "does it need maintenance, and who does it?",
                Step(ServiceMoves.Complete, request)
            ),
            _ => null,
        };
    }

    private static SummaryLine? ForLead(ServiceRequest request) =>
        request.IsToBeDelivered && request.Sow.By is null
            ? Waiting(request, "nobody is named who delivers it", Step(ServiceMoves.Edit, request))
        : request.Reminded.Contains(ServiceReminder.OverdueForLeads) && request.IsToBeDelivered
            ? new SummaryLine(
                Urgency.Overdue,
                At: null,
                Markdown.Of(
                    $"{Head(request)} is overdue; {ServiceWords.Person(request.Sow.By)} delivers it"
                ),
                SummaryStep.Show($"service show {request.Id}", $"{request.Id}")
            )
        : null;

    private static SummaryLine Waiting(ServiceRequest request, string what, SummaryStep step) =>
        new(
            Urgency.Waiting,
            At: null,
            Markdown.Of($"{Head(request)}: {Markdown.Sentence(what)}"),
            step
        );

    private static SummaryStep Step(ServiceMoveName move, ServiceRequest request) =>
        new(move.Label, $"{ServiceWords.Group} {move.Name} {request.Id}", $"{request.Id}");

    private static Markdown Head(ServiceRequest request) =>
        Markdown.Of($"**{request.Id}** {request.CustomerName}");
}
