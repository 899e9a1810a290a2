using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>Which rule decides about which move.</summary>
internal static class MoveRules
{
    /// <summary>Lets the move's rule decide.</summary>
    public static Decision Decide(
        Escalation escalation,
        Move move,
        Actor by,
        string words,
        TeamsNow teams,
        DateTimeOffset now
    ) =>
        move switch
        {
            Move.Acknowledge => escalation.Acknowledge(by, now),
            Move.Investigate => escalation.WorkOn(by, EscalationState.Investigating, words, now),
            Move.Identify => escalation.WorkOn(by, EscalationState.Identified, words, now),
            Move.Monitor => escalation.WorkOn(by, EscalationState.Monitoring, words, now),
            Move.Resolve => escalation.Resolve(by, words, escalation.Work, now),
            Move.Approve => escalation.Approve(by, words, teams, now),
            Move.Override or Move.EscalateSpecifically => escalation.Accept(by, words, teams, now),
            Move.Decline => escalation.Decline(by, words, teams, now),
            Move.Cancel => escalation.Cancel(by, words, now),
            Move.Confirm => escalation.Confirm(by, words, now),
            Move.Reopen => escalation.Reopen(by, words, now),
            Move.Close => escalation.Close(by, words, now),
            _ => throw new ArgumentOutOfRangeException(nameof(move), move, "It has no rule."),
        };

    /// <summary>What the rule would decide, whatever the words are.</summary>
    public static Decision Try(Escalation escalation, Move move, Actor by, DateTimeOffset now) =>
        Decide(escalation, move, by, "…", TeamsNow.None, now);

    /// <summary>The moves that are legal where it stands and that somebody may make (ESC-6, ALL-3).</summary>
    public static IEnumerable<Move> LegalFor(Escalation escalation, Actor by, DateTimeOffset now) =>
        Moves
            .PossibleWith(escalation)
            .Where(move =>
                Try(escalation, move, by, now) is Decision.Accepted decided
                && IsMeant(move, decided.Facts)
            );

    /// <summary>One rule decides about both ways round the routing; who asks decides which it is (ESC-4).</summary>
    private static bool IsMeant(Move move, IReadOnlyList<EscalationFact> facts) =>
        move switch
        {
            Move.Override => facts.Any(f => f is EscalationFact.Overridden),
            Move.EscalateSpecifically => facts.Any(f => f is EscalationFact.EscalatedSpecifically),
            _ => true,
        };
}
