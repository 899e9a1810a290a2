using Sidecar.Cards;
using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.Escalations;

internal sealed record NoSuchEscalation(EscalationId Id)
    : Refusal(
        Words.Of(
            $"There is no {Id}. {EscalationWords.Command("list all")} shows all that there are."
        )
    );

/// <summary>What was to be told is known already; nobody reads this.</summary>
internal sealed record NothingNew(Escalation Escalation)
    : Refusal(Words.Of($"{Escalation.Id} stays as it is: nothing about it is new."));

internal sealed record AlreadyAcknowledged(Escalation Escalation, UserId By)
    : Refusal(
        Escalation.AcknowledgedBy == By
            ? Words.Of($"You acknowledged {Escalation.Id} already; it stays as it is.")
        : Escalation.Owner == By
            ? Words.Of(
                $"{Escalation.Id} is yours, and {Escalation.AcknowledgedBy!.Value} has acknowledged it already."
            )
        : Words.Of(
            $"{Escalation.AcknowledgedBy!.Value} was first and has acknowledged {Escalation.Id}.{Owner(Escalation)}"
        )
    )
{
    private static Words Owner(Escalation escalation) =>
        escalation.Owner == escalation.AcknowledgedBy
            ? Words.Of($" They own it now.")
            : Words.Of($" Its owner is {escalation.Owner!.Value}.");
}

internal sealed record AlreadyOwned(Escalation Escalation, UserId By)
    : Refusal(
        Escalation.Owner == By
            ? Words.Of($"{Escalation.Id} is yours already.")
            : Words.Of($"{Escalation.Id} belongs to {Escalation.Owner!.Value} already.")
    );

internal sealed record AlreadyResolved(Escalation Escalation)
    : Refusal(
        Words.Of(
            $"{Escalation.Id} is resolved already, by {Escalation.ResolvedBy!.Value}. {EscalationWords.Command($"timeline {Escalation.Id}")} tells how. {NotPossible.Instead(Escalation)}"
        )
    );

/// <summary>A move that is not legal from where the escalation stands, with those that are (ESC-6).</summary>
internal sealed record NotPossible(Escalation Escalation, string What, UserId By)
    : Refusal(
        Words.Of(
            $"{Escalation.Id} can’t {Words.Typed(What)}: it stands at *{Vocabulary.States.Label(Escalation.State)}*{Mover(Escalation, By)}. {Instead(Escalation)}"
        )
    )
{
    /// <summary>The refusal that fits best.</summary>
    public static Refusal For(Escalation escalation, Move move, UserId by) =>
        move switch
        {
            Move.Acknowledge when Moves.IsWork(escalation.State) => new AlreadyAcknowledged(
                escalation,
                by
            ),
            Move.Acknowledge or Move.Resolve when escalation.State == EscalationState.Resolved =>
                new AlreadyResolved(escalation),
            _ => new NotPossible(escalation, Verb(move), by),
        };

    /// <summary>What can be done with it instead.</summary>
    public static Words Instead(Escalation escalation) =>
        Moves.PossibleWith(escalation) is { IsEmpty: false } moves
            ? Words.Of(
                $"Possible now: {Join(moves.Select(m => EscalationWords.Command(m.Command(escalation.Id))))}."
            )
            : Words.Of(
                $"Nothing more is possible with it; for a new problem, {EscalationWords.Command("new")} raises a new one."
            );

    private static Words Mover(Escalation escalation, UserId by) =>
        escalation.MovedBy switch
        {
            null => Words.None,
            { } mover when mover == by => Words.Of($", where you brought it"),
            { } mover => Words.Of($", where {mover} brought it"),
        };

    private static Words Join(IEnumerable<Words> commands) =>
        commands.Aggregate((all, next) => Words.Of($"{all}, {next}"));

    private static string Verb(Move move) =>
        move switch
        {
            Move.Acknowledge => "be acknowledged",
            Move.Investigate => "be moved to investigating",
            Move.Identify => "be moved to identified",
            Move.Monitor => "be moved to monitoring",
            Move.Resolve => "be resolved",
            Move.Confirm => "be confirmed by the customer",
            Move.Close => "be closed",
            Move.Reopen => "be reopened",
            Move.Approve => "be approved",
            Move.Decline => "be declined",
            Move.Override or Move.EscalateSpecifically => "be accepted",
            _ => "be cancelled",
        };
}

internal sealed record ReasonMissing(Escalation Escalation, Move Move)
    : Refusal(
        Move == Move.Confirm
            ? Words.Of(
                $"Who at the customer confirmed it? {EscalationWords.Command(Move.Command(Escalation.Id))}"
            )
            : Words.Of(
                $"This needs a reason, on the record: {EscalationWords.Command(Move.Command(Escalation.Id))}"
            )
    );

/// <summary>A Sev 1 closes only after the customer's confirmation is recorded (PB-6).</summary>
internal sealed record ConfirmationMissing(Escalation Escalation)
    : Refusal(
        Words.Of(
            $"{Escalation.Id} is a Sev 1: it closes once the customer has confirmed that it is over. {EscalationWords.Command(Move.Confirm.Command(Escalation.Id))} records it, then close it."
        )
    );

/// <summary>The same confirmation, recorded again.</summary>
internal sealed record AlreadyConfirmed(Escalation Escalation, Confirmation By)
    : Refusal(
        Words.Of(
            $"{By.RecordedBy} has recorded already that the customer confirmed {Escalation.Id}: {By.Who}"
        )
    );

/// <summary>Nobody waits for the answer any more.</summary>
internal sealed record NotAskedAbout(Escalation Escalation)
    : Refusal(
        Words.Of($"That is answered already: somebody has acted on {Escalation.Id} since I asked.")
    );

internal sealed record FollowsAlready(Escalation Escalation)
    : Refusal(
        Words.Of(
            $"You follow {Escalation.Id} already. {EscalationWords.Command($"unfollow {Escalation.Id}")} ends it."
        )
    );

internal sealed record FollowsNot(Escalation Escalation)
    : Refusal(Words.Of($"You do not follow {Escalation.Id}."));

/// <summary>The same act, reported again; nobody reads this.</summary>
internal sealed record DoneAlready(EscalationId Id)
    : Refusal(Words.Of($"{Id} has been moved by that already."));
