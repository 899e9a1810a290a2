using Sidecar.Chat;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Finding;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Reviews;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>The CS lead chooses who takes an assignment over, from suggestions or from everybody.</summary>
internal sealed class ChooseSuccessor(HandOverUseCase handOvers) : IAction<HandOverRef>
{
    public static Permission Permission => ReviewRights.NameSuccessor;

    public static ActionKey<HandOverRef> Key { get; } =
        new("assignment.hand-over.choose", ReviewJson.Default.HandOverRef);

    public Task<Reply> Press(ActionCall<HandOverRef> call, CancellationToken cancel) =>
        call.ChosenPerson is { } chosen
            ? handOvers.Name(call.Payload.Id, chosen, call.Envelope.User, anyway: false, cancel)
            : Task.FromResult(
                Reply.No(Markdown.Of($"Nobody was chosen, so {call.Payload.Id} stays as it is."))
            );
}

/// <summary>Whoever was named takes it.</summary>
internal sealed class AcceptHandOver(HandOverUseCase handOvers) : IAction<HandOverRef>
{
    public static Permission Permission => ReviewRights.Answer;

    public static ActionKey<HandOverRef> Key { get; } =
        new("assignment.hand-over.accept", ReviewJson.Default.HandOverRef);

    public Task<Reply> Press(ActionCall<HandOverRef> call, CancellationToken cancel) =>
        handOvers.Accept(call.Payload, call.Envelope.User, cancel);
}

/// <summary>Whoever was named does not take it, and says why if they like.</summary>
internal sealed class DeclineHandOver(AssignmentFinder desk, HandOverUseCase handOvers)
    : IAction<HandOverRef>,
        IDialog<HandOverRef>
{
    public const string WhyField = "why";

    public static Permission Permission => ReviewRights.Answer;

    public static ActionKey<HandOverRef> Key { get; } =
        new("assignment.hand-over.decline", ReviewJson.Default.HandOverRef);

    static DialogKey<HandOverRef> IDialog<HandOverRef>.Key => FormKey;

    private static DialogKey<HandOverRef> FormKey { get; } =
        new("assignment.hand-over.decline-form", ReviewJson.Default.HandOverRef);

    public async Task<Reply> Press(ActionCall<HandOverRef> call, CancellationToken cancel)
    {
        if (await desk.Book.Find(call.Payload.Id, cancel) is not { Value: var found })
        {
            return Reply.No(new NoSuchAssignment(call.Payload.Id));
        }

        return
            await desk.Book.WouldRefuse(
                found,
                call.Envelope.User,
                (a, actor, _) => a.RefuseToTakeOver(actor, call.Payload.AskedAt, ""),
                cancel
            )
                is { } why
            ? Reply.No(why)
            : FormKey.Open(
                new DialogForm(
                    $"Decline {found.Id}",
                    [
                        new DialogField(WhyField, "Why?", FieldKind.LongText)
                        {
                            Optional = true,
                            MaxLength = Assignment.MaxTextLength,
                            Help = "The CS lead reads it.",
                        },
                    ]
                )
                {
                    Introduction = ReviewWords.Named(found),
                    SubmitLabel = "Decline",
                },
                call.Payload,
                Markdown.Of(
                    $"Write it as a command instead: {ReviewWords.Command($"engineer handover {found.Id} decline")}"
                )
            );
    }

    public async Task<SubmissionReply> Submit(
        Submission<HandOverRef> form,
        CancellationToken cancel
    ) =>
        await handOvers.Decline(form.State, form[WhyField], form.Envelope.User, cancel)
            is Decision.Refused { Why: var why }
            ? SubmissionReply.No(why)
            : SubmissionReply.DoneInSight(
                Markdown.Of($"You declined the hand-over of {form.State.Id}.")
            );
}
