using System.Collections.Immutable;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Settings;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Domain;

/// <summary>The numbers by which customers are measured. Percentages are written as in <c>80</c>.</summary>
internal sealed record CustomerSettings : ISettings<CustomerSettings>
{
    public static string Section => "customers";

    public static JsonTypeInfo<CustomerSettings> Json =>
        CustomerSettingsJson.Default.CustomerSettings;

    public static string Title => "Customers and their measures";

    public static IReadOnlyList<SettingField> Fields { get; } =
    [
        new(
            "countsFromArrAbove",
            "The ARR line, in USD",
            "Customers count, and Deployment Engineering takes their escalations, above this; exactly this is not above."
        ),
        new(
            "seatsDeployedTarget",
            "Seats deployed, target in percent",
            "The share of purchased seats that must be deployed."
        ),
        new(
            "adoptionSteps",
            "Adoption targets",
            "Percent of seats that must be active from a day on, counted from the completed production: `0: 25; 91: 50`."
        ),
        new(
            "countAdoptionFromContract",
            "Adoption counts from the contract",
            "The stricter rule: adoption counts from the day of the contract."
        ),
        new(
            "adoptionStepsFromContract",
            "Adoption targets from the contract",
            "The same by days since the contract, where the stricter rule is on."
        ),
        new("usageAbove", "Usage is healthy above, in percent", "DAU as a share of MAU."),
        new("trend.days", "Trend looks back, in days", "From the latest count on."),
        new("trend.leastCounts", "Trend needs counts", "With fewer there is no trend."),
        new(
            "trend.leastDays",
            "Trend needs days",
            "With fewer between first and last count there is no trend."
        ),
        new(
            "trend.fallsFrom",
            "Falling from, in percentage points",
            "A share that has lost this much counts as falling."
        ),
        new(
            "trend.recoveredWithin",
            "No longer falling below, in percentage points",
            "A share that lost less than this has stopped falling."
        ),
    ];

    // Settable, since the source-generated reader would empty what is only initialised and not in the file.

    /// <summary>
    /// Customers count, and Deployment Engineering takes their escalations, when their ARR in USD is above this; one of
    /// exactly this does not (MET-1, ESC-2).
    /// </summary>
    public decimal CountsFromArrAbove { get; set; } = 50_000;

    /// <summary>The share of seats purchased that must be deployed, in percent; exactly this is enough (MET-1).</summary>
    public decimal SeatsDeployedTarget { get; set; } = 80;

    /// <summary>Targets of adoption by days since production was completed (MET-2).</summary>
    public ImmutableArray<AdoptionStep> AdoptionSteps { get; set; } =
    [new(0, 25), new(91, 50), new(181, 75), new(271, 75)];

    /// <summary>Switches the stricter rule on: adoption counts from the contract (MET-2).</summary>
    public bool CountAdoptionFromContract { get; set; }

    /// <summary>Targets of adoption by days since the contract, when the stricter rule is on.</summary>
    public ImmutableArray<AdoptionStep> AdoptionStepsFromContract { get; set; } =
    [new(0, 25), new(91, 50), new(180, 75)];

    /// <summary>Usage is healthy when it exceeds this, in percent (MET-3).</summary>
    public decimal UsageAbove { get; set; } = 30;

    /// <summary>When a share is called falling (MET-4).</summary>
    public TrendSettings Trend { get; set; } = new();

    /// <summary>The steps that hold.</summary>
    [JsonIgnore]
    public ImmutableArray<AdoptionStep> StepsInForce =>
        CountAdoptionFromContract ? AdoptionStepsFromContract : AdoptionSteps;

    /// <summary>The day from which a customer's adoption counts, or null.</summary>
    public DateOnly? AdoptionCountsFrom(Customer customer) =>
        CountAdoptionFromContract ? customer.ContractOn : customer.ProductionCompletedOn;

    /// <summary>The target on a day, in percent.</summary>
    /// <param name="day">Days since counting began, not below zero.</param>
    public decimal AdoptionTargetOn(int day) =>
        StepsInForce.Last(step => step.FromDay <= day).Percent;

