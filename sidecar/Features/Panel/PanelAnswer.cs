using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sidecar.Features.Customers.Domain;
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

    /// <summary>True where the panel is told when something changes, and need not ask as often.</summary>
    public bool? IsPushed { get; init; }

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

/// <summary>A channel, as far as the bot sees it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Name">In its address.</param>
/// <param name="Title">As people read it; null when Mattermost does not say.</param>
/// <param name="Team">The id of its team; null when Mattermost does not say.</param>
internal sealed record PanelChannel(string Id, string Name, string? Title, string? Team);

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
)
{
    /// <summary>
    /// What is there besides escalations of what is one's own or the channel's, by kind; only on the first page, and only
    /// kinds of which there is something.
    /// </summary>
    public IReadOnlyList<PanelRequestKind> Beside { get; init; } = [];

    /// <summary>What is left to set up; null for who does not do that, and when nothing is left.</summary>
    public PanelSetup? Setup { get; init; }
}

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

    /// <summary>What nobody has told yet, <c>customer</c> or <c>arr</c>; null when nothing is missing (ESC-2).</summary>
    public string? Missing { get; init; }

    /// <summary>The open one that may be the same problem (ESC-11).</summary>
    public string? MaybeSameAs { get; init; }

    /// <summary>The id of the post that is its card; null while it is not posted.</summary>
    public string? Card { get; init; }

    /// <summary>What this person does next; null when that is nothing.</summary>
    public PanelAction? Next { get; init; }

    /// <summary>What else they may do now, what ends it last.</summary>
    public required IReadOnlyList<PanelAction> More { get; init; }
}

/// <summary>Something that somebody may do.</summary>
/// <param name="Label">On its button.</param>
/// <param name="Ask">What the panel sends back, as it is.</param>
/// <param name="IsEnding">It ends what it is about without its being done.</param>
internal sealed record PanelAction(string Label, PanelAsk Ask, bool IsEnding = false);

internal sealed record PanelUpdate(string At, PanelPerson By, string Summary);

/// <param name="Number">From 1, as in the numbers of its tasks.</param>
/// <param name="Title">Its name.</param>
/// <param name="Tasks">In order.</param>
/// <param name="MayFinish">This person may end all that is open of it at once.</param>
internal sealed record PanelStage(
    string Number,
    string Title,
    IReadOnlyList<PanelTask> Tasks,
    bool MayFinish
);

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
/// <param name="Make">Opens the form of a new one; null when this person may not.</param>
/// <param name="Items">In their order.</param>
internal sealed record PanelRequestKind(
    string Series,
    string Title,
    PanelAsk? Make,
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
    public PanelAction? Next { get; init; }
    public required IReadOnlyList<PanelAction> More { get; init; }
}

/// <param name="Name">What it is.</param>
/// <param name="Text">Its value; Markdown.</param>
internal sealed record PanelRequestFact(string Name, string Text);

/// <summary>A page of a timeline, the latest first.</summary>
internal sealed record PanelTimeline(IReadOnlyList<PanelEntry> Entries, long? Before);

/// <param name="At">When.</param>
/// <param name="Text">What happened; Markdown.</param>
internal sealed record PanelEntry(string At, string Text);

/// <summary>What waits for a person, and what is theirs (ASG-6, WEEK-2).</summary>
internal sealed record PanelMine(
    IReadOnlyList<PanelTodo> Todo,
    IReadOnlyList<PanelAssignment> Assignments,
    IReadOnlyList<PanelCustomer> Customers
)
{
    /// <summary>What is left to set up; null for who does not do that, and when nothing is left.</summary>
    public PanelSetup? Setup { get; init; }
}

/// <summary>Something that waits for somebody.</summary>
/// <param name="Urgency">How much it hurries.</param>
/// <param name="At">When it is due.</param>
/// <param name="Text">What; Markdown.</param>
/// <param name="About">The number of what it is about, which has details here.</param>
/// <param name="Action">What does it; null when it is only to be read.</param>
internal sealed record PanelTodo(
    string Urgency,
    string? At,
    string Text,
    string About,
    PanelAction? Action
);

/// <summary>A customer of somebody's.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Parts">What this person is to it: <c>ce</c>, <c>tam</c>, <c>csm</c>, <c>ae</c>.</param>
/// <param name="Open">How many escalations of it are open.</param>
/// <param name="Action">Shows it.</param>
internal sealed record PanelCustomer(
    string Key,
    string Name,
    IReadOnlyList<string> Parts,
    int Open,
    PanelAction Action
);

/// <summary>How far the set-up is.</summary>
internal sealed record PanelSetup(int Done, IReadOnlyList<PanelStep> Steps);

/// <param name="Title">What it is about.</param>
/// <param name="IsDone">Nothing is missing.</param>
/// <param name="Text">What is set, and what it costs when something is missing; Markdown.</param>
/// <param name="Action">Opens its form; null when there is nothing to press.</param>
internal sealed record PanelStep(string Title, bool IsDone, string Text, PanelAction? Action);

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
