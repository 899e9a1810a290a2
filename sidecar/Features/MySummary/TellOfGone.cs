using Sidecar.Chat;
using Sidecar.Features.Assignments;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Lists;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.MySummary;

/// <summary>
/// Somebody’s account was deactivated: nobody asks them for anything any more, so the leads are shown what was theirs.
/// </summary>
internal sealed class TellOfGone(
    Store store,
    RoleStore roles,
    PeopleDirectory people,
    IEnumerable<ISummarySource> sources,
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
            var left = new List<Markdown>(escalations.Select(Line));
            foreach (var source in sources)
            {
                left.AddRange(await source.LeftBy(person, cancel));
            }

            await Tell(change, person, Role.DeploymentEngineeringLead, left, cancel);
            await Tell(
                change,
                person,
                Role.CustomerSuccessLead,
                [.. assignments.Select(Line)],
                cancel
            );
        }

        await store.Commit(change, cancel);
    }

    private async Task Tell(
        Change change,
        UserId person,
        Role lead,
        List<Markdown> lines,
        CancellationToken cancel
    )
    {
        if (lines.Count == 0)
        {
            return;
        }

        var text = Markdown.Lines([
            Markdown.Of(
                $":wave: The account of {person} is deactivated, and nobody is asked in their place for good until somebody else has it. Theirs {Markdown.Sentence(lines.Count == 1 ? "is" : "are")}:"
            ),
            .. lines,
        ]);
        foreach (var to in await roles.Holders(lead, cancel))
        {
            change.Do(
                new Effect.TellPerson(to, text)
                {
                    About = "an account that is deactivated",
                    IsInternal = lead == Role.CustomerSuccessLead,
                }
            );
        }
    }

    private static Markdown Line(Escalation escalation) =>
        Markdown.Of(
            $"- **{escalation.Id}** {Vocabulary.Severities.Label(escalation.Severity)} · {escalation.CustomerName}: {Markdown.Code($"/{SlashCommand.Trigger} assign {escalation.Id} @name")}"
        );

    private static Markdown Line(Assignment assignment) =>
        Markdown.Of(
            $"- **{assignment.Id}** · {assignment.CustomerName}: {Markdown.Code($"/{SlashCommand.Trigger} engineer show {assignment.Id}")}"
        );
}
