using Sidecar.Chat;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Channels;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Incidents;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary><c>/escalate retrospective ESC-1</c>: the mini-retrospective's three questions (PB-8).</summary>
internal sealed class HoldRetrospective(EscalationStore book, IncidentReaders readers)
    : ISlashCommand,
        IAction<EscalationRef>,
        IDialogUpon<EscalationRef>
{
    public const string Issue = "issue";
    public const string Improvements = "improvements";
    public const string Changes = "changes";

    public static Permission Permission => EscalationRights.Conclude;

    public static CommandSpec Spec { get; } =
        new(
            "retrospective",
            "Answer the three questions of the mini-retrospective",
            EscalationArguments.Id
        )
        {
            Examples = ["retrospective ESC-12"],
        };

    public static ActionKey<EscalationRef> Key { get; } =
        new("escalation.retrospective", EscalationJson.Default.EscalationRef);

    static DialogKey<EscalationRef> IDialog<EscalationRef>.Key => Dialog;

    private static DialogKey<EscalationRef> Dialog { get; } =
        new("escalation.retrospective", EscalationJson.Default.EscalationRef);

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Ask(call.Get(EscalationArguments.Id), call.Envelope.User, cancel);

    public Task<Reply> Press(ActionCall<EscalationRef> call, CancellationToken cancel) =>
        Ask(call.Payload.Id, call.Envelope.User, cancel);

    public async ValueTask<DialogForm?> Now(
        Submission<EscalationRef> form,
        CancellationToken cancel
    ) =>
        await book.Find(form.State.Id, cancel) is { Value: { Incident: not null } known }
            ? Form(known)
            : null;

    public async Task<SubmissionReply> Submit(
        Submission<EscalationRef> submission,
        CancellationToken cancel
    )
    {
        var problems = Fields
            .Where(f =>
                submission[f].Length == 0
                || !TextLength.Fits(submission[f], Escalation.MaxLongTextLength)
            )
            .ToDictionary(
                f => f,
                f =>
                    submission[f].Length == 0
                        ? "This needs an answer, if only “nothing”."
                        : $"This takes {Escalation.MaxLongTextLength} characters; yours has {TextLength.Told(submission[f], Escalation.MaxLongTextLength)}.",
                StringComparer.Ordinal
            );
        if (problems.Count > 0)
        {
            return SubmissionReply.Mark(problems);
        }

        return await book.Decide(
            submission.State.Id,
            submission.Envelope.User,
            (escalation, actor, now) =>
                escalation.NoteRetrospective(
                    actor,
                    submission[Issue],
                    submission[Improvements],
                    submission[Changes],
                    now
                ),
            cancel
        ) switch
        {
            Decision.Refused { Why: NothingNew } => SubmissionReply.Unchanged,
            Decision.Refused { Why: var why } => SubmissionReply.No(why),
            _ => SubmissionReply.DoneInSight(
                Markdown.Of($"The retrospective of {submission.State.Id} is recorded.")
            ),
        };
    }

    private static string[] Fields { get; } = [Issue, Improvements, Changes];

    private async Task<Reply> Ask(EscalationId id, UserId by, CancellationToken cancel)
    {
        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        // Its form is filled with what was written (ALL-7).
        if (await readers.WhyNot(escalation, by, cancel) is { } hidden)
        {
            return Reply.No(hidden);
        }

        return
            await book.WouldRefuse(
                escalation,
                by,
                (current, actor, now) => current.NoteRetrospective(actor, "…", "…", "…", now),
                cancel
            )
                is { } why
            ? Reply.No(why)
            : Dialog.Open(
                Form(escalation),
                new EscalationRef(id),
                Markdown.Of(
                    $"Type {EscalationWords.Command($"retrospective {id}")} to be asked again."
                )
            );
    }

    private static DialogForm Form(Escalation escalation)
    {
        var before = escalation.Incident!.Retrospective;
        return new DialogForm(
            "Mini-retrospective",
            [
                Question(
                    Issue,
                    "What was the issue?",
                    before?.Issue ?? escalation.LastUpdate?.Summary ?? escalation.Summary
                ),
                Question(Improvements, "What might improve?", before?.Improvements) with
                {
                    NoneIsAnswer = true,
                    Help =
                        "What might have led to a better outcome: found sooner, told sooner, fixed sooner?",
                },
                Question(Changes, "What do we change?", before?.Changes) with
                {
                    NoneIsAnswer = true,
                    Help = "Who does what by when; none if nothing has to change.",
                },
            ]
        )
        {
            Introduction = Markdown.Of(
                $"**{escalation.Id}** · {escalation.CustomerName}: {escalation.Summary}"
            ),
            SubmitLabel = "Save",
        };
    }

    private static DialogField Question(string name, string label, string? answer) =>
        new(name, label, FieldKind.LongText)
        {
            Default = answer,
            MaxLength = Escalation.MaxLongTextLength,
        };
}
