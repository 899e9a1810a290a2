using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Moves;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>The moves that take words, whichever way somebody makes them: command, button, menu, form.</summary>
internal sealed class MoveEscalation(EscalationStore book, RoutingStore desk)
{
    /// <summary>Makes the move.</summary>
    /// <param name="id">Of which.</param>
    /// <param name="move">Which.</param>
    /// <param name="words">What it is to say.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="unless">Why it must not be made on what is there now, whatever the rules say; null: nothing.</param>
    public async Task<Decision> Make(
        EscalationId id,
        EscalationMove move,
        string words,
        UserId by,
        CancellationToken cancel,
        Func<Escalation, Refusal?>? unless = null
    )
    {
        if (!TextLength.Fits(words, Escalation.MaxLongTextLength))
        {
            return new ReasonTooLong(words);
        }

        var teams = await desk.Channels(cancel);
        return await book.Decide(
            id,
            by,
            (escalation, actor, now) =>
                unless?.Invoke(escalation) is { } why
                    ? why
                    : MoveRules.Decide(escalation, move, actor, words, teams, now),
            cancel
        );
    }

    /// <summary>Records that the customer confirmed it, and closes it, in one.</summary>
    public Task<Decision> ConfirmAndClose(
        EscalationId id,
        string who,
        string note,
        UserId by,
        CancellationToken cancel
    ) =>
        new[] { who, note }.FirstOrDefault(text =>
            !TextLength.Fits(text, Escalation.MaxLongTextLength)
        )
            is { } tooLong
            ? Task.FromResult<Decision>(new ReasonTooLong(tooLong))
            : book.Decide(
                id,
                by,
                (escalation, actor, now) =>
                    escalation.Confirm(actor, who, now) switch
                    {
                        Decision.Accepted confirmed => Then(
                            confirmed,
                            confirmed.Next.Close(actor, note, now)
                        ),
                        Decision.Refused { Why: AlreadyConfirmed } => escalation.Close(
                            actor,
                            note,
                            now
                        ),
                        var refused => refused,
                    },
                cancel
            );

    private static Decision Then(Decision.Accepted first, Decision second) =>
        second is Decision.Accepted also
            ? new Decision.Accepted(also.Next, [.. first.Facts, .. also.Facts])
            : second;

    /// <summary>By command: makes the move, or asks for the words that it needs.</summary>
    public async Task<Reply> Run(
        EscalationId id,
        EscalationMove move,
        string words,
        Envelope from,
        CancellationToken cancel
    )
    {
        if (words.Length == 0 && !MoveText.Of(move).IsOptional)
        {
            return await Ask(new MoveRef(id, move), from.User, cancel);
        }

        return await Make(id, move, words, from.User, cancel) switch
        {
            Decision.Accepted { Next: var next } => Reply.Done(Done(next, move)),
            // Asked for what is missing, and then done: nobody has to say it again.
            Decision.Refused { Why: ConfirmationMissing } => await Ask(
                new MoveRef(id, move),
                from.User,
                cancel,
                words
            ),
            Decision.Refused { Why: ReasonTooLong why } => Reply.Say(
                Markdown.Of(
                    $"{why.Sentence} Nothing was changed. You typed:\n{Markdown.Code(words)}"
                )
            ),
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }

    /// <summary>Asks for the words in a form, unless the move is refused whatever they are.</summary>
    public async Task<Reply> Ask(
        MoveRef wanted,
        UserId by,
        CancellationToken cancel,
        string words = ""
    )
    {
        var (id, move) = (wanted.Id, wanted.Move);
        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        if (await book.WouldRefuse(escalation, by, Try(move), cancel) is { } why)
        {
            if (why is ConfirmationMissing)
            {
                return await Ask(
                    wanted with
                    {
                        Move = EscalationMove.Confirm,
                        Closes = true,
                    },
                    by,
                    cancel,
                    words
                );
            }

            return Reply.No(why);
        }

        return GiveWords.Key.Open(
            wanted.Closes
                ? GiveWords.ConfirmAndClose(escalation, words)
                : GiveWords.Form(escalation, move),
            wanted,
            Markdown.Of(
                $"Write it as a command instead: {EscalationWords.Command(move.Command(id))}"
            )
        );
    }

    private static Func<Escalation, ActingPerson, DateTimeOffset, Decision> Try(
        EscalationMove move
    ) => (escalation, actor, now) => MoveRules.Try(escalation, move, actor, now);

    private static Markdown Done(Escalation escalation, EscalationMove move) =>
        move switch
        {
            EscalationMove.Confirm => Markdown.Of(
                $"Recorded that the customer confirmed {escalation.Id}. {EscalationWords.Command(EscalationMove.Close.Command(escalation.Id))} closes it."
            ),
            // The retrospective's are often done afterwards (PB-7), so they stop nobody.
            EscalationMove.Close when OpenTasks(escalation) is > 0 and var open => Markdown.Of(
                $"{Stands(escalation)} {Markdown.Sentence(open == 1 ? "1 task" : $"{open} tasks")} of its checklist {Markdown.Sentence(open == 1 ? "is" : "are")} still open: {EscalationWords.Command($"tasks {escalation.Id}")}"
            ),
            _ => Stands(escalation),
        };

    private static Markdown Stands(Escalation escalation) =>
        Markdown.Of($"{escalation.Id} is at *{Vocabulary.States.Label(escalation.State)}* now.");

    private static int OpenTasks(Escalation escalation) =>
        escalation.Incident?.Tasks.Count(t => t.State == TaskState.Open) ?? 0;
}

/// <summary>A button of a move that takes words: asks for them.</summary>
internal sealed class AskForWords(MoveEscalation moves) : IAction<MoveRef>
{
    public static Permission Permission => EscalationRights.AnyMove;

