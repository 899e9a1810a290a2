using System.Text.Json.Serialization;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>The checklist: done, opened again, skipped, assigned, due (PB-3).</summary>
internal sealed partial record Escalation
{
    /// <summary>The longest reason for which a task is skipped.</summary>
    public const int MaxTaskReasonLength = 150;

    /// <summary>
    /// Its tasks still have to be done, also when it is closed (PB-7); what was taken away, or goes on elsewhere, owes none.
    /// </summary>
    [JsonIgnore]
    public bool OwesTasks =>
        State is not (EscalationState.Declined or EscalationState.Cancelled)
        && MergedInto is null
        && GoesOnAs.Length == 0;

    /// <summary>What somebody still has to do; of what is closed only what has a time.</summary>
    [JsonIgnore]
    public IEnumerable<(TaskNumber Number, IncidentTask Task)> OwedTasks =>
        !OwesTasks
            ? []
            : (Incident?.Numbered ?? []).Where(t =>
                t.Task.State == TaskState.Open && (!IsOver || t.Task.DueAt is not null)
            );

    /// <summary>Whose a task is: what has a time and nobody’s name is the owner’s (PB-3); null for nobody’s.</summary>
    public UserId? Owing(IncidentTask task) => task.Assignee ?? (task.DueAt is null ? null : Owner);

    /// <summary>Brings a task into another state: done and skipped is what is open, opened again what is not.</summary>
    public Decision MarkTask(
        TaskNumber number,
        TaskState to,
        string reason,
        ActingPerson by,
        DateTimeOffset now
    ) =>
        EditTask(
            number,
            task =>
                (task.State == TaskState.Open) == (to == TaskState.Open)
                    ? null
                    : TaskWish.Of(task) with
                    {
                        State = to,
                        Reason = reason,
                    },
            by,
            now
        );

    /// <summary>Gives a task to somebody, or to nobody.</summary>
    public Decision AssignTask(
        TaskNumber number,
        UserId? to,
        ActingPerson by,
        DateTimeOffset now
    ) => EditTask(number, task => TaskWish.Of(task) with { Assignee = to }, by, now);

    /// <summary>Says when a task must be done, or that there is no such time.</summary>
    public Decision SetTaskDue(
        TaskNumber number,
        DateTimeOffset? due,
        TaskDeadlines deadlines,
        ActingPerson by,
        DateTimeOffset now
    ) => EditTask(number, task => TaskWish.Of(task) with { DueAt = due }, by, now, deadlines);

    /// <summary>Changes a task as somebody wishes, all at once or not at all.</summary>
    /// <param name="number">Which.</param>
    /// <param name="wish">How it shall be, made of how it is; null when it stands there already.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">When.</param>
    /// <param name="deadlines">When reminders come, for whoever sets a due time.</param>
    public Decision EditTask(
        TaskNumber number,
        Func<IncidentTask, TaskWish?> wish,
        ActingPerson by,
        DateTimeOffset now,
        TaskDeadlines? deadlines = null
    )
    {
        if (RefusingTask(number, by) is { } why)
        {
            return why;
        }

        var task = Incident!.Find(number)!;
        if (wish(task) is not { } wanted)
        {
            return new TaskStands(number, task, by.User);
        }

        if (Wrong(number, task, wanted, now) is { } wrong)
        {
            return wrong;
        }

        var (next, facts) = Change(number, task, wanted, by.User, now, deadlines);
        return facts.Count == 0
            ? new TaskUnchanged(TaskWords.Stays(number, task))
            : new Decision.Accepted(
                ActedOn(now) with
                {
                    Incident = Incident.With(number, next),
                },
                facts
            );
    }

    /// <summary>Ends all that is open of a stage at once: done, or skipped since the stage does not apply here.</summary>
    public Decision FinishStage(
        int stage,
        TaskState to,
        string reason,
        ActingPerson by,
        DateTimeOffset now
    )
    {
        var open =
            Incident
                ?.Numbered.Where(t => t.Number.Stage == stage && t.Task.State == TaskState.Open)
                .ToList()
            ?? [];
        // Somebody may work on those that they were given; for a stage that must be all that is open of it.
        if (
            open.Select(t => t.Number)
                .DefaultIfEmpty(new TaskNumber(stage, 1))
                .Select(number => RefusingTask(number, by))
                .FirstOrDefault(refusal => refusal is not null) is
            { } why
        )
        {
            return why;
        }

        if (open.Count == 0)
        {
            return new TaskUnchanged(
                Markdown.Of(
                    $"Nothing in stage {stage} *{Incident!.Stages[stage - 1].Title}* is open; nothing was changed."
                )
            );
        }

        reason = to == TaskState.Skipped ? reason : "";
        if (
            Wrong(
                TaskNumber.Whole(stage),
                open[0].Task,
                TaskWish.Of(open[0].Task) with
                {
                    State = to,
                    Reason = reason,
                },
                now
            ) is
            { } wrong
        )
        {
            return wrong;
        }

        return new Decision.Accepted(
            ActedOn(now) with
            {
                Incident = open.Aggregate(
                    Incident!,
                    (next, t) => next.With(t.Number, t.Task.Turned(to, reason, by.User, now))
                ),
            },
            new EscalationFact.StageFinished(
                by.User,
                stage,
                Incident!.Stages[stage - 1].Title,
                [.. open.Select(t => t.Number.ToString())],
                to,
                reason
            )
        );
    }

