using System.Collections.Immutable;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>Something that somebody can do with an escalation so that it stands elsewhere afterwards (ESC-6).</summary>
internal enum EscalationMove
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
internal static class PossibleMoves
{
    /// <summary>What is possible with an escalation as it is.</summary>
    public static ImmutableArray<EscalationMove> PossibleWith(Escalation escalation) =>
        escalation.State switch
        {
            EscalationState.New or EscalationState.NeedsInformation =>
            [
                EscalationMove.Override,
                EscalationMove.Decline,
                EscalationMove.Cancel,
            ],
            EscalationState.Redirected when escalation.Category == Category.StandardOnboarding =>
            [
                EscalationMove.EscalateSpecifically,
                EscalationMove.Override,
                EscalationMove.Close,
                EscalationMove.Cancel,
            ],
            EscalationState.Redirected =>
            [
                EscalationMove.Override,
                EscalationMove.Close,
                EscalationMove.Cancel,
            ],
            EscalationState.AwaitingApproval =>
            [
                EscalationMove.Approve,
                EscalationMove.Decline,
                EscalationMove.Override,
                EscalationMove.Cancel,
            ],
            _ when escalation.IsProvisional =>
            [
                .. Working(escalation.State),
                EscalationMove.Override,
            ],
            _ => Working(escalation.State),
        };

    private static ImmutableArray<EscalationMove> Working(EscalationState state) =>
        state switch
        {
            EscalationState.Accepted =>
            [
                EscalationMove.Acknowledge,
                EscalationMove.Investigate,
                EscalationMove.Identify,
                EscalationMove.Monitor,
                EscalationMove.Resolve,
                EscalationMove.Decline,
                EscalationMove.Cancel,
            ],
            EscalationState.Acknowledged =>
            [
                EscalationMove.Investigate,
                EscalationMove.Identify,
                EscalationMove.Monitor,
                EscalationMove.Resolve,
                EscalationMove.Cancel,
            ],
            EscalationState.Investigating =>
            [
                EscalationMove.Identify,
                EscalationMove.Monitor,
                EscalationMove.Resolve,
                EscalationMove.Cancel,
            ],
            EscalationState.Identified =>
            [
                EscalationMove.Investigate,
                EscalationMove.Monitor,
                EscalationMove.Resolve,
                EscalationMove.Cancel,
            ],
            EscalationState.Monitoring =>
            [
                EscalationMove.Investigate,
                EscalationMove.Identify,
                EscalationMove.Resolve,
                EscalationMove.Cancel,
            ],
            EscalationState.Resolved =>
            [
                EscalationMove.Confirm,
                EscalationMove.Close,
                EscalationMove.Reopen,
            ],
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
    public static string Command(this EscalationMove move, EscalationId id) =>
        move switch
        {
            EscalationMove.Acknowledge => $"ack {id}",
            EscalationMove.Investigate => $"state {id} investigating",
            EscalationMove.Identify => $"state {id} identified",
            EscalationMove.Monitor => $"state {id} monitoring",
            EscalationMove.Resolve => $"resolve {id} what solved it",
            EscalationMove.Confirm => $"confirm {id} who confirmed it",
            EscalationMove.Close => $"close {id}",
            EscalationMove.Reopen => $"reopen {id} why",
            EscalationMove.Approve => $"approve {id}",
            EscalationMove.Decline => $"decline {id} why",
            EscalationMove.Override or EscalationMove.EscalateSpecifically => $"accept {id} why",
            _ => $"cancel {id}",
        };
}
