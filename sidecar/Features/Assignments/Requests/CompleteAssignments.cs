using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Finding;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Assignments.Requests;

/// <summary>Assignments for who types the number of one: those with a part of theirs first.</summary>
internal sealed class CompleteAssignments(Store store, RoleStore roles)
    : OfferedNumbers<Assignment>(store)
{
    public override string Name => RequestArguments.Completed;

    protected override DocumentKind<Assignment> Kind => AssignmentIndexes.Kind;

    protected override string Series => AssignmentId.Series;

    protected override async ValueTask<
        IReadOnlyList<(DocumentIndex<Assignment> Index, IndexKey Prefix)>
    > Lists(UserId reader, CancellationToken cancel) =>
        RequestRights.Read.Allows(await roles.Of(reader, cancel))
            ?
            [
                (AssignmentIndexes.ByPerson, IndexKey.Empty.Then(reader.Value)),
                (AssignmentIndexes.ByPlace, IndexKey.Empty),
            ]
            : [];

    protected override (long Number, string State, string About) Tell(Assignment document) =>
        (
            document.Id.Number,
            document.State.Label(),
            $"{document.CustomerName}: {document.Kind.Label()}"
        );
}
