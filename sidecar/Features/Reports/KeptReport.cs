using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Reports.Domain;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Features.Reports;

/// <summary>
/// A report as it was made for somebody: its tables, pictures and files come from this one, however much later they are
/// delivered or posted. Forgotten after some time.
/// </summary>
/// <param name="Id">Its name.</param>
/// <param name="For">Who asked for it.</param>
/// <param name="At">When it was made, UTC.</param>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day.</param>
/// <param name="Figures">What that person may see.</param>
internal sealed record KeptReport(
    string Id,
    UserId For,
    DateTimeOffset At,
    DateOnly First,
    DateOnly Last,
    ImmutableArray<ReportFigure> Figures
)
{
    /// <summary>For how long it can be posted.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    public static DocumentKind<KeptReport> Kind { get; } =
        new("report", ReportJson.Default.KeptReport);

    public ReportFigure? Find(string name) => Figures.FirstOrDefault(f => f.Name == name);
}

/// <summary>A report that was promised to somebody.</summary>
/// <param name="Id">How the report will be called.</param>
/// <param name="At">When it was asked for, UTC.</param>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day.</param>
/// <param name="Group">By what.</param>
/// <param name="Here">Where it was asked for; null in a direct message.</param>
/// <param name="IsPosted">It is posted there, too.</param>
internal sealed record ReportOrder(
    string Id,
    DateTimeOffset At,
    DateOnly First,
    DateOnly Last,
    ReportGroup Group,
    NamedChannel? Here,
    bool IsPosted
);

/// <summary>The reports that somebody waits for; they are made one after the other.</summary>
/// <param name="Waiting">In the order in which they were asked for.</param>
internal sealed record ReportOrders(ImmutableArray<ReportOrder> Waiting)
{
    /// <summary>So many one person may wait for: each reads all that there is.</summary>
    public const int Most = 3;

    /// <summary>What is older nobody waits for any more: its errand came to nothing, and they were told.</summary>
    public static readonly TimeSpan WaitedFor = TimeSpan.FromHours(6);

    public static DocumentKind<ReportOrders> Kind { get; } =
        new("report-orders", ReportJson.Default.ReportOrders);

    public ReportOrder? Find(string id) => Waiting.FirstOrDefault(o => o.Id == id);

    public ReportOrders At(DateTimeOffset now) =>
        new(Waiting.RemoveAll(o => o.At + WaitedFor < now));

    public ReportOrders With(ReportOrder order) => new(Waiting.Add(order));

    public ReportOrders Without(string id) => new(Waiting.RemoveAll(o => o.Id == id));
}

/// <summary>A report that somebody may post.</summary>
/// <param name="Id">Which.</param>
/// <param name="Channel">Where.</param>
internal sealed record ReportRef(string Id, ChannelId Channel);

/// <summary>What the form for a report remembers.</summary>
/// <param name="Channel">Where it was asked for; null in a direct message.</param>
internal sealed record ReportChoice(NamedChannel? Channel);

/// <summary>That somebody looked at figures or showed them to others, for the audit trail (ALL-4).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(ReportMade), "made")]
[JsonDerivedType(typeof(ReportPosted), "posted")]
internal abstract record ReportFact(UserId By)
{
    public const string Subject = "reports";

    public sealed record ReportMade(UserId By, DateOnly First, DateOnly Last) : ReportFact(By);

    public sealed record ReportPosted(UserId By, DateOnly First, DateOnly Last, ChannelId Channel)
        : ReportFact(By);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(KeptReport))]
[JsonSerializable(typeof(ReportOrders))]
[JsonSerializable(typeof(ReportRef))]
[JsonSerializable(typeof(ReportChoice))]
[JsonSerializable(typeof(ReportFact))]
internal sealed partial class ReportJson : JsonSerializerContext;
