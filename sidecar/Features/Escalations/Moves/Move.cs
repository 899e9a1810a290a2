using System.Collections.Immutable;

namespace Sidecar.Features.Escalations;

/// <summary>Something that somebody can do with an escalation so that it stands elsewhere afterwards (ESC-6).</summary>
internal enum Move
{
    Acknowledge,
    Investigate,
    Identify,
    Monitor,
    Resolve,
    Confirm,
    Close,
    Reopen,
    Approve,
    Decline,

    /// <summary>A lead takes it in whatever its routing says (ESC-4).</summary>
    Override,

    /// <summary>The TAM says that this one is Deployment Engineering's (ESC-4).</summary>
    EscalateSpecifically,
    Cancel,
}

/// <summary>Which moves are legal where (ESC-6): the one table that rules, cards and refusals share.</summary>
internal static class Moves
{
    /// <summary>What is possible with an escalation as it is.</summary>
    public static ImmutableArray<Move> PossibleWith(Escalation escalation) =>
        escalation.State switch
        {
            EscalationState.New or EscalationState.NeedsInformation =>
            [
                Move.Override,
                Move.Decline,
                Move.Cancel,
            ],
            EscalationState.Redirected when escalation.Category == Category.StandardOnboarding =>
            [
                Move.EscalateSpecifically,
                Move.Override,
                Move.Close,
                Move.Cancel,
            ],
            EscalationState.Redirected => [Move.Override, Move.Close, Move.Cancel],
            EscalationState.AwaitingApproval =>
            [
                Move.Approve,
                Move.Decline,
                Move.Override,
                Move.Cancel,
            ],
            _ when escalation.IsProvisional => [.. Working(escalation.State), Move.Override],
            _ => Working(escalation.State),
        };

    private static ImmutableArray<Move> Working(EscalationState state) =>
        state switch
        {
            EscalationState.Accepted =>
            [
                Move.Acknowledge,
                Move.Investigate,
                Move.Identify,
                Move.Monitor,
                Move.Resolve,
                Move.Decline,
                Move.Cancel,
            ],
            EscalationState.Acknowledged =>
            [
                Move.Investigate,
                Move.Identify,
                Move.Monitor,
                Move.Resolve,
                Move.Cancel,
            ],
            EscalationState.Investigating =>
            [
                Move.Identify,
                Move.Monitor,
                Move.Resolve,
                Move.Cancel,
            ],
            EscalationState.Identified =>
            [
                Move.Investigate,
                Move.Monitor,
                Move.Resolve,
                Move.Cancel,
            ],
            EscalationState.Monitoring =>
            [
                Move.Investigate,
                Move.Identify,
                Move.Resolve,
                Move.Cancel,
            ],
            EscalationState.Resolved => [Move.Confirm, Move.Close, Move.Reopen],
            _ => [],
        };

    /// <summary>The states in which somebody works on it.</summary>
    public static bool IsWork(EscalationState state) =>
        state
            is EscalationState.Acknowledged
                or EscalationState.Investigating
                or EscalationState.Identified
                or EscalationState.Monitoring;

    /// <summary>The command that does it, as somebody would type it.</summary>
    public static string Command(this Move move, EscalationId id) =>
        move switch
        {
            Move.Acknowledge => $"ack {id}",
            Move.Investigate => $"state {id} investigating",
            Move.Identify => $"state {id} identified",
            Move.Monitor => $"state {id} monitoring",
            Move.Resolve => $"resolve {id} what solved it",
            Move.Confirm => $"confirm {id} who confirmed it",
            Move.Close => $"close {id}",
            Move.Reopen => $"reopen {id} why",
            Move.Approve => $"approve {id}",
            Move.Decline => $"decline {id} why",
            Move.Override or Move.EscalateSpecifically => $"accept {id} why",
            _ => $"cancel {id}",
        };
}
