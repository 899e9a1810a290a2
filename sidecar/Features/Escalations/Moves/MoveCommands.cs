using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.Escalations.Moves;

/// <summary>A command that makes one move, with the words that stand behind it.</summary>
internal abstract class MoveCommand(
    MoveEscalation moves,
    EscalationMove move,
    Parameter<string> words
)
{
    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Make(call.Get(EscalationArguments.Id), call.Get(words) ?? "", call.Envelope, cancel);

    protected Task<Reply> Make(
        EscalationId id,
        string said,
        Envelope from,
        CancellationToken cancel
    ) => moves.Run(id, move, said, from, cancel);
}

/// <summary><c>/escalate accept</c>: Deployment Engineering takes it whatever its routing says (ESC-4).</summary>
internal sealed class AcceptEscalation(MoveEscalation moves)
    : MoveCommand(moves, EscalationMove.Override, Reason),
        ISlashCommand
{
    private static readonly Parameter<string> Reason = EscalationArguments.Words("why");

    public static Permission Permission => EscalationRights.Accept;

    public static CommandSpec Spec { get; } =
        new(
            "accept",
            "Accept an escalation whatever its routing says",
            EscalationArguments.Id,
            Reason
        )
        {
            Examples = ["accept ESC-12 They churn if this waits"],
            Details =
                "For leads, and for the TAM where it would otherwise be the TAM’s. The reason stays on the record.",
        };
}

/// <summary><c>/escalate approve</c>: Product Engineering approves an exception (ESC-4): by command and by button.</summary>
internal sealed class ApproveEscalation(MoveEscalation moves)
    : MoveCommand(moves, EscalationMove.Approve, Note),
        ISlashCommand,
        IAction<EscalationRef>
{
    private static readonly Parameter<string> Note = EscalationArguments.Words("note");

    public static Permission Permission => EscalationRights.Approve;

    public static CommandSpec Spec { get; } =
        new(
            "approve",
            "Approve what Deployment Engineering wants to build into the product",
            EscalationArguments.Id,
            Note
        )
        {
            Examples = ["approve ESC-12", "approve ESC-12 We support it from 11.2 on"],
        };

    public static ActionKey<EscalationRef> Key => EscalationKeys.ToApprove;

    public Task<Reply> Press(ActionCall<EscalationRef> call, CancellationToken cancel) =>
        Make(call.Payload.Id, "", call.Envelope, cancel);
}

/// <summary><c>/escalate decline</c>: it is not done, and why.</summary>
internal sealed class DeclineEscalation(MoveEscalation moves)
    : MoveCommand(moves, EscalationMove.Decline, Reason),
        ISlashCommand
{
    private static readonly Parameter<string> Reason = EscalationArguments.Words("why");

    public static Permission Permission => EscalationRights.Decline;

    public static CommandSpec Spec { get; } =
        new("decline", "Decline an escalation, with a reason", EscalationArguments.Id, Reason)
        {
            Examples = ["decline ESC-12 The partner does this"],
        };
}

/// <summary><c>/escalate cancel</c>: it is taken back.</summary>
internal sealed class CancelEscalation(MoveEscalation moves)
    : MoveCommand(moves, EscalationMove.Cancel, Reason),
        ISlashCommand
{
    private static readonly Parameter<string> Reason = EscalationArguments.Words("why");

    public static Permission Permission => EscalationRights.Cancel;

    public static CommandSpec Spec { get; } =
        new("cancel", "Cancel an escalation", EscalationArguments.Id, Reason)
        {
            Examples = ["cancel ESC-12 Raised for the wrong customer"],
        };
}

/// <summary><c>/escalate confirm</c>: the customer says that it is over (PB-6).</summary>
internal sealed class ConfirmEscalation(MoveEscalation moves)
    : MoveCommand(moves, EscalationMove.Confirm, By),
        ISlashCommand
{
    private static readonly Parameter<string> By = EscalationArguments.Words("who confirmed it");

    public static Permission Permission => EscalationRights.Conclude;

    public static CommandSpec Spec { get; } =
        new(
            "confirm",
            "Record that the customer confirmed that it is over",
            EscalationArguments.Id,
            By
        )
        {
            Examples = ["confirm ESC-12 Their administrator, by phone"],
        };
}

/// <summary><c>/escalate close</c>: nothing more to do.</summary>
internal sealed class CloseEscalation(MoveEscalation moves)
    : MoveCommand(moves, EscalationMove.Close, Note),
        ISlashCommand
{
    private static readonly Parameter<string> Note = EscalationArguments.Words("note");

    public static Permission Permission => EscalationRights.Conclude;

    public static CommandSpec Spec { get; } =
        new("close", "Close an escalation that is resolved", EscalationArguments.Id, Note)
        {
            Examples = ["close ESC-12"],
            Details =
                "A Sev 1 closes once the customer’s confirmation is recorded. What was redirected is closed when its team is done.",
        };
}

/// <summary><c>/escalate reopen</c>: it was not solved after all.</summary>
internal sealed class ReopenEscalation(MoveEscalation moves)
    : MoveCommand(moves, EscalationMove.Reopen, Reason),
        ISlashCommand
{
    private static readonly Parameter<string> Reason = EscalationArguments.Words("why");

    public static Permission Permission => EscalationRights.Conclude;

    public static CommandSpec Spec { get; } =
        new("reopen", "Reopen a resolved escalation", EscalationArguments.Id, Reason)
        {
            Examples = ["reopen ESC-12 It is slow again"],
        };
}
