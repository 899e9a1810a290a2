using System.Text.Json.Serialization;
using Sidecar.Ids;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Domain;

/// <content>The checklist (PB-3), and when its tasks are due (PB-7).</content>
internal sealed partial record Incident
{
    /// <summary>
    /// Until when reminders wait that came outside of working time, UTC; null when none does. Those of times that
    /// somebody set outside of it do not wait.
    /// </summary>
    public DateTimeOffset? TasksHeldUntil { get; init; }

    /// <summary>All tasks with their numbers, in order.</summary>
    [JsonIgnore]
    public IEnumerable<(TaskNumber Number, IncidentTask Task)> Numbered =>
        Stages.SelectMany(
            (stage, i) => stage.Tasks.Select((task, j) => (new TaskNumber(i + 1, j + 1), task))
        );

    /// <summary>An incident that begins to follow a playbook, with a copy of its tasks.</summary>
    /// <param name="playbook">Which.</param>
    /// <param name="by">Who started it; null when it starts by itself.</param>
    /// <param name="now">When.</param>
    public static Incident Follow(Playbook playbook, UserId? by, DateTimeOffset now) =>
        new()
        {
            Playbook = playbook.Key,
            PlaybookName = playbook.Name,
            StartedAt = now,
            StartedBy = by,
            UpdateEvery = playbook.UpdateEvery,
            UpdateTemplate = playbook.UpdateTemplate,
            RetrospectiveTemplate = playbook.RetrospectiveTemplate,
            ChannelName = playbook.ChannelName,
            Stages =
            [
                .. playbook.Stages.Select(s => new IncidentStage(
                    s.Title,
                    [
                        .. s.Tasks.Select(t => new IncidentTask(t.Title)
                        {
                            RepliesToCustomer = t.RepliesToCustomer,
                            DoneWhen = t.DoneWhen,
                            DueAfterResolution = t.DueAfterResolution,
                            DueAfterStart = t.DueAfterStart,
                            Details = t.Details,
                            Command = t.Command,
                        }),
                    ]
                )),
            ],
        };

    /// <summary>A task; null when there is none with that number.</summary>
    public IncidentTask? Find(TaskNumber number) =>
        number.Stage <= Stages.Length && number.Place <= Stages[number.Stage - 1].Tasks.Length
            ? Stages[number.Stage - 1].Tasks[number.Place - 1]
            : null;

    /// <summary>The same with one task changed.</summary>
    public Incident With(TaskNumber number, IncidentTask task)
    {
        var stage = Stages[number.Stage - 1];
        return this with
        {
            Stages = Stages.SetItem(
                number.Stage - 1,
                stage with
                {
                    Tasks = stage.Tasks.SetItem(number.Place - 1, task),
                }
            ),
        };
    }

    /// <summary>When somebody must be reminded of a task next, UTC; null when of none.</summary>
    public DateTimeOffset? NextTaskReminderAt(TaskDeadlines deadlines) =>
        Tasks.Min(t => deadlines.NextAt(t, TasksHeldUntil));

    /// <summary>The same with everything done that this checks by itself, and the facts of it.</summary>
    public (Incident Next, IReadOnlyList<EscalationFact> Facts) Done(
        TaskTrigger trigger,
        UserId? by,
        DateTimeOffset now
    ) => Turned(trigger, TaskState.Open, TaskState.Done, by, now);

    /// <summary>The same with what that had checked open again, since it is not so any more.</summary>
    public (Incident Next, IReadOnlyList<EscalationFact> Facts) Undone(
        TaskTrigger trigger,
        DateTimeOffset now
    ) => Turned(trigger, TaskState.Done, TaskState.Open, by: null, now);

    private (Incident Next, IReadOnlyList<EscalationFact> Facts) Turned(
        TaskTrigger trigger,
        TaskState from,
        TaskState to,
        UserId? by,
        DateTimeOffset now
    )
    {
        var next = this;
        List<EscalationFact> facts = [];
        foreach (var (number, task) in Numbered)
        {
            if (task.DoneWhen != trigger || task.State != from)
            {
                continue;
            }

            next = next.With(number, task.Turned(to, "", by, now));
            facts.Add(
                new EscalationFact.TaskChanged(
                    by,
                    number.ToString(),
                    task.Title,
                    task.State,
                    to,
                    ""
                )
            );
        }

        return (next, facts);
    }

    /// <summary>The same with the times that count from its start.</summary>
    public Incident WithStartTimes(WorkingTime calendar)
    {
        var next = this;
        foreach (var (number, task) in Numbered)
        {
            if (task is { DueAfterStart: { } wait, DueAt: null })
            {
                next = next.With(
                    number,
                    task.DueFrom(wait.After(StartedAt, calendar), by: null, StartedAt)
                );
            }
        }

        return next;
    }

    /// <summary>
    /// The same with the times that count from the resolution set, or cleared when it is resolved no more (PB-7). A time
    /// that somebody set by hand stays, and so does that of what is done.
    /// </summary>
    /// <param name="resolvedAt">When the escalation was resolved; null when it is not.</param>
    /// <param name="calendar">The team's working time.</param>
    public Incident WithDeadlines(DateTimeOffset? resolvedAt, WorkingTime calendar)
    {
        var next = this;
        foreach (var (number, task) in Numbered)
        {
            if (task.DueAfterResolution is not { } wait || task.DueSetBy is not null)
            {
                continue;
            }

            var due = resolvedAt is { } from ? wait.After(from, calendar) : (DateTimeOffset?)null;
            if (due != task.DueAt && (due is not null || task.State != TaskState.Done))
            {
                next = next.With(number, task.DueFrom(due, by: null, resolvedAt));
            }
        }

        return next;
    }
}
