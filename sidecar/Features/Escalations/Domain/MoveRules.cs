using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>Which rule decides about which move.</summary>
internal static class MoveRules
{
    /// <summary>Lets the move's rule decide.</summary>
    public static Decision Decide(
        Escalation escalation,
        EscalationMove move,
        ActingPerson by,
        string words,
        TeamsNow teams,
        DateTimeOffset now
    ) =>
        move switch
        {
            EscalationMove.Acknowledge => escalation.Acknowledge(by, now),
            EscalationMove.Investigate => escalation.WorkOn(
                by,
                EscalationState.Investigating,
                words,
                now
            ),
            EscalationMove.Identify => escalation.WorkOn(
                by,
                EscalationState.Identified,
                words,
                now
            ),
            EscalationMove.Monitor => escalation.WorkOn(by, EscalationState.Monitoring, words, now),
            EscalationMove.Resolve => escalation.Resolve(by, words, escalation.Work, now),
            EscalationMove.Approve => escalation.Approve(by, words, teams, now),
            EscalationMove.Override or EscalationMove.EscalateSpecifically => escalation.Accept(
                by,
                words,
                teams,
                now
            ),
            EscalationMove.Decline => escalation.Decline(by, words, teams, now),
            EscalationMove.Cancel => escalation.Cancel(by, words, now),
            EscalationMove.Confirm => escalation.Confirm(by, words, now),
            EscalationMove.Reopen => escalation.Reopen(by, words, now),
            EscalationMove.Close => escalation.Close(by, words, now),
            _ => throw new ArgumentOutOfRangeException(nameof(move), move, "It has no rule."),
        };

    /// <summary>What the rule would decide, whatever the words are.</summary>
    public static Decision Try(
        Escalation escalation,
        EscalationMove move,
        ActingPerson by,
        DateTimeOffset now
    ) => Decide(escalation, move, by, "…", TeamsNow.None, now);

    /// <summary>The moves that are legal where it stands and that somebody may make (ESC-6, ALL-3).</summary>
    public static IEnumerable<EscalationMove> LegalFor(
        Escalation escalation,
        ActingPerson by,
        DateTimeOffset now
    ) =>
        PossibleMoves
            .PossibleWith(escalation)
            .Where(move =>
                Try(escalation, move, by, now) is Decision.Accepted decided
                && IsMeant(move, decided.Facts)
            );

    /// <summary>One rule decides about both ways round the routing; who asks decides which it is (ESC-4).</summary>
    private static bool IsMeant(EscalationMove move, IReadOnlyList<EscalationFact> facts) =>
        move switch
        {
            EscalationMove.Override => facts.Any(f => f is EscalationFact.Overridden),
            EscalationMove.EscalateSpecifically => facts.Any(f =>
                f is EscalationFact.EscalatedSpecifically
            ),
            _ => true,
        };
}
