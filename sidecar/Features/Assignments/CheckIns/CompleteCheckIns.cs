using Sidecar.Chat;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Requests;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Assignments.CheckIns;

/// <summary>
/// Customers for who types one of whom there is a check-in: of those with an assigned engineer, one’s own first.
/// </summary>
internal sealed class CompleteCheckIns(Store store, RoleStore roles) : ICompletion
{
    /// <summary>As parameters name it.</summary>
    public const string Source = "check-ins";

    private const int LookedThrough = 100;

    public string Name => Source;

    public async ValueTask<IReadOnlyList<OfferedWord>> Offer(
        UserId reader,
        string typed,
        CancellationToken cancel
    ) =>
        [
            .. (await Of(reader, cancel))
                .Where(a => a.Customer.Value.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                .Take(ICompletion.Most)
                .Select(a => new OfferedWord(a.Customer.Value, a.CustomerName, "")),
        ];

    public async ValueTask<IReadOnlyList<ControlOption>> Find(
        OfferQuery query,
        CancellationToken cancel
    ) =>
        [
            .. (await Of(query.Reader, cancel))
                .Where(a =>
                    a.CustomerName.Contains(query.Typed, StringComparison.OrdinalIgnoreCase)
                )
                .Take(ICompletion.Most)
                .Select(a => new ControlOption(a.CustomerName, a.Customer.Value)),
        ];

    private async ValueTask<IReadOnlyList<Assignment>> Of(UserId reader, CancellationToken cancel)
    {
        if (!RequestRights.Read.Allows(await roles.Of(reader, cancel)))
        {
            return [];
        }

        var own = await List(AssignmentIndexes.ByPerson, IndexKey.Empty.Then(reader.Value), cancel);
        var all = await List(AssignmentIndexes.ByPlace, IndexKey.Empty.Then(0L), cancel);
        return
        [
            .. own.Concat(all)
                .Where(a => a.State == AssignmentState.Active)
                .DistinctBy(a => a.Customer),
        ];
    }

    private async ValueTask<IEnumerable<Assignment>> List(
        DocumentIndex<Assignment> index,
        IndexKey prefix,
        CancellationToken cancel
    ) =>
        (
            await store.List(AssignmentIndexes.Kind, index, prefix, null, LookedThrough, cancel)
        ).Items.Select(i => i.Value);
}
