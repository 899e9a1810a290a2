using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Customers.Domain;

/// <summary>An account: a prospect or a customer (CUS-1). What nobody has told is null.</summary>
/// <param name="Key">Short and unique.</param>
/// <param name="Name">As people write it.</param>
/// <param name="AddedAt">When it was added, UTC.</param>
/// <param name="AddedBy">By whom.</param>
internal sealed record Customer(
    CustomerKey Key,
    string Name,
    DateTimeOffset AddedAt,
    UserId AddedBy
)
{
    /// <summary>The longest name taken.</summary>
    public const int MaxNameLength = 80;

    /// <summary>
    /// The kind of due time that every change of a customer sets to now, under its key, for whoever must look at what
    /// they decided about it (ESC-2: what waits for a fact completes itself).
    /// </summary>
    public const string Changed = "customer.changed";

    public static DocumentKind<Customer> Kind { get; } =
        new("customer", CustomerJson.Default.Customer) { Indexes = CustomerIndexes.All };

    /// <summary>The most earlier names that are kept.</summary>
    public const int MostFormerNames = 10;

    /// <summary>How it was called before, the latest first: people go on using those names, and so do open forms.</summary>
    public ImmutableArray<string> FormerNames
    {
        get => field.IsDefault ? [] : field;
        init;
    }

    public CustomerPhase? Phase { get; init; }

    /// <summary>One of those that matter most.</summary>
    public bool IsStrategic { get; init; }

    /// <summary>Annual recurring revenue in USD; null when nobody has told.</summary>
    public decimal? Arr { get; init; }

    /// <summary>The date of the contract.</summary>
    public DateOnly? ContractOn { get; init; }

    /// <summary>The date on which the production environment was completed: adoption counts from it (MET-2).</summary>
    public DateOnly? ProductionCompletedOn { get; init; }

    /// <summary>How it is deployed: Kubernetes, virtual machines …</summary>
    public string? DeploymentMethod { get; init; }

    /// <summary>Where it runs.</summary>
    public string? HostingProvider { get; init; }

    public DeploymentStandard? Deployment { get; init; }

    /// <summary>IANA name of the zone in which its days begin; null counts as UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>CE.</summary>
    public UserId? CustomerEngineer { get; init; }

    /// <summary>TAM.</summary>
    public UserId? TechnicalAccountManager { get; init; }

    /// <summary>CSM.</summary>
    public UserId? CustomerSuccessManager { get; init; }

    /// <summary>AE.</summary>
    public UserId? AccountExecutive { get; init; }

    /// <summary>The CRM's opportunity.</summary>
    public string? CrmLink { get; init; }

    /// <summary>Its page in the success platform.</summary>
    public string? SuccessLink { get; init; }

    /// <summary>Its tickets.</summary>
    public string? TicketsLink { get; init; }

    /// <summary>Technical design documents, by address.</summary>
    public ImmutableArray<string> DesignDocuments
    {
        get => field.IsDefault ? [] : field;
        init;
    }

    /// <summary>The latest of every figure; the whole history is in <see cref="Measurement"/>.</summary>
    public Figures Figures
    {
        // A customer stored by the first release has none, and the reader passes null then.
        get => field ?? Figures.None;
        init;
    }

    /// <summary>What its CE and TAM were last told about its measures (MET-4).</summary>
    public CustomerStanding Standing
    {
        get => field ?? CustomerStanding.Nothing;
        init;
    }

    /// <summary>Not a customer any more: kept, but not offered and not counted.</summary>
    public bool IsArchived { get; init; }

    /// <summary>When somebody last changed it, UTC; null when nobody has since it was added.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Who last changed it; null also when the command line did.</summary>
    public UserId? ChangedBy { get; init; }

    /// <summary>The same customer under another name; the name of before still finds it.</summary>
    public Customer Renamed(string name) =>
        this with
        {
            Name = name,
            FormerNames =
            [
                .. FormerNames
                    .Prepend(Name)
                    .Where(n => n.Length > 0 && NameFolding.Plain(n) != NameFolding.Plain(name))
                    .DistinctBy(NameFolding.Plain)
                    .Take(MostFormerNames),
            ],
        };

    /// <summary>Everybody who owns it in one way or another, each once.</summary>
    [JsonIgnore]
    public IEnumerable<UserId> Owners =>
        new[]
        {
            CustomerEngineer,
            TechnicalAccountManager,
            CustomerSuccessManager,
            AccountExecutive,
        }
            .OfType<UserId>()
            .Distinct();

    /// <summary>The zone in which its days begin.</summary>
    [JsonIgnore]
    public TimeZoneInfo Zone => TimeZone is { } name ? Zones.StoredOrUtc(name) : TimeZoneInfo.Utc;

    /// <summary>The customer's own date at a moment.</summary>
    public DateOnly Today(DateTimeOffset now) => CalendarDay.At(now, Zone);

    /// <summary>The subject of its entries in the audit trail.</summary>
    public static string Subject(CustomerKey key) => "customer:" + key.Value;
}

/// <summary>Before or after the sale.</summary>
internal enum CustomerPhase
{
    PreSales = 1,
    PostSales = 2,
}

/// <summary>Deployed as the product's own guide says, or otherwise.</summary>
internal enum DeploymentStandard
{
    Standard = 1,
    NonStandard = 2,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(Customer))]
[JsonSerializable(typeof(Measurement))]
internal sealed partial class CustomerJson : JsonSerializerContext;
