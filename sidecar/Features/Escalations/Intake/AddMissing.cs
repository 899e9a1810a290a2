using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Editing;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.Escalations.Intake;

/// <summary>
/// The card's button for what is missing (ESC-2): the form that adds the customer, or the one that has the ARR. The
/// escalation goes on, or is settled, by itself when it is there.
/// </summary>
internal sealed class AddMissing(EscalationStore book, CustomerStore customers)
    : IAction<EscalationRef>
{
    public static Permission Permission => CustomerRights.Write;

    public static ActionKey<EscalationRef> Key => EscalationKeys.Missing;

    public Task<Reply> Press(ActionCall<EscalationRef> call, CancellationToken cancel) =>
        Ask(call.Payload.Id, call.Envelope.User, cancel);

    /// <summary>Opens the form.</summary>
    public async Task<Reply> Ask(EscalationId id, UserId by, CancellationToken cancel)
    {
        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        if (EscalationControls.MissingLabel(escalation) is null)
        {
            return Reply.No(new NothingNew(escalation));
        }

        if (await customers.Known(escalation.CustomerName, cancel) is { } customer)
        {
            return EditForm.Open(customer, CustomerForms.Account);
        }

        // Whom nobody named is not called “Unknown customer”.
        var name =
            escalation.CustomerName == EscalationIntake.NobodyKnows ? "" : escalation.CustomerName;
        return AddForm.Open(
            CustomerKey.Of(name),
            name,
            new Customer(new CustomerKey(""), "", default, by)
        );
    }
}
