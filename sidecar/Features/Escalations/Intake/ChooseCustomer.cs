using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
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
/// Which customer it is for, where what was typed means none (ESC-2): only for those who may read customers, since who
/// is one must not be found out by trying names.
/// </summary>
internal sealed class ChooseCustomer(
    EscalationStore book,
    CustomerStore customers,
    NameCustomer name
) : IDialog<EscalationRef>
{
    private const string Suggested = "suggested";
    private const string Typed = "customer";

    public static Permission Permission => CustomerRights.Read;

    public static DialogKey<EscalationRef> Key { get; } =
        new("escalation.choose-customer", EscalationJson.Default.EscalationRef);

    /// <summary>Somebody who may can say which customer it is for.</summary>
    public static bool IsFor(Escalation escalation, ActingPerson actor) =>
        escalation is { IsOver: false, CustomerIsUnknown: true }
        && CustomerRights.Read.Allows(actor)
        && EscalationRights.Edit.Allows(
            actor,
            escalation.Owner == actor.User || escalation.Reporter == actor.User
        );

    /// <summary>Opens the form.</summary>
    public async Task<Reply> Ask(EscalationId id, UserId by, CancellationToken cancel)
    {
        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        if (
            await book.WouldRefuse(
                escalation,
                by,
                (current, actor, _) =>
                    !CustomerRights.Read.Allows(actor) ? new MayNot(CustomerRights.Read)
                    : IsFor(current, actor)
                        ? new Decision<Escalation, EscalationFact>.Accepted(current)
                    : current.CustomerIsUnknown && !current.IsOver
                        ? new MayNot(EscalationRights.Edit)
                    : new NothingToChange(current),
                cancel
            ) is
            { } why
        )
        {
            return Reply.No(why);
        }

        return Key.Open(
            new DialogForm(
                $"Customer of {id}",
                [
                    .. escalation.Suggested.IsEmpty
                        ? (DialogField[])[]
                        :
                        [
                            new DialogField(Suggested, "Did you mean", FieldKind.Choice)
                            {
                                Optional = true,
                                Options =
                                [
                                    .. escalation.Suggested.Select(s => new ControlOption(
                                        s.Name,
                                        s.Key.Value
                                    )),
                                ],
                            },
                        ],
                    CustomerArguments.Field(
                        Typed,
                        preset: null,
                        "Name or key of a customer that has been added."
                    ) with
                    {
                        Optional = !escalation.Suggested.IsEmpty,
                    },
                ]
            )
            {
                Introduction = Markdown.Of(
                    $"**{id}** was raised for “{escalation.CustomerName}”: {escalation.Summary}"
                ),
                SubmitLabel = "Choose",
            },
            new EscalationRef(id),
            Markdown.Of(
                $"Write it as a command instead: {EscalationWords.Command($"edit {id} customer name")}"
            )
        );
    }

    public async Task<SubmissionReply> Submit(
        Submission<EscalationRef> submission,
        CancellationToken cancel
    )
    {
        var id = submission.State.Id;
        var typed = submission[Typed] is { Length: > 0 } written ? written : submission[Suggested];
        if (typed.Length == 0)
        {
            return SubmissionReply.Mark(Typed, "Write the name or key of a customer.");
        }

        if (await customers.Known(typed, cancel) is not { } customer)
        {
            return SubmissionReply.Mark(
                Typed,
                "No customer has that name or key. “Add the customer” adds one."
            );
        }

        return await name.Name(id, customer, submission.Envelope.User, cancel) is { } why
            ? SubmissionReply.No(why)
            : SubmissionReply.DoneInSight(Markdown.Of($"{id} is for {customer.Name}."));
    }
}
