using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>Whoever has a task is reminded of it before it is due; the DE leads are told when it was missed (PB-7).</summary>
internal sealed partial record Escalation
{
    /// <summary>
    /// Tells everybody what they have to hear about tasks by now, each of it once and all of it in one message (ALL-5).
    /// </summary>
    public Decision RemindAboutTasks(
        TaskDeadlines deadlines,
        LadderPeople people,
        DateTimeOffset now
    )
    {
        if (!FollowsPlaybook)
        {
            return new NothingNew(this);
        }

        var late = Incident!
            .Numbered.Where(t => deadlines.ReachedBy(t.Task, now) > t.Task.Reminded)
            .ToList();
        var told = late.Where(t => deadlines.MayBeToldAt(t.Task, now)).ToList();
        var next = Incident;
        List<(UserId To, RemindedTask Task)> tellings = [];
        foreach (var (number, task) in told)
        {
            var reached = deadlines.ReachedBy(task, now);
            next = next.With(number, task with { Reminded = reached });
            var reminded = new RemindedTask(
                number.ToString(),
                task.Title,
                task.DueAt!.Value,
                reached > 1,
                task.Assignee ?? Owner
            );
            tellings.AddRange(Hearers(task, reached, people).Select(p => (p, reminded)));
        }

        // What would be told outside of working time waits for it.
        next = next with
        {
            TasksHeldUntil = late.Count > told.Count ? deadlines.NextTelling(now) : null,
        };
        if (told.Count == 0)
        {
            return late.Count == 0
                ? new NothingNew(this)
                : new Decision.Accepted(this with { Incident = next });
        }

        return new Decision.Accepted(
            this with
            {
                Incident = next,
            },
            new EscalationFact.TasksReminded([
                .. tellings
                    .GroupBy(t => t.To)
                    .Select(g => new TaskReminder(g.Key, [.. g.Select(t => t.Task)])),
            ])
        );
    }

    private IEnumerable<UserId> Hearers(IncidentTask task, int reached, LadderPeople people)
    {
        var doer =
            people.Present(task.Assignee) ?? people.Present(Owner) ?? people.Present(people.OnDuty);
        IEnumerable<UserId> first = doer is { } person ? [person] : people.Leads;
        return (reached, task.Reminded) switch
        {
            (1, _) => first,
            // Nobody could be reminded before: the process was down, or the time was too short.
            (_, 0) => [.. first.Concat(people.Leads).Distinct()],
            _ => people.Leads,
        };
    }
}

/// <summary>What one person is told.</summary>
/// <param name="To">Whom.</param>
/// <param name="Tasks">About which tasks.</param>
internal sealed record TaskReminder(UserId To, ImmutableArray<RemindedTask> Tasks)
{
    /// <summary>Their time zone, by its IANA name.</summary>
    public string Zone
    {
        get;
        init => field = value ?? "UTC";
    } = "UTC";
}

/// <summary>A task that somebody is told about.</summary>
/// <param name="Number">Which.</param>
/// <param name="Title">What is to be done.</param>
/// <param name="DueAt">When, UTC.</param>
/// <param name="IsMissed">That time has passed.</param>
/// <param name="By">Who is to do it; null when nobody was named.</param>
internal sealed record RemindedTask(
    string Number,
    string Title,
    DateTimeOffset DueAt,
    bool IsMissed,
    UserId? By
);
