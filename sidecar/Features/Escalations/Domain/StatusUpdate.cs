using System.Globalization;
using System.Text.Json.Serialization;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>What was told to everybody about an escalation (UPD-1). Times are UTC.</summary>
/// <param name="Number">Of this escalation's updates, from 1.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="At">When.</param>
/// <param name="Status">Investigating, identified, monitoring or resolved.</param>
/// <param name="Age">How old the incident was, computed.</param>
/// <param name="Summary">What is going on.</param>
/// <param name="CustomerImpact">What it does to the customer.</param>
/// <param name="Notes">Technical notes.</param>
/// <param name="NextAt">When the next one comes; null when none is due.</param>
internal sealed record StatusUpdate(
    int Number,
    UserId By,
    DateTimeOffset At,
    EscalationState Status,
    TimeSpan Age,
    string Summary,
    string CustomerImpact,
    string Notes,
    DateTimeOffset? NextAt
)
{
    /// <summary>When it should have come; null when none was due (MET-5: sent on time).</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Its writer chose when the next one comes; else that is the severity's time.</summary>
    public bool IsNextChosen { get; init; }
}

/// <summary>When an escalation's next update is due, and how far its reminders have gone (UPD-3).</summary>
/// <param name="DueAt">When it is due, UTC.</param>
/// <param name="RemindAt">When the next reminder is sent, UTC; null when all have been.</param>
/// <param name="Reminded">How many have been: 1 the owner, 2 the channel, 3 the DE lead.</param>
internal sealed record UpdateDue(DateTimeOffset DueAt, DateTimeOffset? RemindAt, int Reminded)
{
    /// <summary>Somebody chose the time; else it is the severity's.</summary>
    public bool IsChosen { get; init; }

    /// <summary>Until when asking had to wait for somebody's working hours, UTC (UPD-4).</summary>
    public DateTimeOffset? PutOffTo { get; init; }

    /// <summary>From when it counts as overdue, UTC.</summary>
    [JsonIgnore]
    public DateTimeOffset AskedFrom => PutOffTo ?? DueAt;

    /// <summary>Nobody has been reminded of it yet.</summary>
    public static UpdateDue For(DateTimeOffset at) => new(at, at, Reminded: 0);
}

/// <summary>Who is reminded of an update, in this order (UPD-3).</summary>
internal enum UpdateStep
{
    /// <summary>The owner, or who stands in for them.</summary>
    Owner = 1,

    /// <summary>The incident channel, else the thread.</summary>
    Channel = 2,
    Lead = 3,
}

/// <summary>An update in the store.</summary>
internal sealed record StoredUpdate(EscalationId Escalation, StatusUpdate Update)
{
    /// <summary>Of each escalation, the newest first.</summary>
    public static DocumentIndex<StoredUpdate> ByEscalation { get; } =
        new("by-escalation", u => [Place(u.Escalation, u.Update.Number)]);

    public static DocumentKind<StoredUpdate> Kind { get; } =
        new("status-update", StoredUpdateJson.Default.StoredUpdate) { Indexes = [ByEscalation] };

    [JsonIgnore]
    public string Id => IdOf(Escalation, Update.Number);

    /// <summary><c>ESC-1/0001</c>.</summary>
    public static string IdOf(EscalationId escalation, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{escalation}/{number:0000}");

    /// <summary>The first parts of the keys of an escalation's.</summary>
    public static IndexKey Of(EscalationId escalation) => IndexKey.Empty.Then(escalation.Number);

    public static IndexKey Place(EscalationId escalation, int number) =>
        Of(escalation).ThenDescending(number);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(StoredUpdate))]
internal sealed partial class StoredUpdateJson : JsonSerializerContext;
