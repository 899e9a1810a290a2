using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>What an escalation with a playbook has besides (PB-1 to PB-8): its channel, its checklist, its watch. Times are UTC.</summary>
internal sealed partial record Incident
{
    /// <summary>The playbook's key and name as they were when it began.</summary>
    public required string Playbook { get; init; }
    public required string PlaybookName { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Who started it; null when it started by itself.</summary>
    public UserId? StartedBy { get; init; }

    /// <summary>The incident channel; null while it is not open.</summary>
    public NamedChannel? Channel { get; init; }

    /// <summary>Its channel is public: whoever is of the team can read it.</summary>
    public bool IsOpenToAll { get; init; }

    /// <summary>Only some may read what belongs to it (ALL-7).</summary>
    [JsonIgnore]
    public bool IsPrivate => Channel is not null && !IsOpenToAll;

    /// <summary>Why there is no channel; null when there is one, or nobody knows yet.</summary>
    public Hindrance? NoChannel { get; init; }

    /// <summary>Whom the product has asked Mattermost to add to the channel.</summary>
    public ImmutableArray<UserId> Admitted
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>Who could not be added to the channel; whoever mends that checks the task about it.</summary>
    public ImmutableArray<UserId> Missing
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>The team's time zone, by its IANA name: what everybody reads names times in it.</summary>
    public string Zone
    {
        get;
        init => field = value ?? "UTC";
    } = "UTC";

    /// <summary>When the executive was looped in (PB-4).</summary>
    public DateTimeOffset? ExecutiveSince { get; init; }

    /// <summary>Since when the fix is watched; null while there is none to watch (PB-5).</summary>
    public DateTimeOffset? WatchedSince { get; init; }

    /// <summary>When somebody was asked whether the fix held (PB-5).</summary>
    public DateTimeOffset? WatchAskedAt { get; init; }

    /// <summary>Who said that the fix held (PB-5); null while nobody has.</summary>
    public UserId? HeldSaidBy { get; init; }

    public required ImmutableArray<IncidentStage> Stages { get; init; }

    /// <summary>How often everybody is told how it stands, where the playbook says so (UPD-3).</summary>
    public WaitLength? UpdateEvery { get; init; }

    /// <summary>What the first status update is filled with.</summary>
    public string UpdateTemplate
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>What the draft of the summary ends with.</summary>
    public string RetrospectiveTemplate
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>What its channel's name begins with, in place of the severity.</summary>
    public string ChannelName
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>What the three questions were answered with (PB-8); null while they were not.</summary>
    public Retrospective? Retrospective { get; init; }

    [JsonIgnore]
    public IEnumerable<IncidentTask> Tasks => Stages.SelectMany(s => s.Tasks);

    /// <summary>The tasks that need nobody any more: done or skipped.</summary>
    [JsonIgnore]
    public int Finished => Tasks.Count(t => t.State != TaskState.Open);
}

/// <summary>A part of the checklist.</summary>
internal sealed record IncidentStage(string Title, ImmutableArray<IncidentTask> Tasks);

/// <summary>A task of the checklist (PB-3).</summary>
/// <param name="Title">What is to be done.</param>
internal sealed record IncidentTask(string Title)
{
    public bool RepliesToCustomer { get; init; }
    public TaskTrigger? DoneWhen { get; init; }
    public WaitLength? DueAfterResolution { get; init; }
    public WaitLength? DueAfterStart { get; init; }

    /// <summary>More about it, as the playbook says it.</summary>
    public string Details
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>A slash command that somebody types for it.</summary>
    public string Command
    {
        get;
        init => field = value ?? "";
    } = "";
    public TaskState State { get; init; }

    /// <summary>Who brought it to where it stands, and when; nobody when the product did.</summary>
    public UserId? By { get; init; }
    public DateTimeOffset? At { get; init; }

    /// <summary>Why it was skipped.</summary>
    public string Reason
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>Who is to do it; the escalation's owner when nobody is named.</summary>
    public UserId? Assignee { get; init; }

    /// <summary>When it must be done.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Who set that time, and since when it holds; nobody when it follows from the resolution (PB-7).</summary>
    public UserId? DueSetBy { get; init; }
    public DateTimeOffset? DueSetAt { get; init; }

    /// <summary>How far reminders of <see cref="DueAt"/> have gone: 1 before it, 2 when it was missed.</summary>
    public int Reminded { get; init; }

    /// <summary>Its time has passed, and that was told.</summary>
    [JsonIgnore]
    public bool IsOverdue => State == TaskState.Open && Reminded > 1;

    /// <summary>The same in another state.</summary>
    public IncidentTask Turned(TaskState to, string reason, UserId? by, DateTimeOffset now) =>
        this with
        {
            State = to,
            Reason = reason,
            By = by,
            At = now,
        };

    /// <summary>The same with another due time; reminders begin anew.</summary>
    public IncidentTask DueFrom(DateTimeOffset? due, UserId? by, DateTimeOffset? now) =>
        this with
        {
            DueAt = due,
            DueSetBy = due is null ? null : by,
            DueSetAt = due is null ? null : now,
            Reminded = 0,
        };
}

internal enum TaskState
{
    Open,
    Done,
    Skipped,
}

/// <summary>The mini-retrospective (PB-8).</summary>
internal sealed record Retrospective(
    string Issue,
    string Improvements,
    string Changes,
    UserId By,
    DateTimeOffset At
);
