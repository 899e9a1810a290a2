using System.Collections.Immutable;
using Sidecar.Interactions;

namespace Sidecar.Features.Escalations;

/// <content>Who is in its channel.</content>
internal sealed partial record Incident
{
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
