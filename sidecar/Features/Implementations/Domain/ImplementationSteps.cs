using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Interactions;
using Sidecar.People;

namespace Sidecar.Features.Implementations.Domain;

/// <summary>
/// Something that people do to a request, as its command, its button and its form are all called: what handles it is
/// one class, and cards and messages that offer it need to know no more than this.
/// </summary>
/// <param name="Word">In commands and keys: <c>/escalate implementation score IMP-7</c>.</param>
/// <param name="Label">On the button, and the title of the form; at most 24 characters.</param>
/// <param name="Summary">What it is for, in help.</param>
/// <param name="Permission">Who may.</param>
/// <param name="In">In which states it can be done.</param>
internal sealed record ImplementationStep(
    string Word,
    string Label,
    string Summary,
    Permission Permission,
    params ImmutableArray<ImplementationState> In
)
{
    /// <summary>More about it, for its page of help.</summary>
    public string? Details { get; init; }

    /// <summary>What its button and its form are called for ever.</summary>
    public string Name => $"implementation.{Word}";

    public ActionKey<ImplementationRef> Button =>
        new(Name, ImplementationJson.Default.ImplementationRef);

    public DialogKey<ImplementationRef> Form =>
        new(Name, ImplementationJson.Default.ImplementationRef);

    /// <summary>Its button about one.</summary>
    public CardControl On(Implementation it, ControlStyle style = ControlStyle.Default) =>
        Button.Button(Label, new ImplementationRef(it.Id), style);
}

/// <summary>Which request a button or a form is about.</summary>
/// <param name="Seen">What the form showed beside its fields, by what was chosen in it; null for nothing.</param>
internal sealed record ImplementationRef(
    ImplementationId Id,
    IReadOnlyDictionary<string, string>? Seen = null
);

/// <summary>All that can be done to a request, in the order in which it usually is.</summary>
internal static class ImplementationSteps
{
    private const string Part = "its CE, its AE or who requested it";

    private static readonly ImmutableArray<ImplementationState> Triaged =
    [
        ImplementationState.Requested,
        ImplementationState.WithLeadership,
        ImplementationState.Qualified,
    ];

    private static readonly ImmutableArray<ImplementationState> Chosen =
    [
        ImplementationState.Qualified,
        ImplementationState.Started,
    ];

    private static readonly ImmutableArray<ImplementationState> Open =
    [
        .. Triaged,
        ImplementationState.Started,
    ];

    public static ImplementationStep Score { get; } =
        new(
            "score",
            "Score…",
            "Score a request by the five criteria",
            new("score implementation requests", Team) { IsAskedNow = true },
            Triaged
        )
        {
            Details =
                "Each member of the team scores for themselves, 1 to 5; scoring again replaces one’s own. The means add up to the score that orders the backlog: `why IMP-7` explains it.",
        };

    public static ImplementationStep Decide { get; } =
        new(
            "decide",
            "Decide…",
            "Qualify or disqualify a request, or ask leadership first",
            new("decide about implementation requests", Role.ImplementationLead)
            {
                IsAskedNow = true,
            },
            [.. Triaged, ImplementationState.Disqualified]
        )
        {
            Details =
                "The form shows everybody’s scores side by side. CE and AE are told the decision and the priority.",
        };

    public static ImplementationStep Word { get; } =
        new(
            "word",
            "Give your opinion…",
            "As a leader, say what you think of a request",
            new("give leadership’s opinion on implementation requests", Leadership)
            {
                IsAskedNow = true,
            },
            ImplementationState.WithLeadership
        );

    public static ImplementationStep Edit { get; } =
        new(
            "edit",
            "Edit…",
            "Correct what a request says",
            new("correct an implementation request", Team) { Also = Part, IsAskedNow = true },
            Open
        )
        {
            Details =
                "Type, deployment method, hosting provider, links and additional information, as in the form of the request. The signs for an IE-led deployment are read again. For another customer, withdraw it and request again.",
        };

    public static ImplementationStep People { get; } =
        new(
            "people",
            "People…",
            "Say who has a part: IE, CE, AE, TA",
            new("say who has a part in an implementation", Team) { Also = Part, IsAskedNow = true },
            Open
        );

    public static ImplementationStep Documents { get; } =
        new(
            "documents",
            "Documents…",
            "Link the technical design document and the discovery questionnaire",
            new("link the documents of an implementation", Team) { Also = Part, IsAskedNow = true },
            Open
        )
        {
            Details = "The hand-off can’t start before both are there.",
        };

    public static ImplementationStep Start { get; } =
        new(
            "start",
            "Start…",
            "Start the hand-off to the implementation engineer",
            new("start an implementation", Team) { IsAskedNow = true },
            ImplementationState.Qualified
        );

    public static ImplementationStep Dates { get; } =
        new(
            "dates",
            "Dates…",
            "Plan meetings, contract, kick-off and the target date",
            new("plan an implementation", Team) { Also = Part, IsAskedNow = true },
            Chosen
        )
        {
            Details =
                "Days as you would say them: `2026-03-31`, `next tue`. Meetings are planned once it has started. Three weeks before the target date the TA is pulled in.",
        };

    public static ImplementationStep Requirement { get; } =
        new(
            "requirement",
            "Requirement…",
            "Check off, skip or reopen one of the eight requirements",
            new("collect the requirements of an implementation", Team)
            {
                Also = Part,
                IsAskedNow = true,
            },
            Chosen
        );

    public static ImplementationStep Complete { get; } =
        new(
            "complete",
            "Complete…",
            "Complete a deployment and hand it off",
            new("complete an implementation", Team) { IsAskedNow = true },
            ImplementationState.Started
        )
        {
            Details =
                "Takes the documentation for TA and Support. The customer’s adoption is counted from that day on.",
        };

    public static ImplementationStep Withdraw { get; } =
        new(
            "withdraw",
            "Withdraw…",
            "Withdraw a request, with the reason",
            new("withdraw an implementation request", Role.ImplementationLead)
            {
                Also = Part,
                IsAskedNow = true,
            },
            Open
        );

    public static ImmutableArray<ImplementationStep> All { get; } =
    [Score, Decide, Word, Edit, People, Documents, Start, Dates, Requirement, Complete, Withdraw];

    /// <summary>The one that is called so; null for none.</summary>
    public static ImplementationStep? Named(string? name) =>
        All.FirstOrDefault(s => s.Name == name);

    /// <summary>The implementation team.</summary>
    public static ImmutableArray<Role> Team =>
        [Role.ImplementationEngineer, Role.ImplementationLead];

    /// <summary>Sales and technical success leadership, which is asked where the team can’t decide alone (IMP-3).</summary>
    public static ImmutableArray<Role> Leadership => [Role.SalesLead, Role.CustomerEngineeringLead];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(Implementation))]
[JsonSerializable(typeof(ImplementationFact))]
[JsonSerializable(typeof(ImplementationRef))]
[JsonSerializable(typeof(NewImplementation))]
internal sealed partial class ImplementationJson : JsonSerializerContext;
