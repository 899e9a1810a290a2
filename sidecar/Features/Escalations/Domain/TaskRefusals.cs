using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>There is no checklist.</summary>
internal sealed record NoChecklist(Escalation Escalation)
    : Refusal(
        Markdown.Of(
            $"{Escalation.Id} follows no playbook, so it has no checklist. {EscalationWords.Command($"playbook start {Escalation.Id}")} starts one."
        )
    );

/// <summary>It was declined or taken back, and what was planned for it with it.</summary>
internal sealed record ChecklistOver(Escalation Escalation)
    : Refusal(
        Markdown.Of(
            $"{Escalation.Id} is {Vocabulary.States.Label(Escalation.State).ToLowerInvariant()}, so its checklist stays as it is. {EscalationWords.Command($"tasks {Escalation.Id}")} shows it."
        )
    );

/// <summary>A number that no task has, with the nearest that one has.</summary>
internal sealed record NoSuchTask(Escalation Escalation, TaskNumber Number)
    : Refusal(
        Markdown.Of(
            $"{Escalation.Id} has no task {Number}: {Nearest(Escalation.Incident!, Number)} {EscalationWords.Command($"tasks {Escalation.Id}")} shows them all."
        )
    )
{
    private static Markdown Nearest(Incident incident, TaskNumber number)
    {
        if (number.Stage > incident.Stages.Length)
        {
            return Markdown.Of(
                $"its {incident.Stages.Length} stages end with *{incident.Stages[^1].Title}*."
            );
        }

        var (place, stage) = (number.Stage, incident.Stages[number.Stage - 1]);
        var last = new TaskNumber(place, stage.Tasks.Length);
        return Markdown.Of(
            $"stage {place} *{stage.Title}* ends with {last} *{stage.Tasks[^1].Title}*."
        );
    }
}

/// <summary>Somebody else was first (ESC-9), or the same person pressed twice.</summary>
internal sealed record TaskStands(TaskNumber Number, IncidentTask Task, UserId By)
    : Refusal(Sentenced(Number, Task, By))
{
    private static Markdown Sentenced(TaskNumber number, IncidentTask task, UserId by) =>
        (task.State, task.By) switch
        {
            (TaskState.Open, _) => Markdown.Of(
                $"{number} *{task.Title}* is open already{Opened(task, by)}"
            ),
            (var state, { } first) when first == by => Markdown.Of(
                $"You have {Verb(state)} {number} *{task.Title}* already{Reason(task)}"
            ),
            (var state, { } first) => Markdown.Of(
                $"{first} was first and has {Verb(state)} {number} *{task.Title}*{Reason(task)}"
            ),
            _ => Markdown.Of($"{number} *{task.Title}* was already checked off automatically."),
        };

    private static Markdown Opened(IncidentTask task, UserId by) =>
        task.By is { } opener && opener != by
            ? Markdown.Of($": {opener} was first.")
            : Markdown.Of($".");

    private static Markdown Reason(IncidentTask task) => EscalationWords.Because(task.Reason);

    private static string Verb(TaskState state) => state == TaskState.Done ? "checked" : "skipped";
}

/// <summary>A task is skipped for a reason, on the record.</summary>
internal sealed record SkipReasonMissing(EscalationId Id, TaskNumber Number)
    : Refusal(
        Markdown.Of(
            $"Why is {(Number.IsStage ? Markdown.Of($"stage {Number}") : Markdown.Of($"{Number}"))} skipped? It needs a reason, on the record: {EscalationWords.Command($"task {Id} {Number} skip why")}"
        )
    );

/// <summary>A reason that is longer than is kept.</summary>
internal sealed record SkipReasonTooLong(string Text)
    : Refusal(
        Markdown.Of(
            $"A reason takes {Escalation.MaxTaskReasonLength} characters; yours has {TextLength.Told(Text, Escalation.MaxTaskReasonLength)}. Nothing was changed: put the rest into the thread."
        )
    );

/// <summary>The same assignee or time again.</summary>
internal sealed record TaskUnchanged(Markdown What) : Refusal(What);

/// <summary>A due time that has passed already.</summary>
internal sealed record DueInThePast(TaskNumber Number)
    : Refusal(
        Markdown.Of(
            $"That time has passed already, so {Number} stays as it is. Write when it must be done, as in {Markdown.Code("tomorrow 8am")}."
        )
    );
