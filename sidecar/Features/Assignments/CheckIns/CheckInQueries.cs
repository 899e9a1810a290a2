using System.Collections.Immutable;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.CheckIns;

/// <summary>Which assignment somebody means, who has a part in it, and their times.</summary>
internal sealed class CheckInQueries(
    Store store,
    CustomerStore customers,
    RoleStore roles,
    PeopleTimes times,
    TimeProvider clock
)
{
    private const int Most = 50;
    private const int MostWordsOfName = 6;

    /// <summary>The pair, the back-up and the CS leads; null while no engineer is assigned.</summary>
    public async Task<CheckInPeople?> People(Assignment? assignment, CancellationToken cancel)
    {
        if (assignment is not { Engineer: { } engineer })
        {
            return null;
        }

        var leads = await roles.Holders(Role.CustomerSuccessLead, cancel);
        UserId[] all =
        [
            .. new[] { engineer, assignment.CustomerEngineer, assignment.BackUp ?? engineer }
                .Concat(leads)
                .Distinct(),
        ];
        var known = (await times.Of(all, cancel)).ToDictionary(t => t.Person);
        return new CheckInPeople(
            known[engineer],
            known[assignment.CustomerEngineer],
            assignment.BackUp is { } backUp ? known[backUp] : null
        )
        {
            Leads = [.. leads.Select(l => known[l])],
        };
    }

    /// <summary>Who weighs up professional services: CS lead, CE lead, sales lead (ASG-8).</summary>
    public async Task<ImmutableArray<UserId>> Leadership(CancellationToken cancel)
    {
        var leads = new List<UserId>();
        foreach (
            var role in (Role[])
                [Role.CustomerSuccessLead, Role.CustomerEngineeringLead, Role.SalesLead]
        )
        {
            leads.AddRange(await roles.Holders(role, cancel));
        }

        return [.. leads.Distinct()];
    }

    public async ValueTask<PersonTime> Time(UserId person, CancellationToken cancel) =>
        await times.Of(person, cancel);

    /// <summary>The assignment of a customer that goes on, else the latest one; null when there was none.</summary>
    public async Task<Assignment?> Of(CustomerKey customer, CancellationToken cancel)
    {
        var all = (
            await store.List(
                AssignmentIndexes.Kind,
                AssignmentIndexes.ByCustomer,
                IndexKey.Empty.Then(customer.Value),
                null,
                Most,
                cancel
            )
        ).Items;
        return (
            all.FirstOrDefault(a => a.Value.HasCheckIns)
            ?? (all is [var latest, ..] ? latest : null)
        )?.Value;
    }

    /// <summary>Those in which somebody checks in.</summary>
    public async Task<IReadOnlyList<Assignment>> Mine(UserId person, CancellationToken cancel) =>
        [
            .. (
                await store.List(
                    AssignmentIndexes.Kind,
                    AssignmentIndexes.ByPerson,
                    IndexKey.Empty.Then(person.Value),
                    null,
                    Most,
                    cancel
                )
            )
                .Items.Select(a => a.Value)
                .Where(a => a.HasCheckIns),
        ];

    /// <summary>
    /// The assignment that somebody means with the first word, and the rest; without a customer their own one, of several
    /// the one that is due.
    /// </summary>
    /// <param name="typed">What they typed behind the command.</param>
    /// <param name="by">Who.</param>
    /// <param name="command">The command, to be written with a customer.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<CheckInMeant> Meant(
        CheckInTyped? typed,
        UserId by,
        string command,
        CancellationToken cancel
    )
    {
        var mayRead = await customers.MayRead(by, cancel);
        var (named, behind) = typed is null ? (null, "") : await Longest(typed, cancel);
        var found = named is null ? null : await Of(named.Key, cancel);
        if (typed is not null && named is not null && (mayRead || IsIn(found, by)))
        {
            return found is { } of
                ? new CheckInMeant(of, behind, null)
                : new CheckInMeant(
                    null,
                    "",
                    Markdown.Of(
                        $"{named.Name} has no assigned engineer, so there are no check-ins. {CheckInWords.Command("engineer list")} shows who has one."
                    )
                );
        }

        var (rest, mine) = (typed?.All ?? "", await Mine(by, cancel));
        var due = mine.Where(a => a.Turn?.Asked is not null || a.Turn?.DueAt <= clock.GetUtcNow())
            .ToList();
        return (mine, due) switch
        {
            ([var only], _) => new CheckInMeant(only, rest, null),
            (_, [var only]) => new CheckInMeant(only, rest, null),
            ([], _) => new CheckInMeant(null, rest, None(typed, command, mayRead)),
            _ => new CheckInMeant(null, rest, Which(due.Count > 0 ? due : mine, rest, command)),
        };
    }

    /// <summary>The same where nothing may follow the customer.</summary>
    /// <returns>The assignment, or why nobody can say which.</returns>
    public async Task<(Assignment? Found, NotMeant? Why)> One(
        CheckInTyped? typed,
        UserId by,
        string command,
        CancellationToken cancel
    ) =>
        await Meant(typed, by, command, cancel) switch
        {
            { Problem: { } problem } => (null, new NotMeant(problem)),
            { Rest.Length: > 0, Assignment: { } only } => (
                null,
                NotMeant.NoSuchCustomer(typed!.All, command, only)
            ),
            var meant => (meant.Assignment, null),
        };

    /// <summary>The customer that the most words name, and what follows them.</summary>
    private async Task<(Customer? Named, string Behind)> Longest(
        CheckInTyped typed,
        CancellationToken cancel
    )
    {
        var words = typed.First.IsQuoted ? [] : CommandLine.Read(typed.All).Words;
        for (var count = Math.Min(MostWordsOfName, words.Length); count > 1; count--)
        {
            var end = words[count - 1].End;
            if (await Named(typed.All[..end], cancel) is { } whole)
            {
                return (whole, typed.All[end..].Trim());
            }
        }

        return (await Named(typed.First.Value, cancel), typed.Behind);
    }

    private async Task<Customer?> Named(string typed, CancellationToken cancel) =>
        TextLength.Fits(typed, Customer.MaxNameLength)
            ? await customers.Known(typed, cancel)
            : null;

    /// <summary>Whether somebody may be told that a customer is there, with or without an assigned engineer.</summary>
    public async ValueTask<bool> MayKnow(
        Assignment? assignment,
        UserId reader,
        CancellationToken cancel
    ) => IsIn(assignment, reader) || await customers.MayRead(reader, cancel);

    /// <summary>The answer to who may not know of a customer, whether there is one or not.</summary>
    public static Markdown NotYours(string typed) =>
        Markdown.Of(
            $"No check-ins about “{MarkdownEscaper.Shorten(typed, Customer.MaxNameLength)}” are yours, and those of others are read by people with a role. {Markdown.Code("/escalate role list")} shows who has one."
        );

    /// <summary>One of those who check in.</summary>
    private static bool IsIn(Assignment? assignment, UserId person) =>
        assignment is not null
        && (
            assignment.Engineer == person
            || assignment.BackUp == person
            || assignment.CustomerEngineer == person
        );

    /// <summary>Who may not read customers is told the same of one that there is as of one that there is not.</summary>
    private static Markdown None(CheckInTyped? typed, string command, bool mayRead) =>
        typed is null
            ? Markdown.Of(
                $"No check-ins are yours: you are nobody’s assigned engineer, back-up or CE. Of another customer: {CheckInWords.Command($"{command} customer")}"
            )
        : !mayRead ? NotYours(typed.First.Value)
        : Markdown.Of(
            $"There is no customer “{MarkdownEscaper.Shorten(typed.First.Value, Customer.MaxNameLength)}”, and no check-ins are yours. {CheckInWords.Command("engineer list")} shows which customers have an assigned engineer."
        );

    private static Markdown Which(IReadOnlyList<Assignment> some, string rest, string command) =>
        Markdown.Lines([
            Markdown.Of($"Which one? {some.Count} are yours:"),
            .. some.Select(a =>
                Markdown.Of(
                    $"- {CheckInWords.Name(a)}: {CheckInWords.Command($"{command} {a.Customer.Value} {rest}".TrimEnd())}"
                )
            ),
        ]);
}