    public IEnumerable<SettingProblem> Problems() =>
        [
            .. Check(
                nameof(CountsFromArrAbove),
                CountsFromArrAbove is >= 0 and <= Usd.Largest,
                "is an amount in USD from 0 on, as in 50000"
            ),
            .. Percent(nameof(SeatsDeployedTarget), SeatsDeployedTarget),
            .. Percent(nameof(UsageAbove), UsageAbove),
            .. Steps(nameof(AdoptionSteps), AdoptionSteps),
            .. Steps(nameof(AdoptionStepsFromContract), AdoptionStepsFromContract),
            .. Trend is null
                ? Check(nameof(Trend), false, "has values of its own, or is left out")
                : Trend.Problems(),
        ];

    internal static IEnumerable<SettingProblem> Check(string key, bool isRight, string right) =>
        isRight ? [] : [new SettingProblem(JsonName(key), $"{JsonName(key)} {right}.")];

    private static IEnumerable<SettingProblem> Percent(string key, decimal percent) =>
        Check(key, percent is > 0 and <= 100, "is a percentage above 0 and up to 100, as in 80");

    private static IEnumerable<SettingProblem> Steps(string key, ImmutableArray<AdoptionStep> steps)
    {
        var isRight =
            !steps.IsDefaultOrEmpty
            && steps[0].FromDay == 0
            && steps.Zip(steps.Skip(1)).All(two => two.First.FromDay < two.Second.FromDay)
            && steps.All(step => step.Percent is > 0 and <= 100);
        return Check(
            key,
            isRight,
            "begins with fromDay 0, goes on with later days, and has a percent above 0 and up to 100 in each step"
        );
    }

    private static string JsonName(string key) =>
        string.Join('.', key.Split('.').Select(part => char.ToLowerInvariant(part[0]) + part[1..]));
}

/// <summary>A target that holds from a day on.</summary>
/// <param name="FromDay">Days since counting began; 0 is the first.</param>
/// <param name="Percent">MAU in percent of the seats purchased; exactly this is enough.</param>
internal sealed record AdoptionStep(int FromDay, decimal Percent);

/// <summary>When a share is called falling (MET-4).</summary>
internal sealed record TrendSettings
{
    /// <summary>How many days are looked at, back from the latest count.</summary>
    public int Days { get; set; } = 90;

    /// <summary>With fewer counts than this there is no trend.</summary>
    public int LeastCounts { get; set; } = 3;

    /// <summary>With fewer days than this from the first to the last count there is no trend.</summary>
    public int LeastDays { get; set; } = 21;

    /// <summary>It falls when it lost this many percentage points.</summary>
    public decimal FallsFrom { get; set; } = 5;

    /// <summary>It has stopped falling when it lost less than this many percentage points.</summary>
    public decimal RecoveredWithin { get; set; } = 2;

    public IEnumerable<SettingProblem> Problems() =>
        [
            .. CustomerSettings.Check(
                "Trend.Days",
                Days is >= 7 and <= 400,
                "is a number of days from 7 to 400"
            ),
            .. CustomerSettings.Check(
                "Trend.LeastCounts",
                LeastCounts is >= 2 and <= 100,
                "is a number from 2 to 100"
            ),
            .. CustomerSettings.Check(
                "Trend.LeastDays",
                LeastDays >= 1 && LeastDays < Days,
                "is a number of days from 1 to below trend.days"
            ),
            .. CustomerSettings.Check(
                "Trend.FallsFrom",
                FallsFrom is > 0 and <= 100,
                "is a number of percentage points above 0"
            ),
            .. CustomerSettings.Check(
                "Trend.RecoveredWithin",
                RecoveredWithin > 0 && RecoveredWithin <= FallsFrom,
                "is a number of percentage points above 0 and not above trend.fallsFrom"
            ),
        ];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(CustomerSettings))]
internal sealed partial class CustomerSettingsJson : JsonSerializerContext;
