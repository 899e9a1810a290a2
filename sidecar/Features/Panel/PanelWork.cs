using Sidecar.Features.Assignments;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.MySummary;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Features.Panel;

/// <summary>Somebody's assignments, and what is due of them (ASG-6, WEEK-2). It goes to nobody else (ASG-4).</summary>
internal sealed class PanelWork(Store store, Summaries summaries, PanelPeople people)
{
    // More than anybody has.
    private const int Most = 100;

    public async ValueTask<PanelMine> Of(UserId person, CancellationToken cancel)
    {
        var lines = (await summaries.Of(person, cancel))
            .Lines.OrderBy(l => l.Urgency)
            .ThenBy(l => l.Rank)
            .ThenBy(l => l.At ?? DateTimeOffset.MaxValue)
            .Take(Most)
            .ToList();
        var page = await store.List(
            AssignmentIndexes.Kind,
            AssignmentIndexes.ByPerson,
            IndexKey.Empty.Then(person.Value),
            null,
            Most,
            cancel
        );
        var assignments = page.Items.Select(a => a.Value).ToList();
        await people.Know(
            assignments.SelectMany(a => new[] { a.Engineer, a.BackUp, a.CustomerEngineer }),
            cancel
        );
        var texts = await people.Write([.. lines.Select(l => l.Text)], cancel);
        return new PanelMine(
            [.. lines.Select((line, i) => Todo(line, texts[i]))],
            [.. assignments.Select(a => Write(a, person))]
        );
    }

    private static PanelTodo Todo(SummaryLine line, string text) =>
        new(
            line.Urgency switch
            {
                Urgency.Overdue => "overdue",
                Urgency.Due => "due",
                Urgency.Waiting => "waiting",
                _ => "mine",
            },
            PanelAnswer.Time(line.At),
            text,
            line.Command
        );

    private PanelAssignment Write(Assignment assignment, UserId person) =>
        new(
            assignment.Id.ToString(),
            assignment.Customer.Value,
            assignment.CustomerName,
            assignment.IsInternal ? "presales" : "postsales",
            assignment.State switch
            {
                AssignmentState.Requested => "requested",
                AssignmentState.Approved => "approved",
                _ => "active",
            },
            [.. Parts(assignment, person)],
            people.Write(assignment.Engineer),
            people.Write(assignment.BackUp),
            people.Write(assignment.CustomerEngineer),
            PanelAnswer.Time(assignment.Turn?.DueAt),
            assignment.Turn?.AskedAt is not null,
            PanelAnswer.Day(assignment.EndsOn),
            PanelAnswer.Day(assignment.ReviewOn)
        );

    private static IEnumerable<string> Parts(Assignment assignment, UserId person)
    {
        if (assignment.Engineer == person)
        {
            yield return "engineer";
        }

        if (assignment.BackUp == person)
        {
            yield return "backUp";
        }

        if (assignment.CustomerEngineer == person)
        {
            yield return "customerEngineer";
        }
    }
}
