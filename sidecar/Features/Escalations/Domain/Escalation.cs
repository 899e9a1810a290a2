using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>
/// A customer problem brought to engineers. Its rules are beside it, in <c>Moves/</c>, <c>Routing/</c> and
/// <c>Reminders/</c>; they decide and change nothing. All times are UTC.
/// </summary>
internal sealed partial record Escalation
{
    public const int MaxSummaryLength = 250;
    public const int MaxLongTextLength = 3000;

    private readonly bool _looksSaid;

    public required EscalationId Id { get; init; }
    public required CustomerKey Customer { get; init; }

    /// <summary>The customer's name as last known.</summary>
    public required string CustomerName { get; init; }

    /// <summary>Nobody has added the customer yet; <see cref="CustomerName"/> is what was typed.</summary>
    public bool CustomerIsUnknown { get; init; }

    /// <summary>The customer's ARR in USD as last known: it decides ties (ESC-5).</summary>
    public decimal? Arr { get; init; }
    public required Severity Severity { get; init; }
    public required Category Category { get; init; }
    public required string Summary { get; init; }
    public string CustomerImpact { get; init; } = "";

    /// <summary>How much it matters: what its severity says, until somebody says otherwise (ESC-5).</summary>
    public ImpactLevel Impact
    {
        get => ImpactWasSaid ? field : Vocabulary.ImpactOf(Severity);
        init
        {
            field = value;
            _looksSaid = value is not (default(ImpactLevel) or ImpactLevel.Medium);
        }
    }

    /// <summary>
    /// Somebody has said how much it matters; null in what earlier releases stored, where all that nobody had touched
    /// stood at medium.
    /// </summary>
    public bool? ImpactIsSaid { get; init; }

    /// <summary>What decides how much it matters: somebody, or its severity.</summary>
    [JsonIgnore]
    public bool ImpactWasSaid => ImpactIsSaid ?? _looksSaid;
    public EffortEstimate Effort { get; init; } = EffortEstimate.Medium;
    public string Links { get; init; } = "";

