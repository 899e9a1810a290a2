using System.Collections.Immutable;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Requests;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Lists;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.MySummary;

/// <summary>Gathers what is somebody's (WEEK-2). It reads what is under way only, whatever has been.</summary>
internal sealed class Summaries(
    Store store,
    RoleStore roles,
    RoutingStore desk,
    IEnumerable<ISummarySource> others,
    TimeProvider clock
)
{
    // More than anybody works on; beyond it the lists have the rest.
    private const int Most = 100;

    public async Task<PersonalSummary> Of(UserId person, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var actor = await roles.Of(person, cancel);
        var lines = ImmutableArray.CreateBuilder<SummaryLine>();
        foreach (
            var escalation in await Escalations(EscalationIndexes.ByWorker, person.Value, cancel)
        )
        {
            lines.AddRange(EscalationLines.Of(escalation, person, now));
        }

        lines.AddRange(await ByDuty(actor, now, cancel));
        if (actor.Is(Role.ProductEngineering))
        {
            var waiting = Vocabulary.States.Code(EscalationState.AwaitingApproval);
            lines.AddRange(
                (await Escalations(EscalationIndexes.ByState, waiting, cancel)).Select(
                    EscalationLines.ToApprove
                )
            );
        }

        foreach (
            var assignment in await Assignments(
                AssignmentIndexes.ByPerson,
                IndexKey.Empty.Then(person.Value),
                cancel
            )
        )
        {
            lines.AddRange(AssignmentLines.Of(assignment, person, now));
        }

        foreach (
            var assignment in await Assignments(AssignmentIndexes.ByWaiting, IndexKey.Empty, cancel)
        )
        {
            lines.AddRange(AssignmentLines.Waiting(assignment, actor));
        }

        if (AssignmentLines.Vetting.Any(actor.Is))
        {
            var requested = IndexKey.Empty.Then(1L);
            lines.AddRange(
                (await Assignments(AssignmentIndexes.ByPlace, requested, cancel))
                    .Select(a => AssignmentLines.ToVet(a, actor))
                    .OfType<SummaryLine>()
            );
        }

        foreach (var other in others)
        {
            lines.AddRange(await other.Of(actor, now, cancel));
        }

        return new PersonalSummary(lines.ToImmutable(), now);
    }

    /// <summary>What waits for them though it is not theirs: raised by them, or theirs by duty or role.</summary>
    private async Task<IEnumerable<SummaryLine>> ByDuty(
        ActingPerson person,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var duty = await desk.Setup(cancel);
        var raised = await Escalations(EscalationIndexes.ByPerson, person.User.Value, cancel);
        var open = await Escalations(
            EscalationIndexes.ByPriority,
            EscalationList.Open.Prefix,
            cancel
        );
        // The retrospective's tasks are missed when it is resolved.
        var resolved = person.Is(Role.DeploymentEngineeringLead)
            ? await Escalations(
                EscalationIndexes.ByState,
                Vocabulary.States.Code(EscalationState.Resolved),
                cancel
            )
            : [];
        return
        [
            .. raised.Select(e => EscalationLines.Raised(e, person.User)).OfType<SummaryLine>(),
            .. open.Concat(resolved).SelectMany(e => EscalationLines.ByDuty(e, person, duty, now)),
        ];
    }

    private Task<IEnumerable<Escalation>> Escalations(
        DocumentIndex<Escalation> index,
        string of,
        CancellationToken cancel
    ) => Escalations(index, IndexKey.Empty.Then(of), cancel);

    private async Task<IEnumerable<Escalation>> Escalations(
        DocumentIndex<Escalation> index,
        IndexKey of,
        CancellationToken cancel
    ) =>
        (await store.List(EscalationIndexes.Kind, index, of, null, Most, cancel)).Items.Select(e =>
            e.Value
        );

    private async Task<IEnumerable<Assignment>> Assignments(
        DocumentIndex<Assignment> index,
        IndexKey of,
        CancellationToken cancel
    ) =>
        (await store.List(AssignmentIndexes.Kind, index, of, null, Most, cancel)).Items.Select(a =>
            a.Value
        );
}