    public static ActionKey<MoveRef> Key => EscalationKeys.Reason;

    public Task<Reply> Press(ActionCall<MoveRef> call, CancellationToken cancel) =>
        moves.Ask(call.Payload, call.Envelope.User, cancel);
}

/// <summary>The form for the words of a move.</summary>
internal sealed class GiveWords(MoveEscalation moves, EscalationStore book) : IDialogUpon<MoveRef>
{
    public const string Field = "words";
    public const string Note = "note";

    public static Permission Permission => EscalationRights.AnyMove;

    public static DialogKey<MoveRef> Key { get; } =
        new("escalation.give-words", EscalationJson.Default.MoveRef);

    public static DialogForm Form(Escalation escalation, EscalationMove move)
    {
        var text = MoveText.Of(move);
        return new DialogForm(
            $"{text.Verb} {escalation.Id}",
            [
                new DialogField(Field, text.Question, FieldKind.LongText)
                {
                    Optional = text.IsOptional,
                    MaxLength = Escalation.MaxLongTextLength,
                    Help = text.Help,
                },
            ]
        )
        {
            Introduction = Markdown.Lines([
                Markdown.Of($"**{escalation.CustomerName}**: {escalation.Summary}"),
                move == EscalationMove.Confirm && escalation.Confirmed is { } confirmed
                    ? Markdown.Of(
                        $"{confirmed.RecordedBy} has recorded already that {confirmed.Who} confirmed it; what you write takes that place."
                    )
                    : Markdown.None,
            ]),
            Premise = EscalationWords.Standing(escalation),
            // Mattermost's own button beside it is called “Cancel”.
            SubmitLabel = move == EscalationMove.Cancel ? "Take it back" : text.Verb,
        };
    }

    /// <summary>Asks for the confirmation without which it can't be closed, and for what closing asks.</summary>
    public static DialogForm ConfirmAndClose(Escalation escalation, string note)
    {
        var close = MoveText.Of(EscalationMove.Close);
        var confirm = Form(escalation, EscalationMove.Confirm);
        return confirm with
        {
            Title = $"{close.Verb} {escalation.Id}",
            Fields =
            [
                .. confirm.Fields,
                new DialogField(Note, close.Question, FieldKind.LongText)
                {
                    Default = note,
                    Optional = true,
                    MaxLength = Escalation.MaxLongTextLength,
                    Help = close.Help,
                },
            ],
            SubmitLabel = close.Verb,
        };
    }

    public async ValueTask<DialogForm?> Now(Submission<MoveRef> form, CancellationToken cancel) =>
        await book.Find(form.State.Id, cancel) is { Value: var known }
            ? DialogForm.Upon(EscalationWords.Standing(known))
            : null;

    public async Task<SubmissionReply> Submit(
        Submission<MoveRef> submission,
        CancellationToken cancel
    )
    {
        var (id, move, closes) = submission.State;
        var (words, by) = (submission[Field], submission.Envelope.User);
        var decision = closes
            ? await moves.ConfirmAndClose(id, words, submission[Note], by, cancel)
            : await moves.Make(id, move, words, by, cancel);
        return decision is Decision.Refused { Why: var why }
            ? SubmissionReply.No(why)
            : SubmissionReply.DoneInSight(
                decision is Decision.Accepted { Next.State: var state }
                    ? Markdown.Of($"{id} is {Markdown.Typed(Vocabulary.States.Label(state))} now.")
                    : Markdown.Of($"{id} is changed.")
            );
    }
}