/// <summary>The assignment that was meant.</summary>
/// <param name="Assignment">Which; null when nobody can say.</param>
/// <param name="Rest">What follows the customer.</param>
/// <param name="Problem">Why nobody can say.</param>
internal sealed record CheckInMeant(Assignment? Assignment, string Rest, Markdown? Problem);

/// <summary>What follows a command, where the first word may be a customer.</summary>
/// <param name="First">The first word.</param>
/// <param name="Behind">All behind it.</param>
/// <param name="All">Everything.</param>
/// <param name="Mentions">Channels that it names.</param>
internal sealed record CheckInTyped(
    CommandWord First,
    string Behind,
    string All,
    Mentions Mentions
);

/// <summary>Parameters of these commands.</summary>
internal static class CheckInArguments
{
    public static Parameter<CheckInTyped> Typed(string usage, string hint) =>
        new(
            "customer",
            usage,
            source =>
                source.Next is { } first
                    ? ReadArgument.Of(
                        new CheckInTyped(
                            first,
                            source.Line.From(source.At + 1).Trim(),
                            source.Line.From(source.At).Trim(),
                            source.Mentions
                        ),
                        source.Line.Words.Length - source.At
                    )
                    : ReadArgument.Absent<CheckInTyped>()
        )
        {
            IsOptional = true,
            IsText = true,
            Hint = hint,
            Completes = CompleteCheckIns.Source,
            TakesNames = true,
        };
}
