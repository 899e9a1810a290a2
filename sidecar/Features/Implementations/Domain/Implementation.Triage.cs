using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Implementations.Domain;

using Decision = Decision<Implementation, ImplementationFact>;

/// <summary>What is asked for, without the customer (IMP-1).</summary>
/// <param name="Type">Of which type.</param>
/// <param name="Method">The expected deployment method; empty when nobody knows.</param>
/// <param name="Provider">The expected hosting provider; empty when nobody knows.</param>
/// <param name="Opportunity">The CRM's opportunity; empty for none.</param>
/// <param name="Design">Links to technical design, one on each line; empty for none.</param>
/// <param name="Information">What else is to be known.</param>
internal sealed record ImplementationDetails(
    ImplementationType Type,
    string Method,
    string Provider,
    string Opportunity,
    string Design,
    string Information
);

/// <summary>Who decides about requests at a moment, and how much room the team has.</summary>
/// <param name="Leads">IE leads.</param>
/// <param name="Engineers">Implementation engineers.</param>
/// <param name="Leadership">Sales and technical success leadership.</param>
/// <param name="Administrators">Who can grant a role that nobody has; empty when each has somebody.</param>
internal sealed record ImplementationTeam(
    ImmutableArray<UserId> Leads,
    ImmutableArray<UserId> Engineers,
    ImmutableArray<UserId> Leadership,
    ImmutableArray<UserId> Administrators
);

/// <content>Requested, scored and decided (IMP-1 to IMP-3).</content>
internal sealed partial record Implementation
{
    /// <summary>A new request.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="customer">For whom.</param>
    /// <param name="details">What is asked for.</param>
    /// <param name="by">Who asks: where the customer has no CE or AE, and they are one, they are it.</param>
    /// <param name="inChannel">Where they ask.</param>
    /// <param name="board">The channel in which cards are kept current; null for none.</param>
    /// <param name="team">Who is told.</param>
    /// <param name="settings">What counts as large.</param>
    /// <param name="now">When, UTC.</param>
    public static Decision Request(
        ImplementationId id,
        Customer customer,
        ImplementationDetails details,
        ActingPerson by,
        ChannelId inChannel,
        ChannelId? board,
        ImplementationTeam team,
        ImplementationSettings settings,
        DateTimeOffset now
    )
    {
        return new Decision.Accepted(
            new Implementation
            {
                Id = id,
                Customer = customer.Key,
                CustomerName = customer.Name,
                Type = details.Type,
                Method = details.Method,
                Provider = details.Provider,
                Opportunity = details.Opportunity,
                Design = details.Design,
                Information = details.Information,
                Signs = SignsOf(details, customer, settings),
                RequestedBy = by.User,
                RequestedAt = now,
                RequestedIn = inChannel,
                Board = board,
                CustomerEngineer = customer.CustomerEngineer ?? Self(by, Role.CustomerEngineer),
                AccountExecutive = customer.AccountExecutive ?? Self(by, Role.AccountExecutive),
                Dates = new PlannedDates { Contract = customer.ContractOn },
            },
            new ImplementationFact.Requested(by.User, customer.Name, details.Type, team)
        );
    }

    /// <summary>What was asked for is corrected; the signs are read anew from it (IMP-2).</summary>
    /// <param name="by">Who corrects.</param>
    /// <param name="details">What it says from now on.</param>
    /// <param name="customer">The customer as known now; null keeps the signs.</param>
    /// <param name="settings">What counts as large.</param>
    public Decision Correct(
        ActingPerson by,
        ImplementationDetails details,
        Customer? customer,
        ImplementationSettings settings
    )
    {
        if (WhyNot(ImplementationSteps.Edit, by) is { } why)
        {
            return why;
        }

        ImmutableArray<DetailChange> changes =
        [
            .. Texts(Details)
                .Zip(Texts(details))
                .Where(pair => pair.First.Text != pair.Second.Text)
                .Select(pair => new DetailChange(
                    pair.First.Name,
                    pair.First.Text,
                    pair.Second.Text
                )),
        ];
        return changes.IsEmpty
            ? new Decision.Accepted(this)
            : new Decision.Accepted(
                this with
                {
                    Type = details.Type,
                    Method = details.Method,
                    Provider = details.Provider,
                    Opportunity = details.Opportunity,
                    Design = details.Design,
                    Information = details.Information,
                    Signs = customer is null ? Signs : SignsOf(details, customer, settings),
                },
                new ImplementationFact.DetailsCorrected(by.User, changes)
            );
    }

    /// <summary>Somebody of the team scores; again replaces what they gave before.</summary>
    public Decision GiveScore(
        ActingPerson by,
        ImmutableArray<int> points,
        string note,
        ImplementationSettings settings,
        DateTimeOffset now
    )
    {
        if (WhyNot(ImplementationSteps.Score, by) is { } why)
        {
            return why;
        }

        var score = new TriageScore(by.User, now, points, note);
        if (score.SaysTheSame(Scores.FirstOrDefault(s => s.By == by.User)))
        {
            return new Decision.Accepted(this);
        }

        ImmutableArray<TriageScore> scores = [.. Scores.Where(s => s.By != by.User), score];
        var total = scores.Total(settings.Weights)!.Value;
        return new Decision.Accepted(
            this with
            {
                Scores = scores,
                Score = total,
            },
            new ImplementationFact.TriageScored(by.User, score, Score, total, scores.Length)
        );
    }

