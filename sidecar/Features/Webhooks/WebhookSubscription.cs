using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Features.Customers.Changes;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Features.Webhooks;

/// <summary>Another system that is told of facts (HOOK-1).</summary>
/// <param name="Id">Its number.</param>
/// <param name="Address">Where it is told.</param>
/// <param name="Facts">Of what: names of types, or their first words; empty for everything.</param>
/// <param name="MadeBy">Who set it up.</param>
/// <param name="MadeAt">When, UTC.</param>
internal sealed record WebhookSubscription(
    WebhookId Id,
    string Address,
    ImmutableArray<string> Facts,
    UserId MadeBy,
    DateTimeOffset MadeAt
)
{
    public const int MaxAddressLength = 1000;

    /// <summary>What it is told is signed with each of these; the newest first.</summary>
    public ImmutableArray<SigningKey> Keys
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    public WebhookState State { get; init; }

    /// <summary>Since when it has the state, UTC.</summary>
    public DateTimeOffset? StateAt { get; init; }

    /// <summary>Since when what waited may be sent again, UTC; null when it was never held.</summary>
    public DateTimeOffset? ResumedAt { get; init; }

    /// <summary>Administrators know that deliveries became dead letters, and nothing has got through since.</summary>
    public bool IsTroubleTold { get; init; }

    /// <summary>All, by number.</summary>
    public static DocumentIndex<WebhookSubscription> ByNumber { get; } =
        new("by-number", s => [IndexKey.Empty.Then(s.Id.Number)]);

    public static DocumentKind<WebhookSubscription> Kind { get; } =
        new("webhook", WebhookJson.Default.WebhookSubscription) { Indexes = [ByNumber] };

    /// <summary>The subject of its entries in the audit trail.</summary>
    public static string Subject(WebhookId id) => id.ToString();

    /// <summary>It is told of such a fact, as things are.</summary>
    public bool Wants(string type) =>
        State != WebhookState.Gone
        && (
            Facts.IsEmpty
            || Facts.Any(f => f == type || type.StartsWith(f + ".", StringComparison.Ordinal))
        );

    /// <summary>The keys that count, the newest first.</summary>
    public IEnumerable<SigningKey> KeysAt(DateTimeOffset now) => Keys.Where(k => !(k.Until <= now));
}

/// <summary>A key, sealed: what it is only whoever set it up has seen, once.</summary>
/// <param name="Sealed">The sealed key.</param>
/// <param name="Until">Until when it counts, UTC; null while no newer one is there.</param>
internal sealed record SigningKey(string Sealed, DateTimeOffset? Until);

/// <summary>Whether a subscription is told anything.</summary>
internal enum WebhookState
{
    Active,

    /// <summary>An administrator holds what it is to be told, until they let it go on.</summary>
    Paused,

    /// <summary>It answered that it is gone (410).</summary>
    Gone,
}

