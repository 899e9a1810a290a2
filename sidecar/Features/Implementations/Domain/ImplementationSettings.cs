using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Settings;

namespace Sidecar.Features.Implementations.Domain;

/// <summary>What an administrator can change about implementation requests: section <c>implementations</c> of the settings file.</summary>
internal sealed record ImplementationSettings : ISettings<ImplementationSettings>
{
    public static string Section => "implementations";

    public static JsonTypeInfo<ImplementationSettings> Json =>
        ImplementationSettingsJson.Default.ImplementationSettings;

    public static string Title => "Implementation requests";

    public static IReadOnlyList<SettingField> Fields { get; } =
    [
        new(
            "largeFromSeats",
            "Large from, in seats",
            "An instance with at least this many purchased seats counts as large."
        ),
        new(
            "weights.revenue",
            "Weight of revenue",
            "How much this criterion counts in the priority of a request."
        ),
        new("weights.complexity", "Weight of complexity", "How much this criterion counts."),
        new("weights.market", "Weight of the market", "How much this criterion counts."),
        new("weights.intangibles", "Weight of intangibles", "How much this criterion counts."),
        new("weights.bandwidth", "Weight of bandwidth", "How much this criterion counts."),
        new(
            "handOffDays",
            "The TA is pulled in before the target date, in days",
            "The TA joins the channel then."
        ),
        new(
            "requirementsDays",
            "Open requirements are a risk before the contract, in days",
            "From then on people are reminded of open requirements."
        ),
        new(
            "ownChannel",
            "A channel of its own",
            "Each request that is started has a private channel of its own, which the TA joins."
        ),
        new(
            "loadPoints",
            "Load of a request",
            "Points in `/escalate load` for one that is under way."
        ),
    ];

    /// <summary>From so many purchased seats on an instance counts as large (IMP-2).</summary>
    public int LargeFromSeats { get; set; } = 1000;

    /// <summary>How often each criterion counts (IMP-3).</summary>
    public CriterionWeights Weights { get; set; } = new();

    /// <summary>So many days before the target date the TA is pulled in (IMP-6).</summary>
    public int HandOffDays { get; set; } = 21;

    /// <summary>From so many days before the contract on, open requirements put it at risk (IMP-5).</summary>
    public int RequirementsDays { get; set; } = 14;

    /// <summary>Each one that is started has a private channel of its own, which the TA joins (IMP-6).</summary>
    public bool OwnChannel { get; set; } = true;

    /// <summary>What one that is under way counts in its engineer's load (MET-5).</summary>
    public int LoadPoints { get; set; } = 4;

    public IEnumerable<SettingProblem> Problems()
    {
        foreach (
            var (key, value, least, most) in new[]
            {
                ("largeFromSeats", LargeFromSeats, 1, 10_000_000),
                ("handOffDays", HandOffDays, 1, 180),
                ("requirementsDays", RequirementsDays, 1, 180),
                ("loadPoints", LoadPoints, 0, 100),
            }
        )
        {
            if (value < least || value > most)
            {
                yield return new SettingProblem(key, $"{value} can’t be; write {least} to {most}");
            }
        }

        foreach (var problem in Weights?.Problems() ?? [CriterionWeights.Missing])
        {
            yield return problem;
        }
    }
}

/// <summary>How often each criterion of the triage counts (IMP-3).</summary>
internal sealed record CriterionWeights
{
    private const int Most = 10;

    public int Revenue { get; set; } = 1;
    public int Complexity { get; set; } = 1;
    public int Market { get; set; } = 1;
    public int Intangibles { get; set; } = 1;
    public int Bandwidth { get; set; } = 1;

    public static SettingProblem Missing { get; } =
        new(
            "weights",
            "this names criteria, such as { \"revenue\": 2 }; leave it out for the defaults"
        );

    public int Of(Criterion criterion) =>
        criterion switch
        {
            Criterion.Revenue => Revenue,
            Criterion.Complexity => Complexity,
            Criterion.Market => Market,
            Criterion.Intangibles => Intangibles,
            _ => Bandwidth,
        };

    /// <summary>The highest score that there can be.</summary>
    public int Highest => Enum.GetValues<Criterion>().Sum(Of) * TriageScore.Highest;

    public IEnumerable<SettingProblem> Problems()
    {
        foreach (var criterion in Enum.GetValues<Criterion>())
        {
            if (Of(criterion) is < 0 or > Most)
            {
                yield return new SettingProblem(
                    $"weights.{criterion.Named().Code}",
                    $"{Of(criterion)} can’t be; write 0 to {Most}"
                );
            }
        }

        if (Highest == 0)
        {
            yield return new SettingProblem("weights", "one of them has to count");
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ImplementationSettings))]
internal sealed partial class ImplementationSettingsJson : JsonSerializerContext;
