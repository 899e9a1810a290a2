using System.Globalization;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Checklists;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>Ends what is open of a stage at once; skipping it asks for the reason (PB-3).</summary>
internal sealed class SkipStage(EscalationStore book, ChecklistUseCase desk) : IDialogUpon<TaskRef>
{
    private const string Reason = "reason";

    public static Permission Permission => ChecklistRights.Work;

    public static DialogKey<TaskRef> Key { get; } =
        new("checklist.skip-stage", ChecklistJson.Default.TaskRef);

    /// <summary>Asks why it is not needed.</summary>
    public async Task<Reply> Ask(EscalationId id, int stage, UserId by, CancellationToken cancel)
    {
        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        var refusal = await book.WouldRefuse(
            escalation,
            by,
            (current, actor, now) => current.FinishStage(stage, TaskState.Skipped, "…", actor, now),
            cancel
        );
        if (refusal is not null)
        {
            return Reply.No(refusal);
        }

        return Key.Open(
            new DialogForm(
                string.Create(CultureInfo.InvariantCulture, $"Skip stage {stage}"),
                [
                    new DialogField(Reason, "Reason", FieldKind.Text)
                    {
                        MaxLength = Escalation.MaxTaskReasonLength,
                        Help = "Why is it not needed here? It stays on the record.",
                    },
                ]
            )
            {
                Introduction = Skips(escalation, stage),
                Premise = TaskWords.StillOpen(escalation.Incident!, stage),
                SubmitLabel = "Skip",
            },
            new TaskRef(id, TaskNumber.Whole(stage).ToString()),
            Markdown.Of(
                $"Write it as a command instead: {EscalationWords.Command($"task {id} {stage} skip why")}"
            )
        );
    }

    public async ValueTask<DialogForm?> Now(Submission<TaskRef> form, CancellationToken cancel) =>
        await book.Find(form.State.Id, cancel) is { Value.Incident: { } incident }
            ? DialogForm.Upon(
                TaskWords.StillOpen(
                    incident,
                    int.Parse(form.State.Number, CultureInfo.InvariantCulture)
                )
            )
            : null;

    private static Markdown Skips(Escalation escalation, int stage)
    {
        var open = escalation.Incident!.Numbered.Count(t =>
            t.Number.Stage == stage && t.Task.State == TaskState.Open
        );
        return Markdown.Of(
            $"**{escalation.Id}** · {escalation.Incident.Stages[stage - 1].Title}: {(open == 1 ? Markdown.Of($"the one open task") : Markdown.Of($"all {open} open tasks"))}."
        );
    }

    public async Task<SubmissionReply> Submit(
        Submission<TaskRef> submission,
        CancellationToken cancel
    )
    {
        var (id, number) = submission.State;
        return await desk.FinishStage(
            id,
            int.Parse(number, CultureInfo.InvariantCulture),
            TaskState.Skipped,
            submission[Reason],
            submission.Envelope.User,
            cancel
        ) switch
        {
            Decision.Refused { Why: SkipReasonMissing } => SubmissionReply.Mark(
                Reason,
                "Skipping a stage needs a reason; it stays on the record."
            ),
            Decision.Refused { Why: SkipReasonTooLong } => SubmissionReply.Mark(
                Reason,
                $"At most {Escalation.MaxTaskReasonLength} characters."
            ),
            Decision.Refused { Why: var why } => SubmissionReply.No(why),
            Decision.Accepted { Facts: [EscalationFact.StageFinished finished, ..] } =>
                SubmissionReply.DoneInSight(Said(id, finished)),
            _ => SubmissionReply.Close,
        };
    }

    /// <summary>Ends it.</summary>
    public async Task<Reply> Finish(
        EscalationId id,
        int stage,
        TaskState to,
        string reason,
        UserId by,
        CancellationToken cancel
    ) =>
        await desk.FinishStage(id, stage, to, reason, by, cancel) switch
        {
            Decision.Refused refused => Reply.No(refused.Why),
            Decision.Accepted { Facts: [EscalationFact.StageFinished finished, ..] } => Reply.Done(
                Said(id, finished)
            ),
            _ => Reply.Nothing,
        };

    private static Markdown Said(EscalationId id, EscalationFact.StageFinished finished) =>
        Markdown.Of(
            $"{id} · stage {finished.Stage} *{finished.Title}*: {TaskWords.Finished(finished)}."
        );
}
