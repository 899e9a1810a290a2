using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

internal sealed record NoSuchEscalation(EscalationId Id)
    : Refusal(
        Markdown.Of(
            $"There is no {Id}. {EscalationWords.Command("list all")} shows all that there are."
        )
    );

/// <summary>What was to be told is known already; nobody reads this.</summary>
internal sealed record NothingNew(Escalation Escalation)
    : Refusal(Markdown.Of($"{Escalation.Id} stays as it is: nothing about it is new."));

internal sealed record AlreadyAcknowledged(Escalation Escalation, UserId By)
    : Refusal(
        Escalation.AcknowledgedBy == By
            ? Markdown.Of($"You acknowledged {Escalation.Id} already; it stays as it is.")
        : Escalation.Owner == By
            ? Markdown.Of(
                $"{Escalation.Id} is yours, and {Escalation.AcknowledgedBy!.Value} has acknowledged it already."
            )
        : Markdown.Of(
            $"{Escalation.AcknowledgedBy!.Value} was first and has acknowledged {Escalation.Id}.{Owner(Escalation)}"
        )
    )
{
    private static Markdown Owner(Escalation escalation) =>
        escalation.Owner == escalation.AcknowledgedBy
            ? Markdown.Of($" They own it now.")
            : Markdown.Of($" Its owner is {escalation.Owner!.Value}.");
}

internal sealed record AlreadyOwned(Escalation Escalation, UserId By)
    : Refusal(
        Escalation.Owner == By
            ? Markdown.Of($"{Escalation.Id} is yours already.")
            : Markdown.Of($"{Escalation.Id} belongs to {Escalation.Owner!.Value} already.")
    );

internal sealed record AlreadyResolved(Escalation Escalation)
    : Refusal(
        Markdown.Of(
            $"{Escalation.Id} is resolved already, by {Escalation.ResolvedBy!.Value}. {EscalationWords.Command($"timeline {Escalation.Id}")} tells how. {NotPossible.Instead(Escalation)}"
        )
    );

/// <summary>A move that is not legal from where the escalation stands, with those that are (ESC-6).</summary>
internal sealed record NotPossible(Escalation Escalation, string What, UserId By)
    : Refusal(
        Markdown.Of(
            $"{Escalation.Id} can’t {Markdown.Typed(What)}: it is at *{Vocabulary.States.Label(Escalation.State)}*{Mover(Escalation, By)}. {Instead(Escalation)}"
        )
    )
{
    /// <summary>The refusal that fits best.</summary>
    public static Refusal For(Escalation escalation, EscalationMove move, UserId by) =>
        move switch
        {
            EscalationMove.Acknowledge when PossibleMoves.IsWork(escalation.State) =>
                new AlreadyAcknowledged(escalation, by),
            EscalationMove.Acknowledge
            or EscalationMove.Resolve when escalation.State == EscalationState.Resolved =>
                new AlreadyResolved(escalation),
            _ => new NotPossible(escalation, Verb(move), by),
        };

    /// <summary>What can be done with it instead.</summary>
    public static Markdown Instead(Escalation escalation) =>
        PossibleMoves.PossibleWith(escalation) is { IsEmpty: false } moves
            ? Markdown.Of(
                $"Possible now: {Join(moves.Select(m => EscalationWords.Command(m.Command(escalation.Id))))}."
            )
            : Markdown.Of(
                $"Nothing more is possible with it; for a new problem, {EscalationWords.Command("new")} raises a new one."
            );

    private static Markdown Mover(Escalation escalation, UserId by) =>
        escalation.MovedBy switch
        {
            null => Markdown.None,
            { } mover when mover == by => Markdown.Of($", where you brought it"),
            { } mover => Markdown.Of($", where {mover} brought it"),
        };

    private static Markdown Join(IEnumerable<Markdown> commands) =>
        commands.Aggregate((all, next) => Markdown.Of($"{all}, {next}"));

    private static string Verb(EscalationMove move) =>
        move switch
        {
            EscalationMove.Acknowledge => "be acknowledged",
            EscalationMove.Investigate => "be moved to investigating",
            EscalationMove.Identify => "be moved to identified",
            EscalationMove.Monitor => "be moved to monitoring",
            EscalationMove.Resolve => "be resolved",
            EscalationMove.Confirm => "be confirmed by the customer",
            EscalationMove.Close => "be closed",
            EscalationMove.Reopen => "be reopened",
            EscalationMove.Approve => "be approved",
            EscalationMove.Decline => "be declined",
            EscalationMove.Override or EscalationMove.EscalateSpecifically => "be accepted",
            _ => "be cancelled",
        };
}

internal sealed record ReasonMissing(Escalation Escalation, EscalationMove Move)
    : Refusal(
        Move == EscalationMove.Confirm
            ? Markdown.Of(
                $"Who at the customer confirmed it? {EscalationWords.Command(Move.Command(Escalation.Id))}"
            )
            : Markdown.Of(
                $"This needs a reason, on the record: {EscalationWords.Command(Move.Command(Escalation.Id))}"
            )
    );

/// <summary>A Sev 1 closes only after the customer's confirmation is recorded (PB-6).</summary>
internal sealed record ConfirmationMissing(Escalation Escalation)
    : Refusal(
        Markdown.Of(
            $"{Escalation.Id} is a Sev 1: it closes once the customer has confirmed that it is over. {EscalationWords.Command(EscalationMove.Confirm.Command(Escalation.Id))} records it, then close it."
        )
    );

/// <summary>The same confirmation, recorded again.</summary>
internal sealed record AlreadyConfirmed(Escalation Escalation, Confirmation By)
    : Refusal(
        Markdown.Of(
            $"{By.RecordedBy} has recorded already that the customer confirmed {Escalation.Id}: {By.Who}"
        )
    );

/// <summary>Nobody waits for the answer any more.</summary>
internal sealed record NotAskedAbout(Escalation Escalation)
    : Refusal(
        Markdown.Of(
            $"That is answered already: somebody has acted on {Escalation.Id} since I asked."
        )
    );

internal sealed record FollowsAlready(Escalation Escalation)
    : Refusal(
        Markdown.Of(
            $"You follow {Escalation.Id} already. {EscalationWords.Command($"unfollow {Escalation.Id}")} ends it."
        )
    );

internal sealed record FollowsNot(Escalation Escalation)
    : Refusal(Markdown.Of($"You do not follow {Escalation.Id}."));

/// <summary>The same act, reported again; nobody reads this.</summary>
internal sealed record DoneAlready(EscalationId Id)
    : Refusal(Markdown.Of($"{Id} has been moved by that already."));

internal sealed record LetInAlready(UserId Person)
    : Refusal(Markdown.Of($"{Person} has already been let in."));

/// <summary>Words that are longer than is kept.</summary>
internal sealed record ReasonTooLong(string Text)
    : Refusal(
        Markdown.Of(
            $"This takes {Escalation.MaxLongTextLength} characters; yours has {TextLength.Told(Text, Escalation.MaxLongTextLength)}."
        )
    );
