using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;

namespace Sidecar.Features.ServiceRequests;

/// <summary>
/// One-off work for a customer, whose scope is agreed with them before it begins (SRV-1 to SRV-3). Its rules are beside
/// it; they decide and change nothing. All times are UTC.
/// </summary>
internal sealed partial record ServiceRequest
{
    public const int MaxTitleLength = 120;
    public const int MaxTextLength = 3000;

    public required ServiceRequestId Id { get; init; }
    public required CustomerKey Customer { get; init; }

    /// <summary>The customer's name as last known.</summary>
    public required string CustomerName { get; init; }

    /// <summary>What was, or is to be, agreed with the customer.</summary>
    public required StatementOfWork Sow { get; init; }

    /// <summary>How often the statement of work has been changed: whoever signs off knows which one they read.</summary>
    public int SowChanges { get; init; }
    public required UserId PreparedBy { get; init; }
    public required DateTimeOffset PreparedAt { get; init; }

    /// <summary>The escalation that it was; null when it was none.</summary>
    public FormerEscalation? Former { get; init; }

    /// <summary>Where its card is.</summary>
    public required ChannelId Channel { get; init; }

    /// <summary>The thread that its card is in; null when the card begins one.</summary>
    public PostId? Thread { get; init; }

    public ServiceState State { get; init; } = ServiceState.AwaitingSignOff;

    /// <summary>Since when it stands there, and who brought it there.</summary>
    public required DateTimeOffset StateSince { get; init; }
    public required UserId StateBy { get; init; }

    /// <summary>The customer's word for the statement of work as it is now (SRV-2); null without it.</summary>
    public CustomerWord? SignOff { get; init; }

    /// <summary>What was delivered, and where it is; empty before.</summary>
    public string Delivery
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>The customer's word that what was delivered is what was agreed.</summary>
    public CustomerWord? Acceptance { get; init; }

    /// <summary>Who keeps it working from now on (SRV-3); null until that was decided.</summary>
    public MaintenancePlan? Maintenance { get; init; }

    /// <summary>Why it stands where it stands, when somebody had to say so: returned, cancelled.</summary>
    public string StateReason
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>When its dates were last set: what was known then is not reminded of.</summary>
    public required DateTimeOffset DatesSetAt { get; init; }

    /// <summary>What its people were reminded of since that began to count.</summary>
    public ImmutableArray<ServiceReminder> Reminded
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>Whoever is to be reminded is not at work before that.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Nothing more is done about it.</summary>
    [JsonIgnore]
    public bool IsOver => State is ServiceState.Completed or ServiceState.Cancelled;

    /// <summary>What is agreed has yet to be delivered.</summary>
    [JsonIgnore]
    public bool IsToBeDelivered =>
        State is ServiceState.AwaitingSignOff or ServiceState.SignedOff or ServiceState.InProgress;

    /// <summary>The scope has changed since the customer signed it off, and the work goes on (SRV-2).</summary>
    [JsonIgnore]
    public bool IsChangeUnsigned => State == ServiceState.InProgress && SignOff is null;

    /// <summary>Its last day has passed without a delivery, and its people know.</summary>
    [JsonIgnore]
    public bool IsOverdue => IsToBeDelivered && Reminded.Contains(ServiceReminder.Overdue);

    /// <summary>The name of its card among our posts.</summary>
    [JsonIgnore]
    public PostName Card => new($"{Id}/card");

    private bool IsOf(UserId person) => PreparedBy == person || Sow.By == person;
}

/// <summary>What is delivered, by whom, in what time (SRV-1).</summary>
/// <param name="Title">In one line.</param>
/// <param name="Delivers">What the customer gets.</param>
/// <param name="By">Who delivers it; null while nobody has been named.</param>
/// <param name="StartsOn">When the work begins; null when that is open.</param>
/// <param name="DueOn">By when it is delivered.</param>
/// <param name="Days">How much work it is, in days.</param>
internal sealed record StatementOfWork(
    string Title,
    string Delivers,
    UserId? By,
    DateOnly? StartsOn,
    DateOnly DueOn,
    decimal Days
)
{
    /// <summary>Work of this many days or less needs no service request (SRV-1).</summary>
    public const decimal NoMoreThan = 1;

    /// <summary>More than anybody agrees to at once.</summary>
    public const decimal MostDays = 400;
}

/// <summary>Where a service request stands.</summary>
internal enum ServiceState
{
    AwaitingSignOff,
    SignedOff,
    InProgress,
    Delivered,
    Accepted,
    Completed,
    Cancelled,
}

/// <summary>How the customer said something.</summary>
internal enum SaidHow
{
    Verbally = 1,
    InWriting = 2,
}

/// <summary>Somebody at the customer said yes.</summary>
/// <param name="Who">Who at the customer, as typed.</param>
/// <param name="How">How; null where nobody asks.</param>
/// <param name="On">On which day.</param>
/// <param name="Note">Where that can be read; may be empty.</param>
/// <param name="RecordedBy">Who recorded it.</param>
internal sealed record CustomerWord(
    string Who,
    SaidHow? How,
    DateOnly On,
    string Note,
    UserId RecordedBy
);

/// <summary>Who maintains what was built, as the source has it (SRV-3).</summary>
internal enum Maintainer
{
    Nobody,
    DeploymentEngineering,
    TechnicalAccountManagers,
    ResearchAndDevelopment,
    Vendor,
}

/// <summary>Who keeps it working (SRV-3).</summary>
/// <param name="By">Which of them; <see cref="Maintainer.Nobody"/> when it needs no maintenance.</param>
/// <param name="Who">Which person or vendor; may be empty but for a vendor.</param>
/// <param name="What">What has to be done; may be empty.</param>
/// <param name="DecidedBy">Who decided it.</param>
/// <param name="DecidedAt">When, UTC.</param>
internal sealed record MaintenancePlan(
    Maintainer By,
    string Who,
    string What,
    UserId DecidedBy,
    DateTimeOffset DecidedAt
);

/// <summary>The escalation that a service request was, and where its card is.</summary>
internal sealed record FormerEscalation(EscalationId Id, PostName Card, ChannelId Channel);

/// <summary>What people are reminded of; in the order in which one makes the other needless.</summary>
internal enum ServiceReminder
{
    /// <summary>Nobody has recorded a sign-off for days.</summary>
    SignOff,

    /// <summary>The work should begin, and is not signed off.</summary>
    UnsignedAtStart,

    /// <summary>The work should begin.</summary>
    Start,

    /// <summary>Nobody has recorded for days that the customer accepts what was delivered.</summary>
    Acceptance,

    /// <summary>Nobody has decided for days who maintains it.</summary>
    Completion,

    /// <summary>Its last day comes.</summary>
    DueSoon,

    /// <summary>Its last day has passed.</summary>
    Overdue,

    /// <summary>It has passed for days: the leads hear of it.</summary>
    OverdueForLeads,
}
