using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Moves;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>The steps of work: investigating, identified, monitoring. By command and by the card's menu.</summary>
internal sealed class MoveOn(EscalationStore book) : ISlashCommand, IAction<EscalationRef>
{
    private static readonly Parameter<EscalationState> Step = new(
        "state",
        "<investigating | identified | monitoring>",
        source =>
            source.Next is not { } word ? ReadArgument.Absent<EscalationState>()
            : ChoiceWords.Next(source, Vocabulary.States, s => s.Names) is var (state, taken)
                ? ReadArgument.Of(state.Value, taken)
            : ReadArgument.Wrong<EscalationState>(
                $"“{word.Value}” is not a step of work: write `investigating`, `identified` or `monitoring`."
            )
    )
    {
        Hint = "How far is it? Write `investigating`, `identified` or `monitoring`.",
        Words = Parameter.Of("investigating", "identified", "monitoring"),
    };

    private static readonly Parameter<string> Note = EscalationArguments.Words("note");

    public static Permission Permission => EscalationRights.Work;

    public static CommandSpec Spec { get; } =
        new(
            "state",
            "Say how far the work on an escalation has got",
            EscalationArguments.Id,
            Step,
            Note
        )
        {
            Examples =
            [
                "state ESC-12 investigating",
                "state ESC-12 identified The index is missing",
            ],
        };

    public static ActionKey<EscalationRef> Key => EscalationKeys.Step;

    public Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (id, step) = (call.Get(EscalationArguments.Id), call.Get(Step));
        if (MoreMenu.Steps.ContainsValue(step))
        {
            return Go(id, step, call.Get(Note) ?? "", call.Envelope.User, cancel);
        }

        var move = step switch
        {
            EscalationState.Acknowledged => EscalationMove.Acknowledge,
            EscalationState.Resolved => EscalationMove.Resolve,
            EscalationState.Closed => EscalationMove.Close,
            EscalationState.Declined => EscalationMove.Decline,
            EscalationState.Cancelled => EscalationMove.Cancel,
            _ => EscalationMove.Override,
        };
        return Task.FromResult(
            Reply.Say(
                Markdown.Of(
                    $"*{Vocabulary.States.Label(step)}* is not a step of work; for that there is {EscalationWords.Command(move.Command(id))}"
                )
            )
        );
    }

    public Task<Reply> Press(ActionCall<EscalationRef> call, CancellationToken cancel) =>
        Vocabulary.States.Read(call.Chosen ?? "") is { } step && MoreMenu.Steps.ContainsValue(step)
            ? Go(call.Payload.Id, step, "", call.Envelope.User, cancel)
            : Task.FromResult(
                Reply.No(Markdown.Of($"Nothing was chosen, so {call.Payload.Id} stays as it is."))
            );

    private async Task<Reply> Go(
        EscalationId id,
        EscalationState step,
        string note,
        UserId by,
        CancellationToken cancel
    )
    {
        if (!TextLength.Fits(note, Escalation.MaxLongTextLength))
        {
            return Reply.Say(
                Markdown.Of(
                    $"{new ReasonTooLong(note).Sentence} Nothing was changed. You typed:\n{Markdown.Code(note)}"
                )
            );
        }

        return await book.Decide(
            id,
            by,
            (escalation, actor, now) => escalation.WorkOn(actor, step, note, now),
            cancel
        ) switch
        {
            Decision.Accepted => Reply.Done(
                Markdown.Of($"{id} is at *{Vocabulary.States.Label(step)}* now.")
            ),
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }
}
