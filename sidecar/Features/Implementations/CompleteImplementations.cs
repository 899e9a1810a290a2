using Sidecar.Features.Implementations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Implementations;

/// <summary>Implementation requests for who types the number of one: those with a part of theirs first.</summary>
internal sealed class CompleteImplementations(Store store, RoleStore roles) : ICompletion
{
    public string Name => ImplementationArguments.Completed;

    public async ValueTask<IReadOnlyList<OfferedWord>> Offer(
        UserId reader,
        string typed,
        CancellationToken cancel
    ) =>
        ImplementationRights.Read.Allows(await roles.Of(reader, cancel))
            ? await OfferedNumbers.Of(
                store,
                ImplementationIndexes.Kind,
                ImplementationId.Series,
                typed,
                [
                    (ImplementationIndexes.ByPerson, IndexKey.Empty.Then(reader.Value)),
                    (ImplementationIndexes.ByBacklog, IndexKey.Empty),
                ],
                it => (it.Id.Number, it.State.Label(), $"{it.CustomerName}: {it.Type.Label()}"),
                cancel
            )
            : [];
}
