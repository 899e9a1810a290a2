using Sidecar.Chat;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>Parts of sentences about tasks.</summary>
internal static class TaskWords
{
    /// <summary>A task in a sentence, by what facts keep of it.</summary>
    public static Markdown Named(string number, string title) =>
        Markdown.Of($"{Number(number)} *{title}*");

    /// <summary>A task’s number as facts keep it.</summary>
    public static Markdown Number(string number) =>
        TaskNumber.Read(number) is { } read ? Markdown.Of($"{read}") : Markdown.Typed(number);

    /// <summary>Which tasks of a stage are open, for forms that end all of them.</summary>
    public static Markdown StillOpen(Incident incident, int stage)
    {
        var open = incident
            .Numbered.Where(t => t.Number.Stage == stage && t.Task.State == TaskState.Open)
            .Select(t => $"{t.Number}")
            .ToList();
        return Markdown.Of(
            $"Open in stage {stage} by now: {(open.Count == 0 ? "nothing" : string.Join(", ", open))}."
        );
    }

    /// <summary>A task in a menu or list of a form.</summary>
    public static ControlOption Option(TaskNumber number, IncidentTask task, int length)
    {
        var state = task.State switch
        {
            TaskState.Done => "✓ ",
            TaskState.Skipped => "– ",
            _ => "",
        };
        return new ControlOption(
            MarkdownEscaper.Shorten($"{state}{number} {task.Title}", length),
            number.ToString()
        );
    }

    /// <summary>What became of a stage: <c>6 tasks skipped</c>.</summary>
    public static Markdown Finished(EscalationFact.StageFinished fact) =>
        Markdown.Of(
            $"{(fact.Tasks.Length == 1 ? Markdown.Of($"1 task") : Markdown.Of($"{fact.Tasks.Length} tasks"))} {(fact.To == TaskState.Skipped ? Markdown.Of($"skipped") : Markdown.Of($"done"))}"
        );

    /// <summary>That nothing changed.</summary>
    public static Markdown Stays(TaskNumber number, IncidentTask task) =>
        Markdown.Of($"{number} *{task.Title}* is like that already; nothing was changed.");

    /// <summary>What became of a task, for whoever changed it.</summary>
    public static Markdown Now(TaskNumber number, IncidentTask task, TimeZoneInfo zone) =>
        Markdown.Of($"{number} *{task.Title}*: {State(task)}{Assignee(task)}{Due(task, zone)}.");

    /// <summary>All that was done to tasks of an escalation, for whoever did it.</summary>
    public static Markdown Changed(EscalationId id, IEnumerable<EscalationFact> facts) =>
        Markdown.Lines([
            .. facts
                .Where(fact =>
                    fact
                        is EscalationFact.TaskChanged
                            or EscalationFact.TaskAssigned
                            or EscalationFact.TaskDueSet
                )
                .Select(fact => Markdown.Of($"**{id}** · {fact.Sentence}")),
        ]);

    public static Markdown State(IncidentTask task) =>
        task.State switch
        {
            TaskState.Done => Markdown.Of($"done"),
            TaskState.Skipped => Markdown.Of($"skipped"),
            _ => Markdown.Of($"open"),
        };

    private static Markdown Assignee(IncidentTask task) =>
        task.Assignee is { } person ? Markdown.Of($", assigned to {person}") : Markdown.None;

    private static Markdown Due(IncidentTask task, TimeZoneInfo zone) =>
        task is { State: TaskState.Open, DueAt: { } due }
            ? Markdown.Of($", due {Times.At(due, zone)}")
            : Markdown.None;

    /// <summary>How far the checklist is: <c>12 of 41 · stage 3 Data review</c>.</summary>
    public static Markdown Progress(Incident incident)
    {
        var stage = FirstUnfinished(incident);
        var all = incident.Tasks.Count();
        return stage is { } index
            ? Markdown.Of(
                $"{incident.Finished} of {all} · stage {index + 1} {incident.Stages[index].Title}"
            )
            : Markdown.Of($"{incident.Finished} of {all} · all done");
    }

    /// <summary>The stage that is worked on, from 0; null when all is finished.</summary>
    public static int? FirstUnfinished(Incident incident)
    {
        var index = incident.Stages.IndexOf(
            incident.Stages.FirstOrDefault(s => s.Tasks.Any(t => t.State == TaskState.Open))!
        );
        return index < 0 ? null : index;
    }
}