    /// <summary>Why somebody can't change a task, whatever the change is; null when they can.</summary>
    public Refusal? RefusingTask(TaskNumber number, ActingPerson by) =>
        // What is not there is told before who may change it: nobody needs a right for nothing. How the checklist of a
        // private incident goes on is told to those only who work on it (ALL-7).
        Incident is null
            ? new NoChecklist(this)
        : Incident.Find(number) is not { } task
            ? Incident.IsPrivate && !ChecklistRights.Work.Allows(by, IsOf(by.User))
                    ? new MayNot(ChecklistRights.Work)
                : new NoSuchTask(this, number)
        : !ChecklistRights.Work.Allows(by, IsOf(by.User) || task.Assignee == by.User)
            ? new MayNot(ChecklistRights.Work)
        : !FollowsPlaybook ? new ChecklistOver(this)
        : null;

    /// <summary>Its checklist is worked on: also after it was closed, since the retrospective comes last.</summary>
    private bool FollowsPlaybook =>
        Incident is not null
        && State is not (EscalationState.Declined or EscalationState.Cancelled);

    private Refusal? Wrong(
        TaskNumber number,
        IncidentTask task,
        TaskWish wanted,
        DateTimeOffset now
    )
    {
        var isSkipped = wanted.State == TaskState.Skipped;
        return isSkipped && wanted.Reason.Length == 0 ? new SkipReasonMissing(Id, number)
            : isSkipped && !TextLength.Fits(wanted.Reason, MaxTaskReasonLength)
                ? new SkipReasonTooLong(wanted.Reason)
            : wanted.DueAt != task.DueAt && wanted.DueAt <= now ? new DueInThePast(number)
            : null;
    }

    private (IncidentTask Next, List<EscalationFact> Facts) Change(
        TaskNumber number,
        IncidentTask task,
        TaskWish wanted,
        UserId by,
        DateTimeOffset now,
        TaskDeadlines? deadlines
    )
    {
        var (next, name) = (task, number.ToString());
        List<EscalationFact> facts = [];
        var reason = wanted.State == TaskState.Skipped ? wanted.Reason : "";
        if (wanted.State != task.State || reason != task.Reason)
        {
            next = next.Turned(wanted.State, reason, by, now);
            facts.Add(
                new EscalationFact.TaskChanged(
                    by,
                    name,
                    task.Title,
                    task.State,
                    wanted.State,
                    reason
                )
            );
        }

        if (wanted.Assignee != task.Assignee)
        {
            next = next with { Assignee = wanted.Assignee };
            facts.Add(
                new EscalationFact.TaskAssigned(
                    by,
                    name,
                    task.Title,
                    task.Assignee,
                    wanted.Assignee
                )
            );
        }

        if (wanted.DueAt != task.DueAt)
        {
            next = next.DueFrom(wanted.DueAt, by, now);
            // Whoever says on the spot when they will do it, or is told so as they get it, need not be reminded on the spot.
            var isKnown =
                (next.Assignee ?? Owner) == by
                || (next.Assignee is not null && next.Assignee != task.Assignee);
            var isClose = wanted.DueAt is not null && deadlines?.LeavesTime(next, now) == false;
            next = isKnown && isClose ? next with { Reminded = 1 } : next;
            facts.Add(
                new EscalationFact.TaskDueSet(by, name, task.Title, task.DueAt, wanted.DueAt)
                {
                    Zone = Incident!.Zone,
                }
            );
        }

        return (next, facts);
    }
}

/// <summary>How somebody wants a task to be.</summary>
internal sealed record TaskWish(
    TaskState State,
    string Reason,
    UserId? Assignee,
    DateTimeOffset? DueAt
)
{
    /// <summary>As it is.</summary>
    public static TaskWish Of(IncidentTask task) =>
        new(task.State, task.Reason, task.Assignee, task.DueAt);
}