    public required UserId Reporter { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>
    /// Whoever raised it is not told how it goes on: a program did it for them, or its card stands where only they read
    /// it. Null when they are.
    /// </summary>
    public bool? IsRaiserSpared { get; init; }

    /// <summary>Where its card is.</summary>
    public required ChannelId Channel { get; init; }

    /// <summary>The thread that its card is in; null when the card begins one.</summary>
    public PostId? Thread { get; init; }

    // The reader of documents gives what is not in an older one as nothing at all.

    /// <summary>The teams' channels in which it is shown as well, in the order in which it came there.</summary>
    public ImmutableArray<TeamCopy> Copies
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    // Only 0.1.0 stored new ones; it took in all that there was.
    public EscalationState State
    {
        get;
        init => field = value == EscalationState.New ? EscalationState.Accepted : value;
    } = EscalationState.New;

    /// <summary>
    /// What nobody has told yet: it waits for that, or has been taken provisionally and does not wait (ESC-2).
    /// </summary>
    public ImmutableArray<MissingFact> Missing
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>The other team that it was sent to (ESC-3).</summary>
    public OwningTeam? RedirectedTo { get; init; }

    /// <summary>Whose it would be, had it not been taken provisionally: an emergency comes first (ESC-2).</summary>
    public EscalationRoute.Redirect? Elsewhere { get; init; }

    /// <summary>Customers that may be meant by the name that nobody has added, the nearest first.</summary>
    public ImmutableArray<SuggestedCustomer> Suggested
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>Whoever raised it may not read customers, so its card in the channel does not name other ones.</summary>
    public bool SuggestedToWorkersOnly { get; init; }

    /// <summary>The open one of the same customer and category which may be the same problem (ESC-11).</summary>
    public EscalationId? MaybeSameAs { get; init; }

    /// <summary>The one that it was merged into; null when it was not (ESC-11).</summary>
    public EscalationId? MergedInto { get; init; }

    /// <summary>The request as which it goes on, <c>SRV-4</c>; empty when it does not.</summary>
    public string GoesOnAs
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>Those that were merged into it, in that order.</summary>
    public ImmutableArray<EscalationId> Merged
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>Why it stands where it stands, when somebody had to say so: redirect, override, decline, cancel.</summary>
    public string StateReason
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>Who brought it to where it stands; null when the product did.</summary>
    public UserId? MovedBy { get; init; }

    /// <summary>Who approved it for Product Engineering (ESC-4).</summary>
    public UserId? ApprovedBy { get; init; }

    /// <summary>Since when it is Deployment Engineering's; reminders count from here (ESC-8).</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The one person who takes care of it (ESC-7).</summary>
    public UserId? Owner { get; init; }

    /// <summary>Who follows it: it is among theirs in lists, and they were mentioned in its thread.</summary>
    public ImmutableArray<UserId> Followers
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>Who followed it and does so no more: their part in it has begun once, and begins quietly again.</summary>
    public ImmutableArray<UserId> FormerFollowers
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    public UserId? AcknowledgedBy { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; init; }
    public UserId? ResolvedBy { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }
    public string Resolution { get; init; } = "";

    /// <summary>How often it was not solved after all (ESC-6).</summary>
    public int Reopenings { get; init; }

    /// <summary>What the product's makers have to do with it (ESC-13).</summary>
    public ProductWork Work
    {
        get;
        init => field = value ?? ProductWork.None;
    } = ProductWork.None;

    /// <summary>The customer's confirmation that it is over, without which a Sev 1 does not close (PB-6).</summary>
    public Confirmation? Confirmed { get; init; }

    /// <summary>Who closed, declined or cancelled it.</summary>
    public UserId? EndedBy { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When somebody last did something about it; it gets stale from here (ESC-12).</summary>
    public DateTimeOffset? LastActedAt { get; init; }

    /// <summary>How many rungs of the ladder have been told in this round (ESC-8).</summary>
    public int RungsTold { get; init; }

    /// <summary>How many rounds of the ladder are over (ESC-8).</summary>
    public int Rounds { get; init; }

    /// <summary>Who was called at once when it came (ESC-8).</summary>
    public ImmutableArray<UserId> Called
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>From when the wait for the next rung counts.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>How often it was asked about since somebody last did something (ESC-12): 1 the owner, 2 the DE lead.</summary>
    public int StaleAsked { get; init; }
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>When the trouble began, as far as anybody has said; else it counts from when it was raised (UPD-1).</summary>
    public DateTimeOffset? BeganAt { get; init; }

    /// <summary>What everybody was told last (UPD-2).</summary>
    public StatusUpdate? LastUpdate { get; init; }

    /// <summary>The channels that were told of it besides its own: they are told how it ends, too (UPD-2).</summary>
    public ImmutableArray<NamedChannel> ToldIn
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>When the next update is due; null when none is (UPD-3).</summary>
    public UpdateDue? Update { get; init; }

    /// <summary>What it has besides while a playbook is followed (PB-1).</summary>
    public Incident? Incident { get; init; }

    /// <summary>When the trouble began, UTC.</summary>
    [JsonIgnore]
    public DateTimeOffset Began => BeganAt ?? RaisedAt;

    /// <summary>Somebody has yet to do something about it. What was redirected is with its team.</summary>
    [JsonIgnore]
    public bool IsOpen =>
        State
            is EscalationState.New
                or EscalationState.NeedsInformation
                or EscalationState.AwaitingApproval
                or EscalationState.Accepted
        || PossibleMoves.IsWork(State);

    /// <summary>Deployment Engineering has or had it.</summary>
    [JsonIgnore]
    public bool IsTaken =>
        AcceptedAt is not null
        || State is EscalationState.Accepted or EscalationState.Resolved
        || PossibleMoves.IsWork(State);

    /// <summary>It is worked on although nobody knows yet whether it is Deployment Engineering's (ESC-2).</summary>
    [JsonIgnore]
    public bool IsProvisional =>
        (!Missing.IsEmpty || Elsewhere is not null)
        && (State == EscalationState.Accepted || PossibleMoves.IsWork(State));

    /// <summary>Nothing can be done about it any more.</summary>
    [JsonIgnore]
    public bool IsOver => EndedAt is not null;

    /// <summary>
    /// Whoever is on duty belongs into its channel: nobody owns it, or it is a Sev 1, of which they are told whoever owns
    /// it.
    /// </summary>
    [JsonIgnore]
    public bool NeedsWhoIsOnDuty => Owner is null || Severity == Severity.Sev1;

    [JsonIgnore]
    public bool IsStale => StaleAsked > 0;

    [JsonIgnore]
    public Priority Priority => new(Impact, Effort, Arr, RaisedAt, Id.Number);

    /// <summary>The name of its card among our posts.</summary>
    [JsonIgnore]
    public PostName Card => new($"{Id}/card");

    /// <summary>The name of its card in its incident channel.</summary>
    [JsonIgnore]
    public PostName CardInChannel => new($"{Id}/card/incident");

    /// <summary>The name of its checklist among our posts, where it has no incident channel.</summary>
    [JsonIgnore]
    public PostName Checklist => new($"{Id}/checklist");

    /// <summary>The name of its checklist in its incident channel.</summary>
    [JsonIgnore]
    public PostName ChecklistInChannel => new($"{Id}/checklist/incident");

    /// <summary>The name of its card in a team's channel.</summary>
    public PostName CardFor(OwningTeam team) => new($"{Id}/card/{team.Named().Code}");

    /// <summary>Whoever raised it follows it from the start, until they say that they heard enough.</summary>
    [JsonIgnore]
    public bool IsRaiserListening =>
        IsRaiserSpared != true
        && (Followers.Contains(Reporter) || !FormerFollowers.Contains(Reporter));

    private bool IsOwnedBy(UserId person) => Owner == person;

    private bool IsOf(UserId person) => Owner == person || Reporter == person;

    private Escalation ActedOn(DateTimeOffset now) =>
        this with
        {
            LastActedAt = now,
            StaleAsked = 0,
            AskedAt = null,
        };
}

/// <summary>A customer that may be meant.</summary>
internal sealed record SuggestedCustomer(CustomerKey Key, string Name);

/// <summary>A team's channel in which an escalation is shown.</summary>
internal sealed record TeamCopy(OwningTeam Team, ChannelId Channel);

/// <summary>What the product's makers have to do with an escalation (ESC-13).</summary>
internal sealed record ProductWork
{
    public const int MaxLinkLength = 150;

    public static ProductWork None { get; } = new();

    /// <summary>The bug ticket's address.</summary>
    public string Bug { get; init; } = "";

    /// <summary>The pull request's address.</summary>
    public string PullRequest { get; init; } = "";

    /// <summary>Whether the fix must go into older releases; null when nobody has said.</summary>
    public bool? NeedsBackport { get; init; }

    /// <summary>It was solved without changing the product; null when nobody has said.</summary>
    public bool? SolvedWithoutChange { get; init; }

    /// <summary>What is different from before, as people read it; not how it was solved, which the resolution tells.</summary>
    public ImmutableArray<FieldChange> ChangesFrom(ProductWork before) =>
        [
            .. new FieldChange[]
            {
                new("Bug", before.Bug, Bug),
                new("Pull request", before.PullRequest, PullRequest),
                new("Backport", Needed(before.NeedsBackport), Needed(NeedsBackport)),
            }.Where(c => c.From != c.To),
        ];

    private static string Needed(bool? needed) =>
        needed switch
        {
            true => "needed",
            false => "not needed",
            null => "",
        };
}

/// <summary>The customer said that it is over (PB-6).</summary>
/// <param name="Who">Who at the customer, as typed.</param>
/// <param name="At">When it was recorded, UTC.</param>
/// <param name="RecordedBy">By whom.</param>
internal sealed record Confirmation(string Who, DateTimeOffset At, UserId RecordedBy);
