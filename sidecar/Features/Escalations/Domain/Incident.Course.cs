using System.Collections.Immutable;
using Sidecar.Ids;

namespace Sidecar.Features.Escalations.Domain;

/// <content>Who is in its channel.</content>
internal sealed partial record Incident
{
    /// <summary>
    /// The same with everybody in its channel who belongs there by now: who raised it, owns it, has a task; of a public
    /// one, who follows it, too. Nobody is added before the channel is open, and nobody twice: who left it left it.
    /// </summary>
    public Incident Admitting(Escalation escalation) =>
        Channel is null
            ? this
            : Admitting([
                escalation.Reporter,
                .. Some(escalation.Owner),
                .. IsOpenToAll ? escalation.Followers : [],
                .. Tasks.SelectMany(t => Some(t.Assignee)),
            ]);

    /// <summary>The same with those in its channel who are asked for something there: who is needed comes in (ALL-7).</summary>
    public Incident AdmittingNeeded(IEnumerable<EscalationFact> facts) =>
        Channel is null ? this : Admitting(facts.SelectMany(Needed));

    private static IEnumerable<UserId> Needed(EscalationFact fact) =>
        fact switch
        {
            EscalationFact.Climbed climbed => climbed
                .Told.Where(t => t.Rung is Rung.Engineer or Rung.BackUp)
                .SelectMany(t => t.People),
            EscalationFact.UpdateReminded reminded => reminded
                .Told.Where(t => t.Step == UpdateStep.Owner)
                .SelectMany(t => t.People)
                .Select(p => p.Person),
            EscalationFact.AskedAbout { Time: 1 } asked => asked.Told,
            EscalationFact.WatchEnded watched => watched.Asked,
            _ => [],
        };

    /// <summary>The same with these people in its channel.</summary>
    public Incident Admitting(IEnumerable<UserId> people)
    {
        var more = people.Except(Admitted).ToImmutableArray();
        return more.IsEmpty ? this : this with { Admitted = Admitted.AddRange(more) };
    }

    private static IEnumerable<UserId> Some(UserId? person) => person is { } one ? [one] : [];
}
