using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Reminders;

/// <summary>The answer to being asked about what nobody works on (ESC-12).</summary>
internal sealed class StillOnIt(EscalationStore book) : IAction<EscalationRef>
{
    public static Permission Permission => EscalationRights.Work;

    public static ActionKey<EscalationRef> Key => EscalationKeys.StillWorking;

    public async Task<Reply> Press(ActionCall<EscalationRef> call, CancellationToken cancel) =>
        await book.Decide(
            call.Payload.Id,
            call.Envelope.User,
            (escalation, actor, now) => escalation.StayOn(actor, now),
            cancel
        ) switch
        {
            Decision<Escalation, EscalationFact>.Refused refused => Reply.No(refused.Why),
            // Where an update is asked for in the same message, that goes on asking, and nothing shows the answer.
            Decision<Escalation, EscalationFact>.Accepted { Next.Update.DueAt: var due }
                when due <= call.Envelope.At => Reply.Say(Noted(call.Payload.Id)),
            _ => Reply.Done(Noted(call.Payload.Id)),
        };

    private static Markdown Noted(EscalationId id) => Markdown.Of($"Noted: you are still on {id}.");
}
