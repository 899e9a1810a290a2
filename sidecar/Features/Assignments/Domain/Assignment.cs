using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>
/// A support engineer assigned to one customer, from the request on. Its rules are beside it, in <c>Requests/</c>,
/// <c>CheckIns/</c> and <c>Care/</c>; they decide and change nothing. All times are UTC.
/// </summary>
internal sealed partial record Assignment
{
    public const int MaxTextLength = 3000;
    public const int MaxLinkLength = 300;

    public required AssignmentId Id { get; init; }
    public required CustomerKey Customer { get; init; }

    /// <summary>The customer's name as last known.</summary>
    public required string CustomerName { get; init; }
    public required AssignmentKind Kind { get; init; }

    /// <summary>The last day of a temporary one; null for a long-term one (ASG-1).</summary>
    public DateOnly? EndsOn { get; init; }

    /// <summary>Why the customer should have one.</summary>
    public required string Why { get; init; }
    public required UserId RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>CS leadership started it; nobody had requested it (ASG-1).</summary>
    public bool IsUnrequested { get; init; }

    /// <summary>The CE with whom the engineer works.</summary>
    public required UserId CustomerEngineer { get; init; }
    public AssignmentState State { get; init; } = AssignmentState.Requested;

    /// <summary>Who has approved it so far (ASG-1).</summary>
    public ImmutableArray<Approval> Approvals
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>Why the CS lead exceeded the cap for it (ASG-2); empty when it is within.</summary>
    public string BeyondCapBecause
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>The assigned support engineer; null while none has been named.</summary>
    public UserId? Engineer { get; init; }

    /// <summary>Of a post-sales one only (ASG-3).</summary>
    public UserId? BackUp { get; init; }
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>That the customer was told; of a post-sales one only (ASG-3).</summary>
    public Communicated? Communicated { get; init; }

    /// <summary>The emulation of the customer's environment (ASG-6); empty when there is none.</summary>
    public string Environment
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>Technical design documents, the one that was updated last first (ASG-6).</summary>
    public ImmutableArray<DesignDocument> Documents
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>The latest customer meetings, the last first (ASG-6); all are in the timeline.</summary>
    public ImmutableArray<CustomerMeeting> Meetings
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>When engineer and CE check in with each other (ASG-7); null while no engineer has been named.</summary>
    public CheckInPlan? CheckIns { get; init; }

    /// <summary>This week's check-in, until it is answered, skipped or missed.</summary>
    public CheckInTurn? Turn { get; init; }

    /// <summary>How many weeks in a row were missed (ASG-9).</summary>
    public int MissedInARow { get; init; }

    /// <summary>The first of the weeks that were missed in a row.</summary>
    public DateOnly? MissedSince { get; init; }

    /// <summary>
    /// When the back-up or the CS leads are told of them, in their working hours, UTC; null when there is nothing to tell.
    /// </summary>
    public DateTimeOffset? TellOfMissedAt { get; init; }

    /// <summary>The back-up was told of the weeks that were missed in a row; null when not.</summary>
    public bool? HasBackUpHeardOfMissed { get; init; }

    /// <summary>The weeks that were missed lately and are not answered yet, the first one first.</summary>
    public ImmutableArray<DateOnly> MissedWeeks
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>What was answered last (ASG-10).</summary>
    public CheckIn? LastCheckIn { get; init; }

    /// <summary>Weeks of which leadership has yet to say whether it is professional services work (ASG-8).</summary>
    public ImmutableArray<DateOnly> ServicesAsked
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>What leadership said last, to tell who comes second (ESC-9).</summary>
    public ServicesAnswer? ServicesAnswer { get; init; }

    /// <summary>When it is to be reviewed (ASG-12).</summary>
    public DateOnly? ReviewOn { get; init; }

    /// <summary>How far reminders of the review and of the end have gone; what they count is theirs.</summary>
    public int ReviewAsked { get; init; }
    public int EndTold { get; init; }

    /// <summary>When the round of asking that is under way began, UTC; <see cref="ReviewAsked"/> says which it is.</summary>
    public DateTimeOffset? ReviewRoundAt { get; init; }

    /// <summary>When the next step of the review is taken, UTC; null before the first and after the last.</summary>
    public DateTimeOffset? ReviewNextAt { get; init; }

    /// <summary>Who is still to be asked in this round: when they are at work.</summary>
    public ImmutableArray<UserId> ReviewLeft
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>Who was asked about the review that is under way, or about the one before.</summary>
    public ImmutableArray<UserId> ReviewTold
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>Who decided the last review, to tell who comes second (ESC-9).</summary>
    public UserId? ReviewedBy { get; init; }

    /// <summary>The hand-over that is under way (ASG-12); null when none is.</summary>
    public PlannedHandOver? HandOver { get; init; }

    /// <summary>Who was the engineer before, the first one first (ASG-12).</summary>
    public ImmutableArray<FormerEngineer> Formerly
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    public UserId? EndedBy { get; init; }

    /// <summary>Its request was not declined, but taken back by <see cref="EndedBy"/>.</summary>
    public bool IsWithdrawn { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string EndedBecause
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>Only people of ours may know of it (ASG-3, ASG-4).</summary>
    [JsonIgnore]
    public bool IsInternal => Kind == AssignmentKind.PreSales;

    /// <summary>It takes one of the places (ASG-2).</summary>
    [JsonIgnore]
    public bool HasPlace => State is AssignmentState.Approved or AssignmentState.Active;
}

/// <summary>Before or after the sale (ASG-3).</summary>
internal enum AssignmentKind
{
    /// <summary>A strategic customer: they are told, and the engineer has a back-up.</summary>
    PostSales,

