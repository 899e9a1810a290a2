using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Requests;
using Sidecar.Features.Assignments.Reviews;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Panel;

/// <summary>Assignments as the panel lists, opens and requests them (ASG-1, ASG-6).</summary>
internal sealed class AssignmentsInPanel(
    Store store,
    AssignmentStore book,
    PeopleDirectory people,
    AssignmentSettings settings,
    TimeProvider clock
) : IPanelRequests
{
    private const int Most = 100;
    private const int TitleLength = 160;

    public string Series => AssignmentId.Series;

    public string Stored => AssignmentIndexes.Kind.Name;

    public string Title => "Assigned engineers";

    public (string, Permission) Make => ("engineer request", RequestRights.Request);

    public Permission Read => RequestRights.Read;

    public async ValueTask<IReadOnlyList<RequestShown>> Open(
        UserId reader,
        CancellationToken cancel
    ) => [.. (await UnderWay(cancel)).Where(a => a.Engineer is null).Select(Shown)];

    public async ValueTask<IReadOnlyList<RequestShown>> Of(
        UserId person,
        CancellationToken cancel
    ) =>
        [
            .. (await List(AssignmentIndexes.ByPerson, IndexKey.Empty.Then(person.Value), cancel))
                .Concat(
                    (await UnderWay(cancel)).Where(a =>
                        a.Engineer is null && a.RequestedBy == person
                    )
                )
                .DistinctBy(a => a.Id)
                .Select(Shown),
        ];

    /// <summary>Those whose check-ins come into the channel.</summary>
    public async ValueTask<IReadOnlyList<RequestShown>> In(
        ChannelId channel,
        CancellationToken cancel
    ) => [.. (await UnderWay(cancel)).Where(a => a.CheckIns?.Place?.Id == channel).Select(Shown)];

    public async ValueTask<RequestDetails?> Find(
        long number,
        ActingPerson reader,
        CancellationToken cancel
    )
    {
        if (await book.Find(new AssignmentId(number), cancel) is not { Value: var assignment })
        {
            return null;
        }

        var zone = await people.ZoneOf(reader.User, cancel);
        return new RequestDetails(
            Shown(assignment),
            assignment.Why,
            [
                // The panel has a place of its own for where it stands.
                .. RequestCard
                    .Fields(assignment)
                    .Where(f => f.Name != "State")
                    .Select(f => (f.Name, f.Value)),
                .. assignment.State == AssignmentState.Active
                    ?
                    [
                        (
                            "On record",
                            ReviewWords.Describe(assignment, settings, clock.GetUtcNow(), zone)
                        ),
                    ]
                    : ((string, Markdown)[])[],
            ],
            [.. Actions(assignment, reader)]
        );
    }

    public async ValueTask<IReadOnlyList<RequestEntry>> Latest(
        long number,
        long? before,
        int limit,
        CancellationToken cancel
    ) =>
        [
            .. (await book.LatestHistory(new AssignmentId(number), before, limit, cancel)).Select(
                e => new RequestEntry(e.Sequence, e.At, e.Fact.ToldTo(isOurs: false))
            ),
        ];

    private static RequestShown Shown(Assignment assignment) =>
        new(
            assignment.Id.ToString(),
            assignment.CustomerName,
            assignment.Why.Length == 0
                ? assignment.Kind.Label()
                : MarkdownEscaper.Shorten(assignment.Why.ReplaceLineEndings(" "), TitleLength),
            assignment.State.Label(),
            assignment.Engineer,
            assignment.EndsOn
                ?? (assignment.State == AssignmentState.Active ? assignment.ReviewOn : null),
            assignment.WaitsForReview ? "its review waits for an answer" : null
        );

    private static IEnumerable<PanelAction> Actions(Assignment assignment, ActingPerson actor) =>
        assignment.State switch
        {
            AssignmentState.Requested => WhileRequested(assignment, actor),
            AssignmentState.Approved => WhileApproved(assignment, actor),
            AssignmentState.Active => HandingOver(assignment, actor)
                .Concat(WhileActive(assignment, actor)),
            _ => [],
        };

    private static IEnumerable<PanelAction> WhileRequested(
        Assignment assignment,
        ActingPerson actor
    )
    {
        var id = assignment.Id;
        if (
            RequestRights.VettingRoles.Any(role =>
                actor.Is(role) && assignment.Approvals.All(a => a.As != role)
            )
        )
        {
            yield return Run("Approve", $"engineer approve {id}");
        }

        if (RequestRights.Vet.Allows(actor))
        {
            yield return Run("Decline…", $"engineer decline {id}", isEnding: true);
        }

        if (RequestRights.Withdraw.Allows(actor, assignment.RequestedBy == actor.User))
        {
            yield return Run("Withdraw it", $"engineer withdraw {id}", isEnding: true);
        }
    }

    private static IEnumerable<PanelAction> WhileApproved(Assignment assignment, ActingPerson actor)
    {
        if (RequestRights.Assign.Allows(actor))
        {
            yield return Act("Name the engineer…", PanelAct.Assign, assignment);
        }

        if (RequestRights.Withdraw.Allows(actor, assignment.RequestedBy == actor.User))
        {
            yield return Run("Withdraw it", $"engineer withdraw {assignment.Id}", isEnding: true);
        }
    }

    private static IEnumerable<PanelAction> HandingOver(Assignment assignment, ActingPerson actor)
    {
        var id = assignment.Id;
        switch (assignment.HandOver)
        {
            case { To: { } to } when to == actor.User:
                yield return Run("Accept", $"engineer handover {id} accept");
                yield return Run("Decline…", $"engineer handover {id} decline");
                break;
            case { To: null } when ReviewRights.NameSuccessor.Allows(actor):
                yield return Act("Hand over to…", PanelAct.HandOver, assignment);
                break;
        }
    }

    private static IEnumerable<PanelAction> WhileActive(Assignment assignment, ActingPerson actor)
    {
        var id = assignment.Id;
        var isEngineer = assignment.Engineer == actor.User;
        var hasPart = assignment.HasPart(actor.User);
        if (assignment.Turn?.AskedAt is not null && hasPart)
        {
            yield return Run("Answer check-in…", $"checkin {assignment.Customer.Value}");
        }

        if (
            assignment is { WaitsForReview: true, HandOver: null }
            && ReviewRights.Review.Allows(
                actor,
                isEngineer || assignment.CustomerEngineer == actor.User
            )
        )
        {
            yield return Run("Review…", $"engineer review {id}");
        }

        if (
            !assignment.IsInternal
            && assignment.Communicated is null
            && RequestRights.Tell.Allows(actor, hasPart)
        )
        {
            yield return Run("The customer was told…", $"engineer told {id}");
        }

        if (ReviewRights.Keep.Allows(actor, hasPart))
        {
            yield return Run("Note a meeting…", $"engineer meeting {id}");
            yield return Run("Record a document…", $"engineer doc {id}");
            yield return Run("Environment…", $"engineer environment {id}");
        }

        if (!assignment.IsInternal && RequestRights.BackUp.Allows(actor, isEngineer))
        {
            yield return Act("Name the back-up…", PanelAct.BackUp, assignment);
        }

        if (assignment.HandOver is null && ReviewRights.HandOver.Allows(actor, isEngineer))
        {
            yield return Run("Ask to hand it over…", $"engineer handover {id}");
        }

        if (RequestRights.End.Allows(actor))
        {
            yield return Run("End it…", $"engineer end {id}", isEnding: true);
        }
    }

    private static PanelAction Run(string label, string command, bool isEnding = false) =>
        new(label, PanelAsk.Command(command), isEnding);

    private static PanelAction Act(string label, PanelAct act, Assignment assignment) =>
        new(label, PanelAsk.Of(act, $"{assignment.Id}"));

    /// <summary>Those that are requested, and those that have a place: a few dozen.</summary>
    private async ValueTask<IEnumerable<Assignment>> UnderWay(CancellationToken cancel) =>
        (await List(AssignmentIndexes.ByPlace, IndexKey.Empty.Then(1L), cancel)).Concat(
            await List(AssignmentIndexes.ByPlace, IndexKey.Empty.Then(0L), cancel)
        );

    private async ValueTask<IEnumerable<Assignment>> List(
        DocumentIndex<Assignment> index,
        IndexKey of,
        CancellationToken cancel
    ) =>
        (await store.List(AssignmentIndexes.Kind, index, of, null, Most, cancel)).Items.Select(i =>
            i.Value
        );
}
