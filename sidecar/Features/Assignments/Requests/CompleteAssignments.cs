using Sidecar.Features.Assignments.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Assignments.Requests;

/// <summary>Assignments for who types the number of one: those with a part of theirs first.</summary>
internal sealed class CompleteAssignments(Store store, RoleStore roles) : ICompletion
{
    public string Name => RequestArguments.Completed;

    public async ValueTask<IReadOnlyList<OfferedWord>> Offer(
        UserId reader,
        string typed,
        CancellationToken cancel
    ) =>
        RequestRights.Read.Allows(await roles.Of(reader, cancel))
            ? await OfferedNumbers.Of(
                store,
                AssignmentIndexes.Kind,
                AssignmentId.Series,
                typed,
                [
                    (AssignmentIndexes.ByPerson, IndexKey.Empty.Then(reader.Value)),
                    (AssignmentIndexes.ByPlace, IndexKey.Empty),
                ],
                a => (a.Id.Number, a.State.Label(), $"{a.CustomerName}: {a.Kind.Label()}"),
                cancel
            )
            : [];
}
