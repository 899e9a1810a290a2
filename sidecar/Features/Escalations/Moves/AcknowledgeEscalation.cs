using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Moves;

/// <summary>“I have seen it and take care of it”: by command and by button.</summary>
internal sealed class AcknowledgeEscalation(EscalationStore book)
    : ISlashCommand,
        IAction<EscalationRef>
{
    public static Permission Permission => EscalationRights.Acknowledge;

    public static CommandSpec Spec { get; } =
        new("ack", "Acknowledge an escalation and become its owner", EscalationArguments.Id)
        {
            Synonyms = ["acknowledge", "acked"],
            IsHinted = true,
            Examples = ["ack ESC-12"],
        };

    public static ActionKey<EscalationRef> Key => EscalationKeys.Acknowledged;

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Acknowledge(call.Get(EscalationArguments.Id), call.Envelope.User, cancel);

    public Task<Reply> Press(ActionCall<EscalationRef> call, CancellationToken cancel) =>
        Acknowledge(call.Payload.Id, call.Envelope.User, cancel);

    private async Task<Reply> Acknowledge(EscalationId id, UserId by, CancellationToken cancel) =>
        await book.Decide(
            id,
            by,
            (escalation, actor, now) => escalation.Acknowledge(actor, now),
            cancel
        ) switch
        {
            Decision<Escalation, EscalationFact>.Accepted { Next: var next } => Reply.Done(
                next.Owner == by
                    ? Markdown.Of($"You acknowledged {id} and own it now.")
                    : Markdown.Of($"You acknowledged {id}. Its owner is {next.Owner!.Value}.")
            ),
            Decision<Escalation, EscalationFact>.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
}
