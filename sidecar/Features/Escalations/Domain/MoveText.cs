using Sidecar.Features.Customers.Domain;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>What a move asks for in words, and how its buttons and forms name it.</summary>
/// <param name="Label">On buttons and in menus.</param>
/// <param name="Verb">In the form's title, which takes 24 characters with the longest number; on its button.</param>
/// <param name="Question">The label of the form's field, at most 24 characters.</param>
/// <param name="Help">Below the field.</param>
/// <param name="IsOptional">It can be done without words.</param>
internal sealed record MoveText(
    string Label,
    string Verb,
    string Question,
    string Help,
    bool IsOptional
)
{
    /// <summary>What a button says that makes a move, whether it takes words or not.</summary>
    public static string LabelOf(EscalationMove move) =>
        move switch
        {
            EscalationMove.Acknowledge => "Acknowledge",
            EscalationMove.Investigate => To(EscalationState.Investigating),
            EscalationMove.Identify => To(EscalationState.Identified),
            EscalationMove.Monitor => To(EscalationState.Monitoring),
            EscalationMove.Resolve => "Resolve",
            _ => Of(move).Label,
        };

    private static string To(EscalationState state) => $"Move to {Vocabulary.States.Label(state)}";

    public static MoveText Of(EscalationMove move) =>
        move switch
        {
            EscalationMove.Override => new(
                "Accept anyway",
                "Accept",
                "Why?",
                "Leads override the routing; the reason stays on the record.",
                IsOptional: false
            ),
            EscalationMove.EscalateSpecifically => new(
                "Escalate specifically",
                "Escalate",
                "Why?",
                "The TAM says why Deployment Engineering should do it; it stays on the record.",
                IsOptional: false
            ),
            EscalationMove.Approve => new(
                "Approve",
                "Approve",
                "Note",
                "Posted in the thread.",
                IsOptional: true
            ),
            EscalationMove.Decline => new(
                "Decline",
                "Decline",
                "Why?",
                "Posted in the thread, so that whoever raised it knows what to do instead.",
                IsOptional: false
            ),
            EscalationMove.Cancel => new(
                "Cancel it",
                "Cancel",
                "Why?",
                "Posted in the thread.",
                IsOptional: true
            ),
            EscalationMove.Reopen => new(
                "Reopen",
                "Reopen",
                "Why?",
                "What happens again, or was never solved.",
                IsOptional: false
            ),
            EscalationMove.Confirm => new(
                "Customer confirmed",
                "Confirm",
                "Who confirmed it?",
                "Who at the customer, and how: “their administrator, by phone”.",
                IsOptional: false
            ),
            _ => new("Close", "Close", "Note", "Posted in the thread.", IsOptional: true),
        };
}
