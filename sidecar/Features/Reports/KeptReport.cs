using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
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
[JsonSerializable(typeof(ReportRef))]
[JsonSerializable(typeof(ReportChoice))]
[JsonSerializable(typeof(ReportFact))]
internal sealed partial class ReportJson : JsonSerializerContext;
