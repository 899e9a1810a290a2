using System.Text.Json.Serialization;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Channels;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Checklists;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>What commands, menus and the form of the checklist share (PB-3).</summary>
internal sealed class ChecklistUseCase(
    EscalationStore book,
    IncidentReaders readers,
    PeopleDirectory people,
    TeamTimeSettings team,
    TaskDeadlines deadlines,
    TimeProvider clock
)
{
    /// <summary>What clears an assignee or a due time.</summary>
    public static bool IsNothing(string typed) =>
        string.IsNullOrWhiteSpace(typed) || NoneWord.Is(typed);

    public ValueTask<TimeZoneInfo> ZoneOf(UserId person, CancellationToken cancel) =>
        people.ZoneOf(person, cancel);

    /// <summary>A due time as somebody typed it (ALL-1).</summary>
    public async ValueTask<TypedTime> Due(string typed, UserId by, CancellationToken cancel) =>
        TypedTime.Read(
            typed,
            clock.GetUtcNow(),
            await people.ZoneOf(by, cancel),
            team.WorkingHours
        );

    /// <summary>Why a task can't be given to somebody, whoever does it; null when it can.</summary>
    public async ValueTask<Refusal?> Unsuitable(UserId person, CancellationToken cancel) =>
        await people.Find(person, cancel) switch
        {
            null => new TaskUnchanged(
                Markdown.Of($"Mattermost knows nobody with that id. Nothing was changed.")
            ),
            { IsBot: true } => new TaskUnchanged(
                Markdown.Of($"{person} is a bot and can’t be given a task. Choose a person.")
            ),
            { IsDeactivated: true } => new TaskUnchanged(
                Markdown.Of($"The account of {person} is deactivated. Choose somebody else.")
            ),
            { IsGuest: true } => new TaskUnchanged(
                Markdown.Of(
                    $"{person} is a guest on this server and may do nothing here. Choose somebody on the team."
                )
            ),
            _ => null,
        };

    /// <summary>
    /// Why somebody may see nothing of a checklist (ALL-7): what forms and refusals tell of it is as private as the list
    /// itself. Null when they may; whoever was given a task may work on that one.
    /// </summary>
    /// <param name="escalation">Whose checklist.</param>
    /// <param name="task">Which task; null for the whole.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<Refusal?> WhyHidden(
        Escalation escalation,
        TaskNumber? task,
        UserId by,
        CancellationToken cancel
    ) =>
        task is { } number && escalation.Incident?.Find(number)?.Assignee == by
            ? null
            : await readers.WhyNot(escalation, by, cancel);

    private async Task<Decision> Decide(
        EscalationId id,
        TaskNumber? task,
        UserId by,
        Func<Escalation, ActingPerson, DateTimeOffset, Decision> rule,
        CancellationToken cancel
    ) =>
        await book.Find(id, cancel) is { Value: var escalation }
        && await WhyHidden(escalation, task, by, cancel) is { } why
            ? why
            : await book.Decide(id, by, rule, cancel);

    /// <summary>Changes a task.</summary>
    public Task<Decision> Edit(
        TaskRef task,
        Func<IncidentTask, TaskWish?> wish,
        UserId by,
        CancellationToken cancel
    ) =>
        TaskNumber.Read(task.Number) is { } number
            ? Decide(
                task.Id,
                number,
                by,
                (escalation, actor, now) =>
                    escalation.EditTask(number, wish, actor, now, deadlines),
                cancel
            )
            : Task.FromResult<Decision>(
                new TaskUnchanged(Markdown.Of($"No task was chosen, so {task.Id} stays as it is."))
            );

    /// <summary>Ends all that is open of a stage.</summary>
    public Task<Decision> FinishStage(
        EscalationId id,
        int stage,
        TaskState to,
        string reason,
        UserId by,
        CancellationToken cancel
    ) =>
        Decide(
            id,
            task: null,
            by,
            (escalation, actor, now) => escalation.FinishStage(stage, to, reason, actor, now),
            cancel
        );

    /// <summary>Brings a task into a state and says what became of it.</summary>
    public async Task<Reply> Turn(
        TaskRef task,
        TaskState to,
        string reason,
        UserId by,
        CancellationToken cancel
    ) =>
        TaskNumber.Read(task.Number) is { } number
            ? await Answer(
                task,
                await Decide(
                    task.Id,
                    number,
                    by,
                    (escalation, actor, now) => escalation.MarkTask(number, to, reason, actor, now),
                    cancel
                ),
                by,
                cancel
            )
            : Reply.No(Markdown.Of($"No task was chosen, so {task.Id} stays as it is."));

    /// <summary>What became of a task, for whoever changed it.</summary>
    public async Task<Reply> Answer(
        TaskRef task,
        Decision decision,
        UserId by,
        CancellationToken cancel
    )
    {
        var zone = await ZoneOf(by, cancel);
        return decision switch
        {
            Decision.Refused refused => Reply.No(refused.Why),
            Decision.Accepted { Next: var next } when TaskNumber.Read(task.Number) is { } number =>
                Reply.Done(
                    Markdown.Of(
                        $"{task.Id} · {TaskWords.Now(number, next.Incident!.Find(number)!, zone)}"
                    )
                ),
            _ => Reply.Nothing,
        };
    }
}

/// <summary>Which task a button or form is about.</summary>
/// <param name="Id">Of which escalation.</param>
/// <param name="Number">Which, as it is written; empty for a menu, where it is chosen.</param>
internal sealed record TaskRef(EscalationId Id, string Number = "");

/// <summary>What the form remembers: which task, and how it was when the form was opened.</summary>
/// <param name="Task">Which.</param>
/// <param name="Seen">How it was.</param>
/// <param name="Part">How much of it the form asks for.</param>
internal sealed record TaskFormState(TaskRef Task, TaskWish Seen, TaskPart Part = TaskPart.All);

/// <summary>How much of a task its form asks for: all, or the one thing that somebody wants to change.</summary>
internal enum TaskPart
{
    All,
    Skip,
    Assignee,
    Due,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(TaskRef))]
[JsonSerializable(typeof(TaskFormState))]
[JsonSerializable(typeof(MoreTasksState))]
internal sealed partial class ChecklistJson : JsonSerializerContext;
