using System.Text.Json.Serialization;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;

namespace Sidecar.Features.Escalations.Cards;

/// <summary>
/// The buttons and menus of cards and messages: whoever shows one names it here, and so does the part that answers it.
/// </summary>
internal static class EscalationKeys
{
    public static ActionKey<EscalationRef> Acknowledged { get; } = Of("escalation.acknowledge");

    public static ActionKey<EscalationRef> ToApprove { get; } = Of("escalation.approve");

    public static ActionKey<EscalationRef> Owner { get; } = Of("escalation.assign");

    public static ActionKey<EscalationRef> Step { get; } = Of("escalation.move-on");

    public static ActionKey<EscalationRef> Resolution { get; } =
        Of("escalation.ask-for-resolution");

    public static ActionKey<EscalationRef> More { get; } = Of("escalation.more");

    public static ActionKey<EscalationRef> Follower { get; } = Of("escalation.follow");

    public static ActionKey<EscalationRef> Missing { get; } = Of("escalation.add-missing");

    public static ActionKey<EscalationRef> Apart { get; } = Of("escalation.is-another");

    public static ActionKey<EscalationRef> HandedOver { get; } = Of("escalation.redirect");

    public static ActionKey<EscalationRef> Update { get; } = Of("escalation.post-update");

    public static ActionKey<EscalationRef> StillWorking { get; } = Of("escalation.still-on-it");

    public static ActionKey<MoveRef> Reason { get; } =
        new("escalation.ask-for-words", EscalationJson.Default.MoveRef);

    public static ActionKey<MergeRef> Same { get; } =
        new("escalation.merge", EscalationJson.Default.MergeRef);

    public static ActionKey<CustomerRef> Meant { get; } =
        new("escalation.name-customer", EscalationJson.Default.CustomerRef);

    private static ActionKey<EscalationRef> Of(string name) =>
        new(name, EscalationJson.Default.EscalationRef);
}

/// <summary>Which escalation a button is about.</summary>
internal sealed record EscalationRef(EscalationId Id);

/// <summary>A move with an escalation, as buttons and forms carry it.</summary>
/// <param name="Id">Which escalation.</param>
/// <param name="Move">Which move.</param>
/// <param name="Closes">The confirmation is what closing lacked: it is closed along with it.</param>
internal sealed record MoveRef(EscalationId Id, EscalationMove Move, bool Closes = false);

/// <summary>Which one goes on as which other.</summary>
/// <param name="From">It is closed.</param>
/// <param name="Into">It goes on.</param>
/// <param name="IsAcross">Whoever merges them has read that they belong to different customers; null when they did not.</param>
internal sealed record MergeRef(EscalationId From, EscalationId Into, bool? IsAcross = null);

/// <summary>Which customer an escalation is for.</summary>
internal sealed record CustomerRef(EscalationId Id, CustomerKey Customer);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(Escalation))]
[JsonSerializable(typeof(EscalationFact))]
[JsonSerializable(typeof(EscalationRef))]
[JsonSerializable(typeof(MoveRef))]
[JsonSerializable(typeof(MergeRef))]
[JsonSerializable(typeof(CustomerRef))]
internal sealed partial class EscalationJson : JsonSerializerContext;
