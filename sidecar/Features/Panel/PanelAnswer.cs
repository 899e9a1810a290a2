using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;

namespace Sidecar.Features.Panel;

/// <summary>What the panel is answered with: one of the parts is there.</summary>
/// <param name="V">The version of the form.</param>
/// <param name="Now">The sidecar's clock, as all times in it: UTC, <c>2026-03-02T09:00:00.000Z</c>.</param>
internal sealed record PanelAnswer(int V, string Now)
{
    /// <summary>How the answer is named among the props.</summary>
    public const string Name = "escalate";

    public PanelList? List { get; init; }
    public PanelDetail? Escalation { get; init; }
    public IReadOnlyList<PanelRequestKind>? Requests { get; init; }
    public PanelRequestDetail? Request { get; init; }
    public PanelTimeline? Timeline { get; init; }
    public PanelMine? Mine { get; init; }
    public PanelSaid? Said { get; init; }
    public PanelProblem? Problem { get; init; }

    /// <summary>An answer of a moment, to be filled.</summary>
    public static PanelAnswer At(DateTimeOffset now) => new(PanelRequest.Version, Time(now));

    public static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string? Time(DateTimeOffset? at) => at is { } there ? Time(there) : null;

    /// <summary>What people typed; null when they typed nothing.</summary>
    public static string? Text(string typed) => typed.Length == 0 ? null : typed;

    public static string? Day(DateOnly? day) =>
        day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The reply that holds it.</summary>
    public Reply ToReply() =>
        new Reply.PanelData(
            new JsonObject
            {
                [Name] = JsonSerializer.SerializeToNode(this, PanelJson.Default.PanelAnswer),
            }
        );
}

internal sealed record PanelPerson(string Id, string? Name);

internal sealed record PanelChannel(string Id, string Name);

/// <summary>A page of a list of escalations.</summary>
/// <param name="Items">In their order.</param>
/// <param name="Total">How many there are, counted up to a limit.</param>
/// <param name="IsAtLeast">There are more than <paramref name="Total"/>.</param>
/// <param name="After">Asks for the next page; null at the end.</param>
internal sealed record PanelList(
    IReadOnlyList<PanelItem> Items,
    int Total,
    bool IsAtLeast,
    string? After
);

/// <summary>An escalation in a list.</summary>
internal record PanelItem(
    string Id,
    int Severity,
    string Customer,
    string Summary,
    string State,
    string RaisedAt,
    PanelPerson? Owner,
    string? NextUpdateAt,
    bool IsStale
)
{
    public static PanelItem Of(Escalation escalation, PanelPeople people) =>
        new(
            escalation.Id.ToString(),
            (int)escalation.Severity,
            escalation.CustomerName,
            escalation.Summary,
            Vocabulary.States.Code(escalation.State),
            PanelAnswer.Time(escalation.RaisedAt),
            people.Write(escalation.Owner),
            PanelAnswer.Time(escalation.Update?.DueAt),
            escalation.IsStale
        );
}

/// <summary>Everything about an escalation, as far as a person may know and do it.</summary>
internal sealed record PanelDetail : PanelItem
{
    public PanelDetail(PanelItem item)
        : base(item) { }

    public required string Category { get; init; }
    public required string Impact { get; init; }
    public required string Effort { get; init; }
    public required string? CustomerImpact { get; init; }
    public required string? Links { get; init; }
    public required PanelPerson Reporter { get; init; }
    public required bool IsFollowed { get; init; }
    public string? RedirectedTo { get; init; }
    public required string? StateReason { get; init; }
    public required string? Resolution { get; init; }
    public string? ConfirmedBy { get; init; }
    public required string? Bug { get; init; }
    public required string? PullRequest { get; init; }
    public PanelChannel? IncidentChannel { get; init; }
    public PanelUpdate? LastUpdate { get; init; }
    public string? Playbook { get; init; }
    public required IReadOnlyList<PanelStage> Checklist { get; init; }
    public required IReadOnlyList<string> Moves { get; init; }
    public required IReadOnlyList<string> Commands { get; init; }
}

