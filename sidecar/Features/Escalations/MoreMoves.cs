using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Moves;
using Sidecar.Features.Escalations.Updates;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations;

/// <summary>
/// The card's menu of all that does not come next (U17): while nobody has acknowledged it, that is the work itself.
/// </summary>
internal sealed class MoreMoves(
    MoveEscalation moves,
    MoveOn steps,
    AskForResolution resolve,
    PostUpdate update,
    EditEscalation edit,
    FollowEscalation follow
) : IAction<EscalationRef>
{
    public static Permission Permission => EscalationRights.AnyChange;

    public static ActionKey<EscalationRef> Key => EscalationKeys.More;

    public Task<Reply> Press(ActionCall<EscalationRef> call, CancellationToken cancel) =>
        call.Chosen switch
        {
            MoreMenu.Update => update.Press(call, cancel),
            MoreMenu.Resolve => resolve.Press(call, cancel),
            { } step when MoreMenu.IsStep(step) => steps.Press(call, cancel),
            MoreMenu.Edit => edit.Ask(call.Payload.Id, call.Envelope.User, cancel),
            MoreMenu.Follow => follow.Turn(call.Payload.Id, call.Envelope.User, cancel),
            { } chosen when Choices.Read(chosen, MoreMenu.Moves) is { } move => moves.Ask(
                new MoveRef(call.Payload.Id, move),
                call.Envelope.User,
                cancel
            ),
            _ => Task.FromResult(
                Reply.No(Markdown.Of($"Nothing was chosen, so {call.Payload.Id} stays as it is."))
            ),
        };
}
