using System.Collections.Immutable;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Finding;
using Sidecar.Features.Availability;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Reviews;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>Hands assignments over (ASG-12), whichever way somebody does it: command, form, button, menu.</summary>
internal sealed class HandOverUseCase(
    AssignmentFinder desk,
    IEngineerSuggestions candidates,
    CustomerStore customers,
    PeopleDirectory people,
    RoleStore roles,
    Overloads overloads,
    AssignmentSettings settings
)
{
    private const int Suggested = 3;

    /// <summary>Asks for it, and says what the hand-over stands on.</summary>
    public async Task<(Decision Decision, Markdown Answer)> AskFor(
        AssignmentId id,
        string reason,
        string note,
        UserId by,
        CancellationToken cancel
    )
    {
        if (await desk.Book.Find(id, cancel) is not { Value: var found })
        {
            return (new NoSuchAssignment(id), Markdown.None);
        }

        var outlook = await Outlook(found, by, cancel);
        var decision = await desk.Book.Decide(
            id,
            by,
            (a, actor, now) => a.AskForHandOver(actor, reason, note, outlook, now),
            cancel
        );
        return (
            decision,
            decision is Decision.Accepted ? Answer(found, outlook, by) : Markdown.None
        );
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
        var time = await desk.TimeOf(by, cancel);
        return await desk.Book.Decide(
            id,
            by,
            (a, actor, now) =>
                (Named(a, to, actor, time, now), unsuitable, overload) switch
                {
                    (Decision.Accepted, { } why, _) => new ReviewProblem(why),
                    (Decision.Accepted, _, { } too) => new IsOverloaded(
                        too,
                        Markdown.Of($"{id}"),
                        $"engineer handover {id} to @{people.NameOf(to) ?? "name"} anyway"
                    ),
                    (var decision, _, _) => decision,
                },
            cancel
        ) switch
        {
            Decision.Accepted { Next: { HandOver: null } next } => IsYours(next),
            Decision.Accepted { Next: var next } => Reply.Done(
                Markdown.Of(
                    $"I have asked {to} to take {ReviewWords.Named(next)} over; {next.HandOver!.From} stays until they accept."
                )
            ),
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }

    /// <summary>Who names themselves has accepted it by that: nobody is asked what they have just said.</summary>
    private Decision Named(
        Assignment assignment,
        UserId to,
        ActingPerson by,
        PersonTime time,
        DateTimeOffset now
    ) =>
        assignment.NameSuccessor(by, to, now) switch
        {
            Decision.Accepted { Next: var next } when to == by.User => next.TakeOver(
                by,
                asked: null,
                time,
                settings,
                now
            ),
            var decision => decision,
        };

    public async Task<Reply> Accept(HandOverRef what, UserId by, CancellationToken cancel)
    {
        // Who could be named may have lost the role since.
        var unsuitable = await WhyNot(by, cancel);
        var time = await desk.TimeOf(by, cancel);
        return await desk.Book.Decide(
            what.Id,
            by,
            (a, actor, now) =>
                (a.TakeOver(actor, what.AskedAt, time, settings, now), unsuitable) switch
                {
                    (Decision.Accepted, { } why) => new ReviewProblem(why),
                    (var decision, _) => decision,
                },
            cancel
        ) switch
        {
            Decision.Accepted { Next: var next } => IsYours(next),
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }

    private static Reply IsYours(Assignment assignment) =>
        Reply.Done(
            Markdown.Of($"{ReviewWords.Named(assignment)} is yours now; its people are told.")
        );

    public Task<Decision> Decline(
        HandOverRef what,
        string why,
        UserId by,
        CancellationToken cancel
    ) =>
        desk.Book.Decide(
            what.Id,
            by,
            (a, actor, _) => a.RefuseToTakeOver(actor, what.AskedAt, why),
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
        var found = await candidates.Suggest(
            customer,
            assignment.CustomerEngineer,
            [.. new[] { assignment.Engineer, assignment.CustomerEngineer }.OfType<UserId>()],
            cancel
        );
        await people.Know(found.Take(Suggested).Select(c => c.Person), cancel);
        var engineers = await roles.Holders(Role.SupportEngineer, cancel);
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
            ReviewWords.Documentation(
                assignment,
                settings,
                desk.Today(await desk.TimeOf(by, cancel))
            )
        )
        {
            IsOnlyEngineer = engineers.All(e =>
                e == assignment.Engineer || e == assignment.CustomerEngineer
            ),
        };
    }

    private static Markdown Answer(Assignment assignment, HandOverOutlook outlook, UserId by) =>
        Markdown.Lines([
            outlook.Leads.IsEmpty
                ? Markdown.Of(
                    $"{ReviewWords.Named(assignment)} is to be handed over, but nobody is CS lead whom I could tell. An administrator grants the role: {ReviewWords.Command("role grant @name cs-lead")}"
                )
            : outlook.Leads.Contains(by)
                ? Markdown.Of(
                    $"{ReviewWords.Named(assignment)} is to be handed over; you name somebody: I have asked you by direct message.{(outlook.Leads.Length > 1 ? Markdown.Of($" I have told {ReviewWords.People([.. outlook.Leads.Where(l => l != by)])}, too.") : Markdown.None)}"
                )
            : Markdown.Of(
                $"{ReviewWords.Named(assignment)} is to be handed over; I have told {ReviewWords.People(outlook.Leads)}, who names somebody."
            ),
            outlook.Documentation,
            .. Suggestions(outlook),
        ]);

    /// <summary>Who could take it, or why there is nobody to suggest.</summary>
    public static IEnumerable<Markdown> Suggestions(HandOverOutlook outlook) =>
        outlook switch
        {
            { Candidates.IsEmpty: false } =>
            [
                Markdown.Of($"Suggested:"),
                .. outlook.Candidates.Select(
                    (c, i) => Markdown.Of($"{i + 1}. {c.Person}: {c.Why}")
                ),
            ],
            { IsOnlyEngineer: true } =>
            [
                Markdown.Of(
                    $"There is nobody to suggest: no other support engineer could take it. {ReviewWords.Command("role grant @name se")} makes somebody one."
                ),
            ],
            _ =>
            [
                Markdown.Of(
                    $"There is nobody to suggest: all other support engineers are overloaded or out of office."
                ),
            ],
        };

    private async Task<Markdown?> WhyNot(UserId to, CancellationToken cancel) =>
        await people.Find(to, cancel) switch
        {
            null => Markdown.Of($"Mattermost knows nobody with that id."),
            { IsBot: true } => Markdown.Of($"{to} is a bot and can’t take an assignment."),
            { IsDeactivated: true } => Markdown.Of($"The account of {to} is deactivated."),
            { IsGuest: true } => Markdown.Of($"{to} is a guest on this server."),
            _ => (await roles.Of(to, cancel)).Is(Role.SupportEngineer)
                ? null
                : Markdown.Of(
                    $"{to} is not a support engineer; {ReviewWords.Command($"role grant @{people.NameOf(to) ?? "name"} se")} makes them one."
                ),
        };
}

/// <summary>Which hand-over a button answers: a later one is another.</summary>
internal sealed record HandOverRef(AssignmentId Id, DateTimeOffset? AskedAt);