internal sealed record PanelUpdate(string At, PanelPerson By, string Summary);

internal sealed record PanelStage(string Title, IReadOnlyList<PanelTask> Tasks);

internal sealed record PanelTask(
    string Number,
    string Title,
    string State,
    PanelPerson? Assignee,
    string? DueAt,
    bool IsOverdue,
    bool RepliesToCustomer,
    PanelPerson? By,
    string? Reason,
    bool MayChange
);

/// <summary>The requests of a kind that are under way.</summary>
/// <param name="Series">Before their numbers: <c>SRV</c>.</param>
/// <param name="Title">How people call them: <c>Service requests</c>.</param>
/// <param name="Make">The command that makes a new one; null when this person may not.</param>
/// <param name="Items">In their order.</param>
internal sealed record PanelRequestKind(
    string Series,
    string Title,
    string? Make,
    IReadOnlyList<PanelRequestItem> Items
);

/// <summary>A request in a list.</summary>
internal record PanelRequestItem(
    string Id,
    string Customer,
    string Title,
    string State,
    PanelPerson? Who,
    string? DueOn,
    string? Risk
);

/// <summary>Everything about a request, with what somebody may do with it now.</summary>
internal sealed record PanelRequestDetail : PanelRequestItem
{
    public PanelRequestDetail(PanelRequestItem item)
        : base(item) { }

    /// <summary>What it is about, as typed.</summary>
    public required string? About { get; init; }
    public required IReadOnlyList<PanelRequestFact> Facts { get; init; }
    public required IReadOnlyList<PanelRequestAction> Actions { get; init; }
}

/// <param name="Name">What it is.</param>
/// <param name="Text">Its value; Markdown.</param>
internal sealed record PanelRequestFact(string Name, string Text);

/// <param name="Label">On its button.</param>
/// <param name="Command">What does it, or opens its form.</param>
/// <param name="IsEnding">It ends it without its being done.</param>
internal sealed record PanelRequestAction(string Label, string Command, bool IsEnding);

/// <summary>A page of a timeline, the latest first.</summary>
internal sealed record PanelTimeline(IReadOnlyList<PanelEntry> Entries, long? Before);

/// <param name="At">When.</param>
/// <param name="Text">What happened; Markdown.</param>
internal sealed record PanelEntry(string At, string Text);

/// <summary>What is a person's of assignments (ASG-6, WEEK-2).</summary>
internal sealed record PanelMine(
    IReadOnlyList<PanelTodo> Todo,
    IReadOnlyList<PanelAssignment> Assignments
);

internal sealed record PanelTodo(string Urgency, string? At, string Text, string Command);

internal sealed record PanelAssignment(
    string Id,
    string CustomerKey,
    string Customer,
    string Kind,
    string State,
    IReadOnlyList<string> Parts,
    PanelPerson? Engineer,
    PanelPerson? BackUp,
    PanelPerson CustomerEngineer,
    string? NextCheckInAt,
    bool IsCheckInOpen,
    string? EndsOn,
    string? ReviewOn
);

/// <summary>What a move or a command answered; Markdown.</summary>
internal sealed record PanelSaid(string Text, bool IsRefusal);

/// <summary>Why there is no answer; the sentence is Markdown.</summary>
internal sealed record PanelProblem(string Code, string Text)
{
    public const string Version = "version";
    public const string NotUnderstood = "notUnderstood";
    public const string NotFound = "notFound";
    public const string MayNot = "mayNot";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never
)]
[JsonSerializable(typeof(PanelRequest))]
[JsonSerializable(typeof(PanelVersion))]
[JsonSerializable(typeof(PanelAnswer))]
internal sealed partial class PanelJson : JsonSerializerContext;