    /// <summary>The IE lead takes it, with the place that it gets.</summary>
    public Decision Qualify(
        ActingPerson by,
        string note,
        UserId? engineer,
        BacklogPlace place,
        DateTimeOffset now
    ) =>
        WhyNot(ImplementationSteps.Decide, by) is { } why ? why
        : Score is null ? new NobodyScored(this)
        : State == ImplementationState.Qualified && engineer == Engineer && note == StateReason
            ? new Decision.Accepted(this)
        : new Decision.Accepted(
            this with
            {
                State = ImplementationState.Qualified,
                QualifiedAt = State == ImplementationState.Qualified ? QualifiedAt : now,
                StateReason = note,
                Engineer = engineer,
                Told = place,
                EndedAt = null,
            },
            new ImplementationFact.RequestQualified(by.User, place, engineer, note)
        );

    /// <summary>The IE lead does not take it.</summary>
    public Decision Disqualify(ActingPerson by, string because, DateTimeOffset now) =>
        WhyNot(ImplementationSteps.Decide, by) is { } why ? why
        : State == ImplementationState.Disqualified && because == StateReason
            ? new Decision.Accepted(this)
        : new Decision.Accepted(
            this with
            {
                State = ImplementationState.Disqualified,
                StateReason = because,
                Told = null,
                EndedAt = now,
            },
            new ImplementationFact.RequestDisqualified(by.User, because)
        );

    /// <summary>The IE lead asks sales and technical success leadership first.</summary>
    public Decision AskLeadership(ActingPerson by, string question, ImplementationTeam team) =>
        WhyNot(ImplementationSteps.Decide, by) is { } why ? why
        : team.Leadership.IsEmpty
            ? new ImplementationProblem(
                Markdown.Of(
                    $"Nobody is sales lead or CE lead, so there is nobody to ask. {Markdown.Code("/escalate role grant @name sales-lead")} makes somebody one."
                )
            )
        : State == ImplementationState.WithLeadership && question == StateReason
            ? new Decision.Accepted(this)
        : new Decision.Accepted(
            this with
            {
                State = ImplementationState.WithLeadership,
                StateReason = question,
                Told = null,
                EndedAt = null,
            },
            new ImplementationFact.LeadershipAsked(by.User, question, team.Leadership)
        );

    /// <summary>A leader says what they think; the decision stays the IE lead's.</summary>
    public Decision GiveWord(
        ActingPerson by,
        bool isFor,
        string text,
        ImplementationTeam team,
        DateTimeOffset now
    ) =>
        WhyNot(ImplementationSteps.Word, by) is { } why ? why
        : Words.Any(w => w.By == by.User && w.IsFor == isFor && w.Text == text)
            ? new Decision.Accepted(this)
        : new Decision.Accepted(
            this with
            {
                Words =
                [
                    .. Words.Where(w => w.By != by.User),
                    new LeaderWord(by.User, now, isFor, text),
                ],
            },
            new ImplementationFact.WordGiven(by.User, isFor, text, team.Leads)
        );

    /// <summary>Its place changed, by its own score or by others: CE and AE are told (IMP-3).</summary>
    public Decision TellPlace(BacklogPlace place) =>
        State != ImplementationState.Qualified
        || (Told?.Number == place.Number && Told.Score == place.Score)
            ? new NothingToTell()
            : new Decision.Accepted(
                this with
                {
                    Told = place,
                },
                new ImplementationFact.PriorityChanged(place, Told)
            );

    /// <summary>A channel for requests was chosen after this one was made.</summary>
    public Decision PostedIn(NamedChannel board) =>
        Board is not null || IsOver
            ? new NothingToTell()
            : new Decision.Accepted(
                this with
                {
                    Board = board.Id,
                },
                new ImplementationFact.CardPosted(board)
            );

    private static ImmutableArray<DeploymentSign> SignsOf(
        ImplementationDetails details,
        Customer customer,
        ImplementationSettings settings
    ) =>
        DeploymentSigns.Of(
            details.Type,
            details.Method,
            new KnownSize(
                customer.Figures.SeatsPurchased?.Count,
                customer.Deployment == DeploymentStandard.NonStandard
            ),
            settings.LargeFromSeats
        );

    private static IEnumerable<(string Name, string Text)> Texts(ImplementationDetails details) =>
        [
            ("type", details.Type.Label()),
            ("deployment method", details.Method),
            ("hosting provider", details.Provider),
            ("CRM opportunity", details.Opportunity),
            ("technical design", details.Design),
            ("additional information", details.Information),
        ];

    private static UserId? Self(ActingPerson by, Role role) => by.Is(role) ? by.User : null;
}

/// <summary>Nothing has changed that anybody would have to be told.</summary>
internal sealed record NothingToTell() : Refusal(Markdown.None);
