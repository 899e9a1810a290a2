using Sidecar.Cards;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations;

/// <summary>Says that an escalation is solved, and by what: by command and by dialog.</summary>
internal sealed class ResolveEscalation(EscalationBook book) : ISlashCommand, IDialog<EscalationRef>
{
    public const string ResolutionField = "resolution";

    private static readonly Parameter<string> Resolution = Arguments
        .Rest("what solved it", "What solved it?")
        .OrNothing();

    public static Permission Permission => EscalationRights.Resolve;

    public static CommandSpec Spec { get; } =
        new(
            "resolve",
            "Say that an escalation is solved, and by what",
            EscalationArguments.Id,
            Resolution
        )
        {
            Examples = ["resolve ESC-12 Rolled back to 10.11.2", "resolve ESC-12"],
        };

    public static DialogKey<EscalationRef> Key { get; } =
        new("escalation.resolve", EscalationJson.Default.EscalationRef);

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var id = call.Get(EscalationArguments.Id);
        var text = call.Get(Resolution) ?? "";
        if (text.Length > Escalation.MaxLongTextLength)
        {
            return Reply.Say(
                Words.Of(
                    $"A resolution takes {Escalation.MaxLongTextLength} characters; yours has {text.Length}, and nothing was changed. Send it shorter, and put the rest into the thread. You typed:\n{Words.Code(text)}"
                )
            );
        }

        return await Resolve(id, text, call.Envelope.User, cancel) switch
        {
            Decision<Escalation, EscalationFact>.Accepted => Reply.Say(
                Words.Of($"{id} is resolved.")
            ),
            Decision<Escalation, EscalationFact>.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }

    public async Task<SubmissionReply> Submit(
        Submission<EscalationRef> submission,
        CancellationToken cancel
    )
    {
        var text = submission[ResolutionField];
        if (text.Length > Escalation.MaxLongTextLength)
        {
            return SubmissionReply.Mark(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [ResolutionField] =
                        $"This takes {Escalation.MaxLongTextLength} characters; yours has {text.Length}.",
                }
            );
        }

        return
            await Resolve(submission.State.Id, text, submission.Envelope.User, cancel)
            is Decision<Escalation, EscalationFact>.Refused
            ? SubmissionReply.Keep(
                $"{submission.State.Id} is resolved already, so nothing was changed. Its timeline tells by whom."
            )
            : SubmissionReply.Close;
    }

    private Task<Decision<Escalation, EscalationFact>> Resolve(
        EscalationId id,
        string resolution,
        UserId by,
        CancellationToken cancel
    ) => book.Decide(id, by, (escalation, now) => escalation.Resolve(by, resolution, now), cancel);
}

/// <summary>The card's button: asks what solved it, since resolving wants words.</summary>
internal sealed class AskForResolution(EscalationBook book) : IAction<EscalationRef>
{
    public static Permission Permission => EscalationRights.Resolve;

    public static ActionKey<EscalationRef> Key { get; } =
        new("escalation.ask-for-resolution", EscalationJson.Default.EscalationRef);

    public async Task<Reply> Press(ActionCall<EscalationRef> call, CancellationToken cancel)
    {
        var id = call.Payload.Id;
        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        return escalation.IsOpen
            ? ResolveEscalation.Key.Open(Form(escalation), call.Payload, Otherwise(id))
            : Reply.No(new AlreadyResolved(escalation));
    }

    private static DialogForm Form(Escalation escalation) =>
        new(
            $"Resolve {escalation.Id}",
            [
                new DialogField(
                    ResolveEscalation.ResolutionField,
                    "What solved it?",
                    FieldKind.LongText
                )
                {
                    Optional = true,
                    MaxLength = Escalation.MaxLongTextLength,
                    Help = "Told in the thread and kept in the timeline.",
                },
            ]
        )
        {
            Introduction = Words.Of($"**{escalation.CustomerName}**: {escalation.Summary}"),
            SubmitLabel = "Resolve",
        };

    private static Words Otherwise(EscalationId id) =>
        Words.Of(
            $"Resolve it by command instead: {Words.Code($"/{CommandSpec.Trigger} resolve {id} what solved it")}"
        );
}
