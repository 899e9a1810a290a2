using Sidecar.Features.Implementations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Implementations;

/// <summary>Implementation requests for who types the number of one: those with a part of theirs first.</summary>
internal sealed class CompleteImplementations(Store store, RoleStore roles)
    : OfferedNumbers<Implementation>(store)
{
    public override string Name => ImplementationArguments.Completed;

    protected override DocumentKind<Implementation> Kind => ImplementationIndexes.Kind;

    protected override string Series => ImplementationId.Series;

    protected override async ValueTask<
        IReadOnlyList<(DocumentIndex<Implementation> Index, IndexKey Prefix)>
    > Lists(UserId reader, CancellationToken cancel) =>
        ImplementationRights.Read.Allows(await roles.Of(reader, cancel))
            ?
            [
                (ImplementationIndexes.ByPerson, IndexKey.Empty.Then(reader.Value)),
                (ImplementationIndexes.ByBacklog, IndexKey.Empty),
            ]
            : [];

    protected override (long Number, string State, string About) Tell(Implementation document) =>
        (
            document.Id.Number,
            document.State.Label(),
            $"{document.CustomerName}: {document.Type.Label()}"
        );
}