    /// <summary>A prospect: internal only, never told, and no back-up.</summary>
    PreSales,
}

/// <summary>Where an assignment stands.</summary>
internal enum AssignmentState
{
    /// <summary>The leads vet it (ASG-1).</summary>
    Requested,

    /// <summary>All leads have approved it, and it has its place; no engineer is named yet.</summary>
    Approved,

    /// <summary>An engineer is assigned.</summary>
    Active,

    /// <summary>A lead declined it, or who requested it took it back.</summary>
    Declined,

    /// <summary>It is over.</summary>
    Ended,
}

/// <summary>A lead's approval (ASG-1).</summary>
internal sealed record Approval(Role As, UserId By, DateTimeOffset At);

/// <summary>The customer was told (ASG-3).</summary>
/// <param name="By">Who told them.</param>
/// <param name="On">The day, in that person's zone.</param>
/// <param name="To">Whom at the customer, as typed.</param>
internal sealed record Communicated(UserId By, DateOnly On, string To);

/// <summary>A technical design document of the customer's (ASG-6).</summary>
internal sealed record DesignDocument(string Title, string Link, DateOnly UpdatedOn, UserId By);

/// <summary>A meeting with the customer (ASG-6).</summary>
internal sealed record CustomerMeeting(DateOnly On, string About, UserId By);

/// <summary>When engineer and CE check in (ASG-7).</summary>
/// <param name="Day">The weekday.</param>
/// <param name="Time">The time of day, in <paramref name="Zone"/>.</param>
/// <param name="Zone">IANA name of the zone in which it was chosen; its clock changes are followed.</param>
internal sealed partial record CheckInPlan(DayOfWeek Day, TimeOfDay Time, string Zone)
{
    /// <summary>Where answers are posted besides (ASG-10); null: nowhere.</summary>
    public NamedChannel? Place { get; init; }

    /// <summary>For whom it was made: when somebody else takes over, it is looked at again.</summary>
    public UserId? Engineer { get; init; }

    /// <summary>The CE for whom it was made.</summary>
    public UserId? CustomerEngineer { get; init; }
}

/// <summary>A week's check-in that is to come or under way (ASG-7, ASG-9).</summary>
/// <param name="Week">The Monday of the week that it is for.</param>
/// <param name="DueAt">When it is held, UTC; later than planned when it was moved or deferred.</param>
internal sealed record CheckInTurn(DateOnly Week, DateTimeOffset DueAt)
{
    /// <summary>When the next step is taken: asking, reminding, counting it as missed; UTC.</summary>
    public required DateTimeOffset NextStepAt { get; init; }

    /// <summary>Who was asked; null while nobody was.</summary>
    public UserId? Asked { get; init; }
    public DateTimeOffset? AskedAt { get; init; }
    public DateTimeOffset? RemindedAt { get; init; }

    /// <summary>Why it is later than planned; null when it is not.</summary>
    public Markdown? Because { get; init; }

    /// <summary>Why nothing came of the week before; null when something did.</summary>
    public Markdown? Before { get; init; }

    /// <summary>The week before was skipped by somebody; null when it was not.</summary>
    public bool? IsAfterSkip { get; init; }
}

/// <summary>The answers of a week (ASG-7, ASG-10).</summary>
internal sealed record CheckIn(
    AssignmentId Assignment,
    DateOnly Week,
    UserId By,
    DateTimeOffset At,
    string GoingWell,
    string Frustration,
    string Goals,
    string Context,
    bool LooksLikeProfessionalServices
)
{
    /// <summary>Of which customer: their history outlives assignments.</summary>
    public CustomerKey Customer { get; init; }

    /// <summary>Who corrected it last, and when (UTC); null while it is as it was answered.</summary>
    public CheckInCorrection? Correction { get; init; }

    /// <summary>It was answered after it had counted as missed; null when it was not.</summary>
    public bool? IsLate { get; init; }

    /// <summary>Whether these are the words.</summary>
    public bool Says(CheckInText text) =>
        Week == text.Week
        && GoingWell == text.GoingWell
        && Frustration == text.Frustration
        && Goals == text.Goals
        && Context == text.Context
        && LooksLikeProfessionalServices == text.LooksLikeProfessionalServices;

    /// <summary>The same with other words; who answered, and when, stays on the record.</summary>
    public CheckIn Corrected(CheckInText text, UserId by, DateTimeOffset at) =>
        this with
        {
            GoingWell = text.GoingWell,
            Frustration = text.Frustration,
            Goals = text.Goals,
            Context = text.Context,
            LooksLikeProfessionalServices = text.LooksLikeProfessionalServices,
            Correction = new CheckInCorrection(by, at),
        };
}

/// <summary>Who put other words in the place of answers (ASG-10), and when, UTC.</summary>
internal sealed record CheckInCorrection(UserId By, DateTimeOffset At);

/// <summary>What leadership said of something that looked like professional services work (ASG-8).</summary>
internal sealed record ServicesAnswer(DateOnly Week, UserId By, bool IsServices, DateTimeOffset At);

/// <summary>A hand-over under way (ASG-12).</summary>
internal sealed record PlannedHandOver(
    UserId From,
    string Reason,
    string Note,
    DateTimeOffset AskedAt,
    UserId? To
)
{
    /// <summary>The CS leads who were told, and are told how it goes on.</summary>
    public ImmutableArray<UserId> Leads
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>Who was named and declined.</summary>
    public ImmutableArray<UserId> Declined
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>Who named <see cref="To"/>.</summary>
    public UserId? NamedBy { get; init; }
}

/// <summary>Who was the engineer, from when to when.</summary>
internal sealed record FormerEngineer(UserId Engineer, DateTimeOffset From, DateTimeOffset To);
