using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations.Lists;

/// <summary>
/// Escalations for who types the number of one: what is theirs first, then what is open. Title, severity and state are for
/// every member of the team, also of a private incident (ALL-7).
/// </summary>
internal sealed class CompleteEscalations(Store store, RoleStore roles, CustomerStore customers)
    : OfferedNumbers<Escalation>(store)
{
    public override string Name => EscalationArguments.Completed;

    protected override DocumentKind<Escalation> Kind => EscalationIndexes.Kind;

    protected override string Series => EscalationId.Series;

    protected override async ValueTask<
        IReadOnlyList<(DocumentIndex<Escalation> Index, IndexKey Prefix)>
    > Lists(UserId reader, CancellationToken cancel)
    {
        if (!EscalationRights.Read.Allows(await roles.Of(reader, cancel)))
        {
            return [];
        }

        var mayRead = await customers.MayRead(reader, cancel);
        return
        [
            .. new[] { EscalationList.Of(reader), EscalationList.Open }
                .Select(list => list.For(mayRead))
                .Select(list => (list.Index, list.Prefix)),
        ];
    }

    protected override (long Number, string State, string About) Tell(Escalation document) =>
        (
            document.Id.Number,
            $"{Vocabulary.Severities.Label(document.Severity)}, {Vocabulary.States.Label(document.State)}",
            $"{document.CustomerName}: {document.Summary}"
        );
}
