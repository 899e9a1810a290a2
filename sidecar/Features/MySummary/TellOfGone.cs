using Sidecar.Chat;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.MySummary;

/// <summary>
/// Somebody is none of ours any more, by their account or their team: nobody asks them for anything any more, so the leads are shown what was theirs.
/// </summary>
internal sealed class TellOfGone(
    Store store,
    RoleStore roles,
    PeopleDirectory people,
    IEnumerable<ISummarySource> others,
    TimeProvider clock
) : IDueTask
{
    private const int Most = 30;

    public static string Kind => PeopleDirectory.WentAway;

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var person = new UserId(call.Id);
        await people.TryToKnow([person], cancel);
        var change = new Change(clock.GetUtcNow(), Kind).Due(Kind, call.Id, null);
        if (people.IsGone(person))
        {
            var index = IndexKey.Empty.Then(person.Value);
            var escalations = (
                await store.List(
                    EscalationIndexes.Kind,
                    EscalationIndexes.ByWorker,
                    index,
                    null,
                    Most,
                    cancel
                )
            ).Items.Select(e => e.Value);
            var assignments = (
                await store.List(
                    AssignmentIndexes.Kind,
                    AssignmentIndexes.ByPerson,
                    index,
                    null,
                    Most,
                    cancel
                )
            ).Items.Select(a => a.Value);
            await Tell(
                change,
                person,
                Role.DeploymentEngineeringLead,
                [.. escalations.Select(Line), .. await Unanswered(person, cancel)],
                cancel
            );
            await Tell(
                change,
                person,
                Role.CustomerSuccessLead,
                [.. assignments.Select(Line)],
                cancel
            );
            foreach (var other in others)
            {
                // Without a role: what is theirs alone.
                var lines = await other.Of(new ActingPerson(person, []), call.Now, cancel);
                await Tell(
                    change,
                    person,
                    other.Lead,
                    [.. lines.Take(Most).Select(line => line.Show(TimeZoneInfo.Utc, call.Now))],
                    cancel,
                    isInternal: lines.Any(line => line.IsInternal)
                );
            }
        }

        await store.Commit(change, cancel);
    }

    private async Task Tell(
        Change change,
        UserId person,
        Role lead,
        IReadOnlyList<Markdown> lines,
        CancellationToken cancel,
        bool isInternal = false
    )
    {
        if (lines.Count == 0)
        {
            return;
        }

        var text = Markdown.Lines([
            Markdown.Of(
                $":wave: {Why(person)}. Nobody takes their place for good until you name somebody. This is still theirs:"
            ),
            .. lines,
        ]);
        foreach (var to in await roles.Holders(lead, cancel))
        {
            change.Do(
                new Effect.TellPerson(to, text)
                {
                    About = "somebody who is not there any more",
                    IsInternal = isInternal || lead == Role.CustomerSuccessLead,
                }
            );
        }
    }

    /// <summary>What waits for an approval that nobody is left to give.</summary>
    private async ValueTask<IEnumerable<Markdown>> Unanswered(
        UserId person,
        CancellationToken cancel
    )
    {
        if (
            !(await roles.GrantedTo(person, cancel)).Roles.Contains(Role.ProductEngineering)
            || (await roles.Holders(Role.ProductEngineering, cancel)).Count > 0
        )
        {
            return [];
        }

        var waiting = await store.List(
            EscalationIndexes.Kind,
            EscalationIndexes.ByState,
            IndexKey.Empty.Then(Vocabulary.States.Code(EscalationState.AwaitingApproval)),
            null,
            Most,
            cancel
        );
        return waiting.Items.Select(e =>
            Markdown.Of(
                $"- **{e.Value.Id}** · {e.Value.CustomerName} waits for Product Engineering, of which nobody is left: {Markdown.Code($"/{SlashCommand.Trigger} accept {e.Value.Id} why")}"
            )
        );
    }

    private Markdown Why(UserId person) =>
        people.IsDeactivated(person)
            ? Markdown.Of($"The account of {person} is deactivated")
            : Markdown.Of($"{person} is a guest now, or has left the team");

    private static Markdown Line(Escalation escalation) =>
        Markdown.Of(
            $"- **{escalation.Id}** {Vocabulary.Severities.Label(escalation.Severity)} · {escalation.CustomerName}: {Markdown.Code($"/{SlashCommand.Trigger} assign {escalation.Id} @name")}"
        );

    private static Markdown Line(Assignment assignment) =>
        Markdown.Of(
            $"- **{assignment.Id}** · {assignment.CustomerName}: {Markdown.Code($"/{SlashCommand.Trigger} engineer show {assignment.Id}")}"
        );
}
