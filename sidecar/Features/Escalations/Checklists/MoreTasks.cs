using System.Globalization;
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

/// <summary>
/// All tasks of a checklist in one form, behind the last entry of a menu that has no room for them: a post takes so much,
/// a form does not (PB-3).
/// </summary>
internal sealed class MoreTasks(EscalationStore book, ChecklistUseCase desk, SeenClashes clashes)
    : IDialog<MoreTasksState>
{
    /// <summary>The value of the entry.</summary>
    public const string Chosen = "more";

    private const int OptionLength = 80;

    // What happens to one escalation within a day.
    private const int MostRead = 1000;
    private const string Task = "task";
    private const string State = "state";
    private const string Same = "Same";
    private const string Reason = "reason";
    private const string Assignee = "assignee";
    private const string Due = "due";

    public static Permission Permission => ChecklistRights.Work;

    public static DialogKey<MoreTasksState> Key { get; } =
        new("checklist.more", ChecklistJson.Default.MoreTasksState);

    /// <summary>The entry that says what is missing in the menu.</summary>
    /// <param name="stages">Those of what is missing.</param>
    public static ControlOption Entry(IEnumerable<int> stages)
    {
        var missing = stages.ToList();
        var (first, last) = (missing.Min(), missing.Max());
        return new ControlOption(
            first == last
                ? string.Create(CultureInfo.InvariantCulture, $"More of stage {first}…")
                : string.Create(CultureInfo.InvariantCulture, $"More: stages {first} to {last}…"),
            Chosen
        );
    }

    /// <summary>Opens the form.</summary>
    /// <param name="id">Whose checklist.</param>
    /// <param name="to">What shall become of the task; null: it is said in the form.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Reply> Ask(
        EscalationId id,
        TaskState? to,
        UserId by,
        CancellationToken cancel
    )
    {
        if (await book.Find(id, cancel) is not { Value: var escalation })
        {
            return Reply.No(new NoSuchEscalation(id));
        }

        if (await desk.WhyHidden(escalation, task: null, by, cancel) is { } hidden)
        {
            return Reply.No(hidden);
        }

        var refusal = await book.WouldRefuse(
            escalation,
            by,
            (current, actor, _) =>
                // Somebody without a role works on what they were given.
                current.Incident?.Numbered.All(t =>
                    current.RefusingTask(t.Number, actor) is not null
                )
                    is not false
                && current.RefusingTask(new TaskNumber(1, 1), actor) is { } why
                    ? why
                    : new Decision.Accepted(current),
            cancel
        );
        if (refusal is not null)
        {
            return Reply.No(refusal);
        }

        var latest = await book.LatestHistory(id, before: null, limit: 1, cancel);
        return Key.Open(
            Form(escalation.Incident!, id, to),
            new MoreTasksState(id, latest is [var entry, ..] ? entry.Sequence : 0),
            Markdown.Of(
                $"Write it as a command instead: {EscalationWords.Command($"task {id} 1.1 done")}; {EscalationWords.Command($"tasks {id}")} shows them all."
            )
        );
    }

    public async Task<SubmissionReply> Submit(
        Submission<MoreTasksState> submission,
        CancellationToken cancel
    )
    {
        var by = submission.Envelope.User;
        if (TaskNumber.Read(submission[Task]) is not { } number)
        {
            return SubmissionReply.Mark(Task, "Choose one.");
        }

        var state = Choices.Read(submission[State], Enum.GetValues<TaskState>());
        UserId? assignee = submission[Assignee] is { Length: > 0 } chosen
            ? new UserId(chosen)
            : null;
        if (assignee is { } person && await desk.Unsuitable(person, cancel) is { } unsuitable)
        {
            return SubmissionReply.No(unsuitable);
        }

        DateTimeOffset? due = null;
        var isNever = NoneWord.Is(submission[Due]);
        if (!isNever && submission[Due] is { Length: > 0 } typed)
        {
            switch (await desk.Due(typed, by, cancel))
            {
                case TypedTime.Unclear { Problem: var problem }:
                    return SubmissionReply.Mark(Due, problem);
                case TypedTime.Understood { Moment: var moment }:
                    due = moment;
                    break;
            }
        }

        if (
            await Clashes(
                submission,
                number,
                assignee,
                isNever || due is not null ? (true, due) : default,
                cancel
            ) is
            { } meanwhile
        )
        {
            return meanwhile;
        }

        var decision = await desk.Edit(
            new TaskRef(submission.State.Id, number.ToString()),
            task =>
                Wished(task, state, submission[Reason], assignee, due) is { } wish
                    ? isNever
                        ? wish with
                        {
                            DueAt = null,
                        }
                        : wish
                    : null,
            by,
            cancel
        );
        return decision switch
        {
            Decision.Refused { Why: TaskUnchanged } => SubmissionReply.Mark(
                State,
                "It is already like that. Say what should happen to it, or cancel."
            ),
            Decision.Refused { Why: SkipReasonMissing } => SubmissionReply.Mark(
                Reason,
                "Skipping a task needs a reason; it stays on the record."
            ),
            Decision.Refused { Why: DueInThePast } => SubmissionReply.Mark(
                Due,
                "That time has passed already. Write when it must be done, as in tomorrow 8am."
            ),
            Decision.Refused { Why: var why } => SubmissionReply.No(why),
            Decision.Accepted { Facts: var facts } => SubmissionReply.DoneInSight(
                TaskWords.Changed(submission.State.Id, facts)
            ),
            _ => SubmissionReply.Close,
        };
    }

    /// <summary>
    /// Others gave the task to somebody, or set its time, since the form was opened, which shows neither: what is sent
    /// would take that away (M1). Null when not, and when it was said. Who changed its state is told by name.
    /// </summary>
    private async ValueTask<SubmissionReply?> Clashes(
        Submission<MoreTasksState> submission,
        TaskNumber number,
        UserId? assignee,
        (bool IsTouched, DateTimeOffset? At) due,
        CancellationToken cancel
    )
    {
        if (
            submission.State is not { Id: var id, Shown: { } shown }
            || await book.Find(id, cancel) is not { Value.Incident: { } incident }
            || incident.Find(number) is not { } task
        )
        {
            return null;
        }

        var since = (await book.History(id, shown, MostRead, cancel))
            .Select(entry => entry.Fact)
            .ToList();
        var name = number.ToString();
        var changed = new List<(string Field, string Now)>();
        if (
            assignee is { } person
            && person != task.Assignee
            && since.OfType<EscalationFact.TaskAssigned>().Any(f => f.Number == name)
        )
        {
            changed.Add((Assignee, task.Assignee?.Value ?? ""));
        }

        if (
            due.IsTouched
            && due.At != task.DueAt
            && since.OfType<EscalationFact.TaskDueSet>().Any(f => f.Number == name)
        )
        {
            var zone = await desk.ZoneOf(submission.Envelope.User, cancel);
            changed.Add((Due, task.DueAt is { } at ? Times.Field(at, zone) : ""));
        }

        var unseen = await clashes.Unseen(submission.Envelope, changed, cancel);
        return unseen.Count == 0
            ? null
            : SubmissionReply.Meanwhile(unseen, Form(incident, id, to: null));
    }

    /// <summary>How the task shall be; null when somebody brought it there already.</summary>
    private static TaskWish? Wished(
        IncidentTask task,
        TaskState? state,
        string reason,
        UserId? assignee,
        DateTimeOffset? due
    )
    {
        if (state is { } to && (task.State == TaskState.Open) == (to == TaskState.Open))
        {
            return null;
        }

        var now = TaskWish.Of(task);
        return now with
        {
            State = state ?? now.State,
            Reason = state is null ? now.Reason : reason,
            Assignee = assignee ?? now.Assignee,
            DueAt = due ?? now.DueAt,
        };
    }

    private static DialogForm Form(Incident incident, EscalationId id, TaskState? to)
    {
        var tasks = incident
            .Numbered.Where(t => to is null || t.Task.State == TaskState.Open)
            .ToList();
        return new DialogForm(
            $"Tasks of {id}",
            [
                new DialogField(Task, "Task", FieldKind.Choice)
                {
                    Options =
                    [
                        .. tasks.Select(t => TaskWords.Option(t.Number, t.Task, OptionLength)),
                    ],
                },
                new DialogField(State, "What becomes of it", FieldKind.Choice)
                {
                    Default = to?.ToString() ?? Same,
                    Options =
                    [
                        new ControlOption("It stays as it is", Same),
                        new ControlOption("Done", nameof(TaskState.Done)),
                        new ControlOption("Skipped", nameof(TaskState.Skipped)),
                        new ControlOption("Open again", nameof(TaskState.Open)),
                    ],
                },
                new DialogField(Reason, "Reason", FieldKind.Text)
                {
                    Optional = true,
                    MaxLength = Escalation.MaxTaskReasonLength,
                    Help = "Needed if it is skipped.",
                },
                new DialogField(Assignee, "Who does it", FieldKind.Person)
                {
                    Optional = true,
                    Help = "Left empty, that stays as it is.",
                },
                new DialogField(Due, "Due", FieldKind.Moment)
                {
                    NoneIsAnswer = true,
                    Optional = true,
                    Help = "Left empty, that stays as it is.",
                    HelpWhenTyped = "As you would say it: tomorrow 8am, in 2h, fri 14:30.",
                },
            ]
        )
        {
            Introduction = Markdown.Of($"**{id}** · all {tasks.Count} that can be chosen."),
            SubmitLabel = "Save",
        };
    }
}

/// <summary>What the form remembers.</summary>
/// <param name="Id">Whose tasks it shows.</param>
/// <param name="Shown">
/// The last entry of its timeline then; null when a release that did not remember it opened it.
/// </param>
internal sealed record MoreTasksState(EscalationId Id, long? Shown = null);
