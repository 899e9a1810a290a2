using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Implementations.Domain;

/// <summary>Where a request stands.</summary>
internal enum ImplementationState
{
    /// <summary>It waits for the triage.</summary>
    Requested,

    /// <summary>Sales and technical success leadership are asked.</summary>
    WithLeadership,

    /// <summary>It is to be IE-led, and waits for its documents and its turn.</summary>
    Qualified,
    Disqualified,

    /// <summary>Handed off to its implementation engineer.</summary>
    Started,
    Completed,
    Withdrawn,
}

/// <summary>
/// A request that Implementation Engineering lead a deployment or migration, from the form to the hand-off to the TA. Its
/// rules are beside it; they decide and change nothing. All times are UTC, days are the team's.
/// </summary>
internal sealed partial record Implementation
{
    public const int MaxTextLength = 3000;
    public const int MaxNameLength = 100;

    public required ImplementationId Id { get; init; }
    public required CustomerKey Customer { get; init; }

    /// <summary>The customer's name as last known.</summary>
    public required string CustomerName { get; init; }
    public required ImplementationType Type { get; init; }

    /// <summary>The expected deployment method; empty when nobody knows.</summary>
    public string Method
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>The expected hosting provider; empty when nobody knows.</summary>
    public string Provider
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>The CRM's opportunity.</summary>
    public string Opportunity
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>Links to technical design, as typed.</summary>
    public string Design
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>What else is to be known.</summary>
    public string Information
    {
        get;
        init => field = value ?? "";
    } = "";
    public ImmutableArray<DeploymentSign> Signs
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];
    public required UserId RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Where it was requested: its own channel is opened in that team.</summary>
    public required ChannelId RequestedIn { get; init; }

    /// <summary>Where its card is kept current; null while nobody has chosen a channel.</summary>
    public ChannelId? Board { get; init; }
    public ImplementationState State { get; init; }

    /// <summary>Why it is disqualified or withdrawn; what leadership is asked.</summary>
    public string StateReason
    {
        get;
        init => field = value ?? "";
    } = "";
    public ImmutableArray<TriageScore> Scores
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>What orders the backlog; null when nobody has scored.</summary>
    public decimal? Score { get; init; }

    /// <summary>The priority that CE and AE were last told; null when they were told none.</summary>
    public BacklogPlace? Told { get; init; }

    /// <summary>What leaders said when they were asked.</summary>
    public ImmutableArray<LeaderWord> Words
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>IE.</summary>
    public UserId? Engineer { get; init; }

    /// <summary>CE.</summary>
    public UserId? CustomerEngineer { get; init; }

    /// <summary>AE.</summary>
    public UserId? AccountExecutive { get; init; }

    /// <summary>TA.</summary>
    public UserId? Advisor { get; init; }

    /// <summary>The technical design document that the hand-off needs (IMP-4); empty while there is none.</summary>
    public string DesignDocument
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>The completed discovery questionnaire (IMP-4); empty while there is none.</summary>
    public string Questionnaire
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>A discovery questionnaire that is not complete yet, and so does not count; empty for none.</summary>
    public string QuestionnaireBegun
    {
        get;
        init => field = value ?? "";
    } = "";
    public PlannedDates Dates
    {
        get;
        init => field = value ?? new();
    } = new();

    /// <summary>Those of the eight that somebody has dealt with (IMP-5).</summary>
    public ImmutableArray<Requirement> Checklist
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>When it was qualified last; null before, and for those of a release that did not keep it.</summary>
    public DateTimeOffset? QualifiedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Its own channel; null when it has none.</summary>
    public NamedChannel? Channel { get; init; }

    /// <summary>The TA who was pulled in (IMP-6).</summary>
    public UserId? PulledIn { get; init; }

    /// <summary>Deployment documentation for TA and Support (IMP-7).</summary>
    public string Documentation
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>The day on which the deployment was complete.</summary>
    public DateOnly? CompletedOn { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The reminders that were sent, by name: a date that moves has others.</summary>
    public ImmutableArray<string> Reminded
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>What is asked for, as it is now.</summary>
    [JsonIgnore]
    public ImplementationDetails Details =>
        new(Type, Method, Provider, Opportunity, Design, Information);

    [JsonIgnore]
    public bool IsOver =>
        State
            is ImplementationState.Disqualified
                or ImplementationState.Completed
                or ImplementationState.Withdrawn;

    /// <summary>It is to be decided about.</summary>
    [JsonIgnore]
    public bool IsInTriage =>
        State is ImplementationState.Requested or ImplementationState.WithLeadership;

    /// <summary>The TA plans the onboarding: pulled in, and the target date has not moved away since (IMP-6).</summary>
    [JsonIgnore]
    public bool IsHandedOut =>
        PulledIn is not null
        && Dates.Target is { } target
        && Reminded.Any(key =>
            key.StartsWith($"hand-off:{CalendarDay.Write(target)}:", StringComparison.Ordinal)
        );

    [JsonIgnore]
    public bool HasDocuments => DesignDocument.Length > 0 && Questionnaire.Length > 0;

    /// <summary>What is still to be collected (IMP-5).</summary>
    [JsonIgnore]
    public ImmutableArray<RequirementKind> OpenRequirements =>
        [.. Requirements.All.Where(kind => StateOf(kind) == RequirementState.Open)];

    /// <summary>Those of the eight that are collected or skipped, in order.</summary>
    [JsonIgnore]
    public IEnumerable<Requirement> DealtWith =>
        Checklist.Where(r => r.State != RequirementState.Open).OrderBy(r => r.Kind);

    /// <summary>Everybody who has a part in it, each once.</summary>
    [JsonIgnore]
    public IEnumerable<UserId> People =>
        new[] { Engineer, CustomerEngineer, AccountExecutive, Advisor, RequestedBy }
            .OfType<UserId>()
            .Distinct();

    /// <summary>Who belongs into its own channel: the TA from when they are pulled in.</summary>
    [JsonIgnore]
    public IEnumerable<UserId> Members =>
        Channel is null
            ? []
            : new[] { Engineer, CustomerEngineer, AccountExecutive, PulledIn }
                .OfType<UserId>()
                .Distinct();

    /// <summary>The name of its card in the chosen channel.</summary>
    [JsonIgnore]
    public PostName Card => new($"{Id}/card");

    /// <summary>The name of its card in its own channel.</summary>
    [JsonIgnore]
    public PostName CardInChannel => new($"{Id}/channel-card");

    /// <summary>Why somebody can't do something to it now; null when they can. Asked before a form opens, and again by every rule.</summary>
    public Refusal? WhyNot(ImplementationStep step, ActingPerson by) =>
        !step.Permission.Allows(by, IsPart(by.User)) ? new MayNot(step.Permission)
        : !step.In.Contains(State) ? new NotInThisState(this, step)
        : null;

    public RequirementState StateOf(RequirementKind kind) =>
        Of(kind)?.State ?? RequirementState.Open;

    public Requirement? Of(RequirementKind kind) => Checklist.FirstOrDefault(r => r.Kind == kind);

    private bool IsPart(UserId person) =>
        person == CustomerEngineer || person == AccountExecutive || person == RequestedBy;
}

/// <summary>A place among those that wait to be started.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Of">How many there are.</param>
/// <param name="Score">By which score.</param>
internal sealed record BacklogPlace(int Number, int Of, decimal Score);

/// <summary>What a leader said (IMP-3).</summary>
internal sealed record LeaderWord(UserId By, DateTimeOffset At, bool IsFor, string Text);

/// <summary>What the form for a new request remembers: for whom it was opened.</summary>
internal sealed record NewImplementation(string Customer);

/// <summary>The words of states.</summary>
internal static class ImplementationStates
{
    public static string Label(this ImplementationState state) =>
        state switch
        {
            ImplementationState.Requested => "in triage",
            ImplementationState.WithLeadership => "with leadership",
            ImplementationState.Qualified => "qualified",
            ImplementationState.Disqualified => "disqualified",
            ImplementationState.Started => "under way",
            ImplementationState.Completed => "completed",
            _ => "withdrawn",
        };
}
