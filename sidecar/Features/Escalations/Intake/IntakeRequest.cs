using System.Text.Json.Serialization;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations.Intake;

/// <summary>What is told when an escalation is raised (ESC-1), checked and ready.</summary>
/// <param name="CustomerName">Whose problem it is, by key or name as typed.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Summary">In a sentence.</param>
internal sealed record IntakeRequest(string CustomerName, Severity Severity, string Summary)
{
    /// <summary>On one line: lists and headlines have one for it.</summary>
    public string CustomerName { get; init; } =
        string.Join(' ', CustomerName.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public Category Category { get; init; } = Vocabulary.DefaultCategory;
    public string CustomerImpact { get; init; } = "";

    /// <summary>Null: as its severity says (ESC-5).</summary>
    public ImpactLevel? Impact { get; init; }
    public EffortEstimate Effort { get; init; } = EffortEstimate.Medium;
    public string Links { get; init; } = "";

    /// <summary>Of no customer: nobody is asked to add one.</summary>
    public bool IsTest { get; init; }

    /// <summary>It is raised at once, and asked about afterwards.</summary>
    public bool IsUrgent => Severity <= Severity.Sev2;

    /// <summary>What the escalation says then.</summary>
    public EscalationText ToText() =>
        new(CustomerName, Severity, Category, Summary, CustomerImpact, Impact, Effort, Links);

    public Escalation ToEscalation(
        EscalationId id,
        CustomerKey customer,
        KnownCustomer? known,
        Envelope from,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = id,
            Customer = customer,
            CustomerName = known?.Name ?? CustomerName,
            CustomerIsUnknown = known is null,
            Arr = known?.Arr,
            Severity = Severity,
            Category = Category,
            Summary = Summary,
            CustomerImpact = CustomerImpact,
            Impact = Impact ?? Vocabulary.ImpactOf(Severity),
            ImpactIsSaid = Impact is not null,
            Effort = Effort,
            Links = Links,
            Reporter = from.User,
            RaisedAt = now,
            IsRaiserSpared = from.IsFromProgram ? true : null,
            Channel = from.Channel,
            // An outage needs eyes: its card does not hide under a message.
            Thread = Severity == Severity.Sev1 ? null : from.Thread,
        };
}

/// <summary>
/// What somebody began to raise, kept until they decide: nothing that was typed is lost (ALL-2). Its document's id is
/// the act with which it began.
/// </summary>
/// <param name="By">Who.</param>
/// <param name="Team">Where it will be raised.</param>
/// <param name="Channel">Where it will be raised.</param>
/// <param name="Thread">Where it will be raised.</param>
/// <param name="Draft">What was told so far.</param>
/// <param name="At">When, UTC.</param>
internal sealed record KeptDraft(
    UserId By,
    TeamId? Team,
    ChannelId Channel,
    PostId? Thread,
    IntakeDraft Draft,
    DateTimeOffset At
)
{
    /// <summary>The open one that they were shown, and need not be shown again (ESC-11).</summary>
    public EscalationId? Seen { get; init; }

    /// <summary>What messages with buttons ask about a draft.</summary>
    public static string Question(string id) => EscalationQuestions.Drafts + id;

    public static DocumentKind<KeptDraft> Kind { get; } =
        new("intake-draft", IntakeJson.Default.KeptDraft);

    /// <summary>The same act, as if it had been done where the draft began.</summary>
    /// <param name="envelope">What its person did now.</param>
    /// <param name="id">The draft's id: raising it twice raises it once.</param>
    public Envelope Continue(Envelope envelope, string id) =>
        envelope with
        {
            Act = $"draft:{id}",
            Team = Team,
            Channel = Channel,
            Thread = Thread,
        };
}

/// <summary>Which draft a button is about.</summary>
internal sealed record DraftRef(string Id);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(IntakeState))]
[JsonSerializable(typeof(IntakeDraft))]
[JsonSerializable(typeof(DraftRef))]
[JsonSerializable(typeof(KeptDraft))]
internal sealed partial class IntakeJson : JsonSerializerContext;
