using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Editing;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Intake;

/// <summary>
/// The card's button for what is missing (ESC-2): the form that adds the customer, or the one that has the ARR. The
/// escalation goes on, or is settled, by itself when it is there.
/// </summary>
internal sealed class AddMissing(EscalationStore book, CustomerStore customers, AddForm add)
    : IAction<EscalationRef>,
        IDialogUpon<EscalationRef>
{
    private static readonly DialogKey<EscalationRef> Form = new(
        "escalation.add-customer",
        EscalationJson.Default.EscalationRef
    );

    public static Permission Permission => CustomerRights.Write;

    public static ActionKey<EscalationRef> Key => EscalationKeys.Missing;

    static DialogKey<EscalationRef> IDialog<EscalationRef>.Key => Form;

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
        var key = CustomerKey.Of(name);
        return Form.Open(
            AddForm.Form(
                key,
                name,
                new Customer(new CustomerKey(""), "", default, by),
                note: null
            ) with
            {
                Premise = Standing(escalation),
            },
            new EscalationRef(id),
            AddForm.WithoutForm(key, name)
        );
    }

    public async ValueTask<DialogForm?> Now(
        Submission<EscalationRef> form,
        CancellationToken cancel
    ) =>
        await book.Find(form.State.Id, cancel) is { Value: var escalation }
            ? DialogForm.Upon(Standing(escalation))
            : null;

    public Task<SubmissionReply> Submit(
        Submission<EscalationRef> submission,
        CancellationToken cancel
    ) =>
        add.Submit(
            new Submission<AddState>(submission.Envelope, new AddState(), submission.Answers),
            cancel
        );

    /// <summary>Somebody else may have said meanwhile whom they mean.</summary>
    private static Markdown Standing(Escalation escalation) =>
        escalation switch
        {
            { IsOver: true } => EscalationWords.Standing(escalation),
            { CustomerIsUnknown: true } => Markdown.Of(
                $"{escalation.Id} waits for “{escalation.CustomerName}” to be added."
            ),
            _ => Markdown.Of(
                $"{escalation.Id} is for {escalation.CustomerName} by now and does not wait for a new customer."
            ),
        };
}
