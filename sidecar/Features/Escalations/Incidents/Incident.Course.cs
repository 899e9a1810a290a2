using System.Collections.Immutable;
using Sidecar.Features.Playbooks;
using Sidecar.Interactions;

namespace Sidecar.Features.Escalations;

/// <content>How it begins, and who is in its channel.</content>
internal sealed partial record Incident
{
    /// <summary>An incident that begins: it keeps its own copy of the tasks, so that a file that changes changes no run.</summary>
    public static Incident Of(Playbook playbook, UserId? by, DateTimeOffset now) =>
        new()
        {
            Playbook = playbook.Key,
            PlaybookName = playbook.Name,
            StartedAt = now,
            StartedBy = by,
            Stages =
            [
                .. playbook.Stages.Select(stage => new IncidentStage(
                    stage.Title,
                    [
                        .. stage.Tasks.Select(task => new IncidentTask(task.Title)
                        {
                            RepliesToCustomer = task.RepliesToCustomer,
                            DoneWhen = task.DoneWhen,
                            DueAfterResolution = task.DueAfterResolution,
                        }),
                    ]
                )),
            ],
        };

    /// <summary>
    /// The same with everybody in its channel who belongs there by now: who raised it, owns it, follows it, has a task.
    /// Nobody is added before the channel is open, and nobody twice: who left it left it.
    /// </summary>
    public Incident Admitting(Escalation escalation) =>
        Channel is null
            ? this
            : Admitting([
                escalation.Reporter,
                .. Some(escalation.Owner),
                .. escalation.Followers,
                .. Tasks.SelectMany(t => Some(t.Assignee)),
            ]);

    /// <summary>The same with these people in its channel.</summary>
    public Incident Admitting(IEnumerable<UserId> people)
    {
        var more = people.Except(Admitted).ToImmutableArray();
        return more.IsEmpty ? this : this with { Admitted = Admitted.AddRange(more) };
    }

    private static IEnumerable<UserId> Some(UserId? person) => person is { } one ? [one] : [];
}
