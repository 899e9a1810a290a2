using System.Collections.Immutable;
using Sidecar.Chat;
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
    private const string Update = "update";
    private const string Resolve = "resolve";
    private const string Edit = "edit";
    private const string Follow = "follow";

    private static readonly ImmutableArray<EscalationMove> InMenu =
    [
        EscalationMove.Confirm,
        EscalationMove.Override,
        EscalationMove.Decline,
        EscalationMove.Cancel,
    ];

    public static Permission Permission => EscalationRights.AnyMove;

    public static ActionKey<EscalationRef> Key { get; } =
        new("escalation.more", EscalationJson.Default.EscalationRef);

    public static ImmutableArray<ControlOption> Options(
        Escalation escalation,
        ImmutableArray<EscalationMove> possible
    ) =>
        [
            .. escalation.State == EscalationState.Accepted
                ? (ControlOption[])[new ControlOption("Post update", Update)]
                : [],
            .. escalation.State == EscalationState.Accepted
            && possible.Contains(EscalationMove.Resolve)
                ? (ControlOption[])[new ControlOption("Resolve", Resolve)]
                : [],
            .. MoveOn
                .Options(possible)
                .Select(step => new ControlOption($"Move to {step.Text}", step.Value)),
            .. escalation.IsOver
                ? (ControlOption[])[]
                : [new ControlOption("Edit", Edit), new ControlOption("Follow / unfollow", Follow)],
            .. InMenu
                .Where(possible.Contains)
                .Select(m => new ControlOption(MoveText.Of(m).Label, m.ToString())),
        ];

    public Task<Reply> Press(ActionCall<EscalationRef> call, CancellationToken cancel) =>
        call.Chosen switch
        {
            Update => update.Press(call, cancel),
            Resolve => resolve.Press(call, cancel),
            { } step when MoveOn.IsStep(step) => steps.Press(call, cancel),
            Edit => edit.Ask(call.Payload.Id, call.Envelope.User, cancel),
            Follow => follow.Turn(call.Payload.Id, call.Envelope.User, cancel),
            { } chosen when Choices.Read(chosen, InMenu) is { } move => moves.Ask(
                new MoveRef(call.Payload.Id, move),
                call.Envelope.User,
                cancel
            ),
            _ => Task.FromResult(
                Reply.No(Markdown.Of($"Nothing was chosen, so {call.Payload.Id} stays as it is."))
            ),
        };
}
