using System.Collections.Immutable;
using Sidecar.Cards;
using Sidecar.Features.Customers;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Assignments;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>Hands assignments over (ASG-12), whichever way somebody does it: command, form, button, menu.</summary>
internal sealed class HandOverDesk(
    CareDesk desk,
    Suggestions candidates,
    CustomerBook customers,
    PeopleDirectory people,
    RoleBook roles,
    Overloads overloads,
    AssignmentSettings settings
)
{
    private const int Suggested = 3;

    /// <summary>Asks for it, and says what the hand-over stands on.</summary>
    public async Task<(Decision Decision, Words Answer)> AskFor(
        AssignmentId id,
        string reason,
        string note,
        UserId by,
        CancellationToken cancel
    )
    {
        if (await desk.Book.Find(id, cancel) is not { Value: var found })
        {
            return (new NoSuchAssignment(id), Words.None);
        }

        var outlook = await Outlook(found, by, cancel);
        var decision = await desk.Book.Decide(
            id,
            by,
            (a, actor, now) => a.AskForHandOver(actor, reason, note, outlook, now),
            cancel
        );
        return (decision, decision is Decision.Accepted ? Answer(found, outlook) : Words.None);
    }

    /// <summary>Names who shall take it over.</summary>
    public async Task<Reply> Name(
        AssignmentId id,
        UserId to,
        UserId by,
        bool anyway,
        CancellationToken cancel
    )
    {
        var unsuitable = await WhyNot(to, cancel);
        var overload = anyway ? null : await overloads.Find(to, cancel);
        return await desk.Book.Decide(
            id,
            by,
            (a, actor, now) =>
                (a.NameSuccessor(actor, to, now), unsuitable, overload) switch
                {
                    (Decision.Accepted, { } why, _) => new CareProblem(why),
                    (Decision.Accepted, _, { } too) => new IsOverloaded(
                        too,
                        Words.Of($"{id}"),
                        $"engineer handover {id} to @{people.NameOf(to) ?? "name"} anyway"
                    ),
                    (var decision, _, _) => decision,
                },
            cancel
        ) switch
        {
            Decision.Accepted { Next: var next } => Reply.Done(
                Words.Of(
                    $"I have asked {to} to take {CareWords.Named(next)} over; {next.HandOver!.From} stays until they accept."
                )
            ),
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }

    public async Task<Reply> Accept(HandOverRef what, UserId by, CancellationToken cancel)
    {
        var time = await desk.TimeOf(by, cancel);
        return await desk.Book.Decide(
            what.Id,
            by,
            (a, actor, now) => a.AcceptHandOver(actor, what.AskedAt, time, settings, now),
            cancel
        ) switch
        {
            Decision.Accepted { Next: var next } => Reply.Done(
                Words.Of($"{CareWords.Named(next)} is yours now; its people are told.")
            ),
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }

    public Task<Decision> Decline(
        HandOverRef what,
        string why,
        UserId by,
        CancellationToken cancel
    ) =>
        desk.Book.Decide(
            what.Id,
            by,
            (a, actor, _) => a.DeclineHandOver(actor, what.AskedAt, why),
            cancel
        );

    public Task<Decision> Drop(AssignmentId id, UserId by, CancellationToken cancel) =>
        desk.Book.Decide(id, by, (a, actor, _) => a.DropHandOver(actor), cancel);

    private async Task<HandOverOutlook> Outlook(
        Assignment assignment,
        UserId by,
        CancellationToken cancel
    )
    {
        var customer = (await customers.Read(assignment.Customer, cancel))?.Value;
        var found = await candidates.For(
            customer,
            assignment.CustomerEngineer,
            [.. new[] { assignment.Engineer, assignment.CustomerEngineer }.OfType<UserId>()],
            cancel
        );
        await people.Know(found.Take(Suggested).Select(c => c.Person), cancel);
        return new HandOverOutlook(
            [.. await roles.Holders(Role.CustomerSuccessLead, cancel)],
            [
                .. found
                    .Take(Suggested)
                    .Select(c => new SuggestedSuccessor(
                        c.Person,
                        people.NameOf(c.Person) ?? c.Person.Value,
                        c.Why
                    )),
            ],
            CareWords.Documentation(assignment, settings, desk.Today(await desk.TimeOf(by, cancel)))
        );
    }

    private static Words Answer(Assignment assignment, HandOverOutlook outlook) =>
        Words.Lines([
            outlook.Leads.IsEmpty
                ? Words.Of(
                    $"{CareWords.Named(assignment)} is to be handed over, but nobody is CS lead whom I could tell. An administrator grants the role: {CareWords.Command("role grant @name cs-lead")}"
                )
                : Words.Of(
                    $"{CareWords.Named(assignment)} is to be handed over; I have told {CareWords.People(outlook.Leads)}, who names somebody."
                ),
            outlook.Documentation,
            outlook.Candidates.IsEmpty
                ? Words.Of($"There is nobody to suggest: all are overloaded or out of office.")
                : Words.Of($"Suggested:"),
            .. Lines(outlook),
        ]);

    public static IEnumerable<Words> Lines(HandOverOutlook outlook) =>
        outlook.Candidates.Select((c, i) => Words.Of($"{i + 1}. {c.Person}: {c.Why}"));

    private async Task<Words?> WhyNot(UserId to, CancellationToken cancel) =>
        await people.Find(to, cancel) switch
        {
            null => Words.Of($"Mattermost knows nobody with that id."),
            { IsBot: true } => Words.Of($"{to} is a bot and can’t take an assignment."),
            { IsDeactivated: true } => Words.Of($"The account of {to} is deactivated."),
            { IsGuest: true } => Words.Of($"{to} is a guest of this server."),
            _ => (await roles.Of(to, cancel)).Is(Role.SupportEngineer)
                ? null
                : Words.Of(
                    $"{to} is no support engineer; {CareWords.Command($"role grant @{people.NameOf(to) ?? "name"} se")} makes them one."
                ),
        };
}

/// <summary>Which hand-over a button answers: a later one is another.</summary>
internal sealed record HandOverRef(AssignmentId Id, DateTimeOffset? AskedAt);
