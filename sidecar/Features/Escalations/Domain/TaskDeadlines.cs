using Sidecar.Time;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>
/// When people are reminded of tasks (PB-7): before they are due, and when they were missed. A deadline pages nobody:
/// both come in the team's working time, unless somebody set the time outside of it by hand (WEEK-3).
/// </summary>
internal sealed class TaskDeadlines(PlaybookSettings settings, WorkingTime calendar)
{
    /// <summary>What is left at least when a reminder has to come out of the night before it is due.</summary>
    private static readonly WaitLength Short = WaitLength.OfWorkingHours(1);

    /// <summary>How far back a reminder can lie at the most.</summary>
    private static readonly TimeSpan LongestBefore = TimeSpan.FromDays(1500);

    /// <summary>When somebody is reminded of a task next, UTC; null when never again.</summary>
    public DateTimeOffset? NextAt(IncidentTask task, DateTimeOffset? heldUntil = null)
    {
        var at = Step(task) switch
        {
            1 => RemindAt(task),
            2 => MissedAt(task),
            _ => (DateTimeOffset?)null,
        };
        return at is not null && at < heldUntil && !IsOutsideByHand(task) ? heldUntil : at;
    }

    /// <summary>How far reminders of a task have to be by now: 0, 1 before it is due, 2 when it was missed.</summary>
    public int ReachedBy(IncidentTask task, DateTimeOffset now) =>
        Step(task) == 0 ? task.Reminded
        : MissedAt(task) <= now ? 2
        : Step(task) == 1 && RemindAt(task) <= now ? 1
        : task.Reminded;

    /// <summary>It may be told now.</summary>
    public bool MayBeToldAt(IncidentTask task, DateTimeOffset now) =>
        IsOutsideByHand(task) || calendar.IsWorkingTime(now);

    /// <summary>When it may be told at the earliest.</summary>
    public DateTimeOffset NextTelling(DateTimeOffset now) => calendar.NextWorkingTime(now);

    /// <summary>It can be reminded of before it is due, when it is set now.</summary>
    public bool LeavesTime(IncidentTask task, DateTimeOffset now) =>
        Before(task, settings.RemindBefore) > now;

    /// <summary>The next thing to tell: 1 that it is due soon, 2 that it was missed; 0 when nothing is.</summary>
    private int Step(IncidentTask task) =>
        task is not { State: TaskState.Open, DueAt: not null }
            ? 0
            : task.Reminded switch
            {
                // Both at once would be one too many.
                0 when RemindAt(task) < MissedAt(task) => 1,
                0 or 1 => 2,
                _ => 0,
            };

    private DateTimeOffset RemindAt(IncidentTask task)
    {
        var since = task.DueSetAt ?? task.DueAt!.Value;
        var at = Later(Before(task, settings.RemindBefore), since);
        if (IsOutsideByHand(task) || calendar.IsWorkingTime(at))
        {
            return at;
        }

        var next = calendar.NextWorkingTime(at);
        var earlier = Before(task, Short);
        return earlier >= since && earlier < next ? earlier : next;
    }

    private DateTimeOffset MissedAt(IncidentTask task) =>
        task.DueSetBy is null ? calendar.NextWorkingTime(task.DueAt!.Value) : task.DueAt!.Value;

    private bool IsOutsideByHand(IncidentTask task) =>
        task is { DueSetBy: not null, DueAt: { } due } && !calendar.IsWorkingTime(due);

    /// <summary>The last second from which a wait is over when the task is due.</summary>
    private DateTimeOffset Before(IncidentTask task, WaitLength wait)
    {
        var due = task.DueAt!.Value.ToUniversalTime();
        // How long is known, how long back is not: whoever waits longer is ready later, so halves find it.
        long late = 0;
        var early = (long)LongestBefore.TotalSeconds;
        while (early - late > 1)
        {
            var middle = (early + late) / 2;
            if (wait.After(due.AddSeconds(-middle), calendar) <= due)
            {
                early = middle;
            }
            else
            {
                late = middle;
            }
        }

        return due.AddSeconds(-early);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) =>
        one > other ? one : other;
}
