using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Lists;
using Sidecar.Features.MySummary;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Features.Panel;

/// <summary>What waits for somebody, their assignments and customers (ASG-6, WEEK-2). It goes to nobody else (ASG-4).</summary>
internal sealed class PanelWork(
    Store store,
    Summaries summaries,
    CustomerStore customers,
    EscalationLists lists,
    PanelSetups setups,
    PanelPeople people
)
{
    // More than anybody has.
    private const int Most = 100;
    private const int MostCounted = 99;

    public async ValueTask<PanelMine> Of(UserId person, CancellationToken cancel)
    {
        var lines = (await summaries.Of(person, cancel))
            .Lines.OrderBy(l => l.Urgency)
            .ThenBy(l => l, SummaryLine.InOrder)
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
            [.. assignments.Select(a => Write(a, person))],
            await Customers(person, cancel)
        )
        {
            Setup = await setups.Of(person, cancel),
        };
    }

    /// <summary>Whom somebody owns as CE, TAM, CSM or AE; who may not read customers has none here.</summary>
    private async ValueTask<IReadOnlyList<PanelCustomer>> Customers(
        UserId person,
        CancellationToken cancel
    )
    {
        if (!await customers.MayRead(person, cancel))
        {
            return [];
        }

        List<PanelCustomer> theirs = [];
        foreach (
            var customer in (
                await customers.List(CustomerList.Of(person), null, cancel)
            ).Items.Select(i => i.Value)
        )
        {
            theirs.Add(
                new PanelCustomer(
                    customer.Key.Value,
                    customer.Name,
                    [.. Parts(customer, person).Select(PanelActs.NameOf)],
                    await lists.Count(
                        EscalationList.Of(customer.Key, customer.Name) with
                        {
                            WithTheRest = false,
                        },
                        MostCounted,
                        cancel
                    ),
                    new PanelAction("Show", PanelAsk.Command($"customer show {customer.Key.Value}"))
                )
            );
        }

        return theirs;
    }

    private static IEnumerable<CustomerPart> Parts(Customer customer, UserId person)
    {
        foreach (
            var (part, who) in ((CustomerPart, UserId?)[])
                [
                    (CustomerPart.Ce, customer.CustomerEngineer),
                    (CustomerPart.Tam, customer.TechnicalAccountManager),
                    (CustomerPart.Csm, customer.CustomerSuccessManager),
                    (CustomerPart.Ae, customer.AccountExecutive),
                ]
        )
        {
            if (who == person)
            {
                yield return part;
            }
        }
    }

    private static PanelTodo Todo(SummaryLine line, string text) =>
        new(
            PanelActs.NameOf(line.Urgency),
            PanelAnswer.Time(line.At),
            text,
            line.Step.About,
            Action(line.Step)
        );

    /// <summary>A command is run as it stands only where it is no template: words are asked for by a form, and people, too.</summary>
    private static PanelAction? Action(SummaryStep step) =>
        step.OnlyShows
            ? null
            : new PanelAction(
                step.Label,
                step switch
                {
                    { Move: { } move } => new PanelAsk
                    {
                        Move = PanelActs.NameOf(move),
                        Id = step.About,
                    },
                    { NamesSomebody: true } => PanelAsk.Of(PanelAct.HandOver, step.About),
                    _ => PanelAsk.Command(step.Command),
                }
            );

    private PanelAssignment Write(Assignment assignment, UserId person) =>
        new(
            assignment.Id.ToString(),
            assignment.Customer.Value,
            assignment.CustomerName,
            PanelActs.NameOf(assignment.Kind),
            PanelActs.NameOf(assignment.State),
            [.. Parts(assignment, person).Select(PanelActs.NameOf)],
            people.Write(assignment.Engineer),
            people.Write(assignment.BackUp),
            people.Write(assignment.CustomerEngineer),
            PanelAnswer.Time(assignment.Turn?.DueAt),
            assignment.Turn?.AskedAt is not null,
            PanelAnswer.Day(assignment.EndsOn),
            PanelAnswer.Day(assignment.ReviewOn)
        );

    private static IEnumerable<AssignmentPart> Parts(Assignment assignment, UserId person)
    {
        if (assignment.Engineer == person)
        {
            yield return AssignmentPart.Engineer;
        }

        if (assignment.BackUp == person)
        {
            yield return AssignmentPart.BackUp;
        }

        if (assignment.CustomerEngineer == person)
        {
            yield return AssignmentPart.CustomerEngineer;
        }
    }
}

/// <summary>What somebody is in an assignment.</summary>
internal enum AssignmentPart
{
    Engineer,
    BackUp,
    CustomerEngineer,
}

/// <summary>What somebody is to a customer.</summary>
internal enum CustomerPart
{
    Ce,
    Tam,
    Csm,
    Ae,
}
