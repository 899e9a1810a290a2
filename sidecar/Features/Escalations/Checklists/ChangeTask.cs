using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Checklists;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>The form of a task: state, reason, assignee, due time (PB-3). What somebody changed meanwhile stays.</summary>
internal sealed class ChangeTask(EscalationStore book, ChecklistUseCase desk)
    : IDialogUpon<TaskFormState>
{
    private const string State = "state";
    private const string Reason = "reason";
    private const string Scope = "scope";
    private const string Stage = "stage";
    private const string Assignee = "assignee";
    private const string Due = "due";
    private const int ShownOfDetails = 1000;

    public static Permission Permission => ChecklistRights.Work;

    public static DialogKey<TaskFormState> Key { get; } =
        new("checklist.task", ChecklistJson.Default.TaskFormState);

    /// <summary>Opens the form with the task as it is.</summary>
    public async Task<Reply> Ask(
        TaskRef wanted,
        UserId by,
        CancellationToken cancel,
        TaskPart part = TaskPart.All
    )
    {
        if (TaskNumber.Read(wanted.Number) is not { } number)
        {
            return Reply.Say(Markdown.Of($"No task was chosen, so {wanted.Id} stays as it is."));
        }

        if (await book.Find(wanted.Id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(wanted.Id));
        }

        if (await desk.WhyHidden(escalation, number, by, cancel) is { } hidden)
        {
            return Reply.No(hidden);
        }

        var refusal = await book.WouldRefuse(
            escalation,
            by,
            (current, actor, _) =>
                current.RefusingTask(number, actor) is { } why
                    ? why
                    : new Decision.Accepted(current),
            cancel
        );
        if (refusal is not null)
        {
            return Reply.No(refusal);
        }

        var task = escalation.Incident!.Find(number)!;
        if (part == TaskPart.Skip && task.State != TaskState.Open)
        {
            return Reply.No(new TaskStands(number, task, by));
        }

        var mayEndStage =
            part == TaskPart.All
            && await book.WouldRefuse(
                escalation,
                by,
                (current, actor, now) =>
                    current.FinishStage(number.Stage, TaskState.Done, "", actor, now),
                cancel
            )
                is null;
        var open = mayEndStage ? OpenOf(escalation.Incident, number.Stage) : 0;
        var due = task.DueAt is { } at ? Times.Field(at, await desk.ZoneOf(by, cancel)) : "";
        return Key.Open(
            Form(wanted, task, due, open, part) with
            {
                // A whole stage can be meant only where it is asked.
                Premise =
                    open < 2
                        ? Markdown.None
                        : TaskWords.StillOpen(escalation.Incident, number.Stage),
            },
            new TaskFormState(wanted, TaskWish.Of(task), part),
            Markdown.Of(
                $"Change it by command instead: {EscalationWords.Command($"task {wanted.Id} {number} {Act(part)}")}"
            )
        );
    }

    public async Task<SubmissionReply> Submit(
        Submission<TaskFormState> submission,
        CancellationToken cancel
    )
    {
        var (task, seen, part) = submission.State;
        var by = submission.Envelope.User;
        var read =
            part == TaskPart.All ? Choices.Read(submission[State], Enum.GetValues<TaskState>())
            : part == TaskPart.Skip ? TaskState.Skipped
            : seen.State;
        if (read is not { } state)
        {
            return SubmissionReply.Mark(State, "Choose one.");
        }

        var reason = part is TaskPart.All or TaskPart.Skip ? submission[Reason] : seen.Reason;
        if (state != TaskState.Skipped && reason != seen.Reason && reason.Length > 0)
        {
            return SubmissionReply.Mark(
                Reason,
                "A reason is kept with a skipped task only: choose Skipped above, or empty this."
            );
        }

        var assignee =
            part is not (TaskPart.All or TaskPart.Assignee) || !submission.Changed(Assignee)
                ? seen.Assignee
            : submission[Assignee] is { Length: > 0 } chosen ? new UserId(chosen)
            : (UserId?)null;
        if (
            assignee is { } person
            && person != seen.Assignee
            && await desk.Unsuitable(person, cancel) is { } unsuitable
        )
        {
            return SubmissionReply.No(unsuitable);
        }

        var due = seen.DueAt;
        if (part is TaskPart.All or TaskPart.Due && submission.Changed(Due))
        {
            var typed = submission[Due];
            switch (ChecklistUseCase.IsNothing(typed) ? null : await desk.Due(typed, by, cancel))
            {
                case TypedTime.Unclear { Problem: var problem }:
                    return SubmissionReply.Mark(Due, problem);
                case TypedTime.Understood { Moment: var moment }:
                    due = moment;
                    break;
                default:
                    due = null;
                    break;
            }
        }

        if (submission[Scope] == Stage)
        {
            return state == TaskState.Open || assignee != seen.Assignee || due != seen.DueAt
                ? SubmissionReply.Mark(
                    Scope,
                    state == TaskState.Open
                        ? "A whole stage can be done or skipped: choose one of these as the state, or the one task here."
                        : "For a whole stage only the state can be set: leave who does it and the due time as they were, or choose the one task here."
                )
                : Said(
                    task,
                    await desk.FinishStage(
                        task.Id,
                        TaskNumber.Read(task.Number)!.Value.Stage,
                        state,
                        submission[Reason],
                        by,
                        cancel
                    )
                );
        }

        var wish = new TaskWish(state, reason, assignee, due);
        return Said(
            task,
            await desk.Edit(task, current => Merged(current, seen, wish), by, cancel)
        );
    }

    /// <summary>
    /// Who has it and when it is due, and for a whole stage what is open of it. Who changed its state is told by name
    /// (ESC-9).
    /// </summary>
    public async ValueTask<DialogForm?> Now(
        Submission<TaskFormState> form,
        CancellationToken cancel
    )
    {
        var (wanted, _, part) = form.State;
        if (
            TaskNumber.Read(wanted.Number) is not { } number
            || await book.Find(wanted.Id, cancel) is not { Value.Incident: { } incident }
            || incident.Find(number) is not { } task
        )
        {
            return null;
        }

        var due = task.DueAt is { } at
            ? Times.Field(at, await desk.ZoneOf(form.Envelope.User, cancel))
            : "";
        var now = Form(wanted, task, due, open: 0, part);
        return now with
        {
            Fields = [.. now.Fields.Where(f => f.Name is Assignee or Due)],
            Premise =
                form[Scope] == Stage ? TaskWords.StillOpen(incident, number.Stage) : Markdown.None,
        };
    }

    private static SubmissionReply Said(TaskRef task, Decision decision) =>
        decision switch
        {
            Decision.Refused { Why: TaskUnchanged } => SubmissionReply.Unchanged,
            Decision.Refused { Why: SkipReasonMissing } => SubmissionReply.Mark(
                Reason,
                "Skipping a task needs a reason; it stays on the record."
            ),
            Decision.Refused { Why: SkipReasonTooLong } => SubmissionReply.Mark(
                Reason,
                $"At most {Escalation.MaxTaskReasonLength} characters."
            ),
            Decision.Refused { Why: DueInThePast } => SubmissionReply.Mark(
                Due,
                "That time has passed already. Write when it must be done, as in tomorrow 8am."
            ),
            Decision.Refused { Why: var why } => SubmissionReply.No(why),
            Decision.Accepted { Facts: [EscalationFact.StageFinished finished, ..] } =>
                SubmissionReply.DoneInSight(
                    Markdown.Of(
                        $"{task.Id} · stage {finished.Stage} *{finished.Title}*: {TaskWords.Finished(finished)}."
                    )
                ),
            Decision.Accepted { Facts: var facts } => SubmissionReply.DoneInSight(
                TaskWords.Changed(task.Id, facts)
            ),
            _ => SubmissionReply.Close,
        };

    /// <summary>
    /// How the task shall be: as it is now with what was changed in the form; null when somebody else brought it into
    /// another state meanwhile (ESC-9).
    /// </summary>
    private static TaskWish? Merged(IncidentTask current, TaskWish seen, TaskWish wish)
    {
        var changesState =
            wish.State != seen.State
            || (wish.State == TaskState.Skipped && wish.Reason != seen.Reason);
        if (changesState && current.State != seen.State)
        {
            return null;
        }

        var now = TaskWish.Of(current);
        return now with
        {
            State = changesState ? wish.State : now.State,
            Reason = changesState ? wish.Reason : now.Reason,
            Assignee = wish.Assignee != seen.Assignee ? wish.Assignee : now.Assignee,
            DueAt = wish.DueAt != seen.DueAt ? wish.DueAt : now.DueAt,
        };
    }

    private static int OpenOf(Incident incident, int stage) =>
        incident.Numbered.Count(t => t.Number.Stage == stage && t.Task.State == TaskState.Open);

    /// <summary>Of what is said of the task, the state may be meant for its whole stage.</summary>
    private static IEnumerable<DialogField> Scopes(string number, int open) =>
        open < 2
            ? []
            :
            [
                new DialogField(Scope, "Apply the state to", FieldKind.Choice)
                {
                    Default = "task",
                    Options =
                    [
                        new ControlOption($"This task, {number}", "task"),
                        new ControlOption(
                            $"All {open} open tasks of stage {number.Split('.')[0]}",
                            Stage
                        ),
                    ],
                },
            ];

    /// <summary>What is typed behind the task instead.</summary>
    private static string Act(TaskPart part) =>
        part switch
        {
            TaskPart.Skip => "skip why",
            TaskPart.Assignee => "assign @user",
            TaskPart.Due => "due tomorrow 8am",
            _ => "done",
        };

    private static IEnumerable<DialogField> Fields(
        TaskRef wanted,
        IncidentTask task,
        string due,
        int open,
        TaskPart part
    )
    {
        if (part == TaskPart.All)
        {
            yield return new DialogField(State, "State", FieldKind.Choice)
            {
                Default = task.State.ToString(),
                Options =
                [
                    new ControlOption("Open", nameof(TaskState.Open)),
                    new ControlOption("Done", nameof(TaskState.Done)),
                    new ControlOption("Skipped", nameof(TaskState.Skipped)),
                ],
            };
        }

        if (part is TaskPart.All or TaskPart.Skip)
        {
            yield return new DialogField(Reason, "Reason", FieldKind.Text)
            {
                Default = task.Reason.Length > 0 ? task.Reason : null,
                Optional = part == TaskPart.All,
                MaxLength = Escalation.MaxTaskReasonLength,
                Help =
                    part == TaskPart.All
                        ? "Needed if it is skipped."
                        : "Why is it not needed here? It stays on the record.",
            };
        }

        foreach (var scope in Scopes(wanted.Number, open))
        {
            yield return scope;
        }

        if (part is TaskPart.All or TaskPart.Assignee)
        {
            yield return new DialogField(Assignee, "Who does it", FieldKind.Person)
            {
                Default = task.Assignee?.Value,
                Optional = true,
                Help = "If nobody, the owner does it.",
            };
        }

        if (part is TaskPart.All or TaskPart.Due)
        {
            yield return new DialogField(Due, "Due", FieldKind.Moment)
            {
                At = task.DueAt,
                Default = due.Length > 0 ? due : null,
                Optional = true,
                HelpWhenTyped =
                    "As you would say it: tomorrow 8am, in 2h, fri 14:30. None: no due time.",
            };
        }
    }

    private static DialogForm Form(
        TaskRef wanted,
        IncidentTask task,
        string due,
        int open,
        TaskPart part
    ) =>
        new(
            part == TaskPart.Skip ? $"Skip task {wanted.Number}" : $"Task {wanted.Number}",
            [.. Fields(wanted, task, due, open, part)]
        )
        {
            Introduction = Markdown.Lines([
                Markdown.Of($"**{wanted.Id}** · {wanted.Number} {task.Title}"),
                Markdown.Typed(MarkdownEscaper.Shorten(task.Details, ShownOfDetails)),
                task.Command.Length > 0
                    ? Markdown.Of($"Somebody types {Markdown.Code(task.Command)} for it.")
                    : Markdown.None,
            ]),
            SubmitLabel = part == TaskPart.Skip ? "Skip" : "Save",
        };
}