/// <summary>Something that a subscription is told.</summary>
/// <param name="Id">Names it for the receiver, the same at each try: <c>webhook-id</c>.</param>
/// <param name="Subscription">Who is told.</param>
/// <param name="Type">What happened.</param>
/// <param name="At">When it happened, UTC.</param>
/// <param name="Payload">The body, word for word.</param>
internal sealed record WebhookDelivery(
    string Id,
    WebhookId Subscription,
    string Type,
    DateTimeOffset At,
    string Payload
)
{
    public DeliveryState State { get; init; }

    /// <summary>How often it was tried since it was queued.</summary>
    public int Tries { get; init; }

    /// <summary>Its place among what happened in the same moment.</summary>
    public long Place { get; init; }

    /// <summary>Since when it waits, UTC: when it happened, or when somebody sent it again.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>When it was last tried, UTC.</summary>
    public DateTimeOffset? TriedAt { get; init; }

    /// <summary>What the receiver answered last; null when it answered nothing.</summary>
    public int? Status { get; init; }

    /// <summary>How long the last try took, in milliseconds.</summary>
    public long? Took { get; init; }

    /// <summary>Why the last try failed.</summary>
    public string Problem
    {
        get;
        init => field = value ?? "";
    } = "";

    /// <summary>Who tries the subscription out; it is tried once, and they are told what came of it.</summary>
    public UserId? TestedBy { get; init; }

    /// <summary>Those of a subscription, the latest first.</summary>
    public static DocumentIndex<WebhookDelivery> ByTime { get; } =
        new("by-time", d => [Of(d.Subscription).ThenDescending(d.At).ThenDescending(d.Place)]);

    /// <summary>Those of a subscription that nobody could deliver, the oldest first.</summary>
    public static DocumentIndex<WebhookDelivery> Dead { get; } =
        new(
            "dead",
            d => d.State == DeliveryState.Dead ? [Of(d.Subscription).Then(d.At).Then(d.Place)] : []
        );

    /// <summary>All, the oldest first.</summary>
    public static DocumentIndex<WebhookDelivery> ByAge { get; } =
        new("by-age", d => [IndexKey.Empty.Then(d.At)]);

    public static DocumentKind<WebhookDelivery> Kind { get; } =
        new("webhook-delivery", WebhookJson.Default.WebhookDelivery)
        {
            Indexes = [ByTime, Dead, ByAge],
        };

    public static IndexKey Of(WebhookId subscription) => IndexKey.Empty.Then(subscription.Number);
}

/// <summary>What became of a delivery.</summary>
internal enum DeliveryState
{
    Waiting,
    Delivered,

    /// <summary>It was tried for as long as it is tried; it can be sent again.</summary>
    Dead,
}

/// <summary>Something that happened to a subscription, for the audit trail.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(HookAdded), "added")]
[JsonDerivedType(typeof(KeyRotated), "keyRotated")]
[JsonDerivedType(typeof(HookPaused), "paused")]
[JsonDerivedType(typeof(HookResumed), "resumed")]
[JsonDerivedType(typeof(HookRemoved), "removed")]
[JsonDerivedType(typeof(HookGone), "gone")]
[JsonDerivedType(typeof(HookReplayed), "replayed")]
[JsonDerivedType(typeof(HookTested), "tested")]
internal abstract record WebhookFact
{
    public sealed record HookAdded(UserId By, string Address, ImmutableArray<string> Facts)
        : WebhookFact;

    public sealed record KeyRotated(UserId By, DateTimeOffset FormerUntil) : WebhookFact;

    public sealed record HookPaused(UserId By) : WebhookFact;

    public sealed record HookResumed(UserId By) : WebhookFact;

    public sealed record HookRemoved(UserId By) : WebhookFact;

    /// <summary>It answered that it is gone.</summary>
    public sealed record HookGone : WebhookFact;

    public sealed record HookReplayed(UserId By, int Deliveries) : WebhookFact;

    public sealed record HookTested(UserId By) : WebhookFact;
}

/// <summary>
/// The subscription that was added last. Whoever adds one changes this, so that two at one moment can't both be the last
/// that there is room for.
/// </summary>
internal sealed record LastWebhook(WebhookId Added)
{
    public const string Id = "last";

    public static DocumentKind<LastWebhook> Kind { get; } =
        new("webhook-last", WebhookJson.Default.LastWebhook);
}

/// <summary>Which subscription is meant.</summary>
internal sealed record WebhookRef(WebhookId Id);

/// <summary>What the form for a new one remembers: nothing.</summary>
internal sealed record NewWebhook;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(WebhookSubscription))]
[JsonSerializable(typeof(WebhookDelivery))]
[JsonSerializable(typeof(WebhookFact))]
[JsonSerializable(typeof(LastWebhook))]
[JsonSerializable(typeof(WebhookRef))]
[JsonSerializable(typeof(NewWebhook))]
internal sealed partial class WebhookJson : JsonSerializerContext;
