using Sidecar.Features.Customers;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations.Lists;

/// <summary>Escalations for who types the number of one: what is theirs first, then what is open.</summary>
internal sealed class CompleteEscalations(Store store, RoleStore roles, CustomerStore customers)
    : ICompletion
{
    public string Name => EscalationArguments.Completed;

    public async ValueTask<IReadOnlyList<OfferedWord>> Offer(
        UserId reader,
        string typed,
        CancellationToken cancel
    )
    {
        if (!EscalationRights.Read.Allows(await roles.Of(reader, cancel)))
        {
            return [];
        }

        var mayRead = await customers.MayRead(reader, cancel);
        return await OfferedNumbers.Of(
            store,
            EscalationIndexes.Kind,
            EscalationId.Series,
            typed,
            new[] { EscalationList.Of(reader), EscalationList.Open }
                .Select(list => list.For(mayRead))
                .Select(list => (list.Index, list.Prefix)),
            e =>
                (
                    e.Id.Number,
                    $"{Vocabulary.Severities.Label(e.Severity)}, {Vocabulary.States.Label(e.State)}",
                    $"{e.CustomerName}: {e.Summary}"
                ),
            cancel
        );
    }
}
