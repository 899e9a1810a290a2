using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Settings;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>What an administrator can change about assignments: section <c>assignments</c> of the settings file.</summary>
internal sealed record AssignmentSettings : ISettings<AssignmentSettings>
{
    public static string Section => "assignments";

    public static JsonTypeInfo<AssignmentSettings> Json =>
        AssignmentSettingsJson.Default.AssignmentSettings;

    public static string Title => "Assigned engineers";

    public static IReadOnlyList<SettingField> Fields { get; } =
    [
        new(
            "mostAtATime",
            "Customers with an assigned engineer, at the most",
            "More than this need the CS lead’s approval and a reason."
        ),
        new(
            "reviewAfterMonths",
            "Review after, in months",
            "After this long an assignment is reviewed."
        ),
        new(
            "endNoticeDays",
            "Notice before the end, in days",
            "Its people are told this long before a temporary assignment ends."
        ),
        new(
            "audit",
            "Check of the list",
            "When somebody is asked whether the list of assigned engineers is right, in the team’s zone, as `monthly 1 09:00`."
        ),
        new(
            "reviewAskAgainAfterDays",
            "Ask again about a review after, in days",
            "When nobody answered; after as long again the CS lead is told."
        ),
        new(
            "documentsCurrentDays",
            "Documents are current for, in days",
            "A review counts documentation as current when a document was updated within this many days."
        ),
        new(
            "load.assignment",
            "Load of an assignment",
            "Points in `/escalate load` for an assignment as engineer."
        ),
        new("load.backUp", "Load of a back-up", "Points for an assignment as back-up."),
        new("load.sev1", "Load of a Sev 1", "Points for an open Sev 1 that somebody owns."),
        new("load.sev2", "Load of a Sev 2", "Points for an open Sev 2 that somebody owns."),
        new("load.sev3", "Load of a Sev 3", "Points for an open Sev 3 that somebody owns."),
        new("load.sev4", "Load of a Sev 4", "Points for an open Sev 4 that somebody owns."),
        new("load.checkIn", "Load of a check-in", "Points for a check-in that is due this week."),
        new(
            "load.missingHour",
            "Load of an hour that is not shared",
            "When an engineer is sought for a customer: points for each working hour that they share neither with the CE nor with the customer."
        ),
    ];

    /// <summary>At most so many customers have an assigned engineer at a time (ASG-2).</summary>
    public int MostAtATime { get; set; } = 15;

    /// <summary>After so many months an assignment is reviewed (ASG-12).</summary>
    public int ReviewAfterMonths { get; set; } = 6;

    /// <summary>So many days before a temporary one ends its people are told (ASG-1).</summary>
    public int EndNoticeDays { get; set; } = 7;

    /// <summary>When somebody is asked whether the list is right (ASG-5), in the team's zone.</summary>
    public Recurrence Audit { get; set; } = Recurrence.Read("monthly 1 09:00")!;

    /// <summary>Nobody having answered a review, its people are asked again after so many days, and then the CS lead is told (ASG-12).</summary>
    public int ReviewAskAgainAfterDays { get; set; } = 14;

    /// <summary>Documentation is current when a document was updated within so many days (ASG-12).</summary>
    public int DocumentsCurrentDays { get; set; } = 90;

    /// <summary>What each piece of work counts when loads are compared (MET-5).</summary>
    public LoadWeights Load { get; set; } = new();

    public IEnumerable<SettingProblem> Problems()
    {
        foreach (
            var problem in Load?.Problems()
                ??
                [
                    new SettingProblem(
                        "load",
                        "this names points, such as { \"assignment\": 3 }; leave it out for the defaults"
                    ),
                ]
        )
        {
            yield return problem;
        }

        foreach (
            var (key, value, most) in new[]
            {
                ("mostAtATime", MostAtATime, 1000),
                ("reviewAfterMonths", ReviewAfterMonths, 60),
                ("endNoticeDays", EndNoticeDays, 90),
                ("reviewAskAgainAfterDays", ReviewAskAgainAfterDays, 365),
                ("documentsCurrentDays", DocumentsCurrentDays, 3650),
            }
        )
        {
            if (value < 1 || value > most)
            {
                yield return new SettingProblem(key, $"{value} can’t be; write 1 to {most}");
            }
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(AssignmentSettings))]
internal sealed partial class AssignmentSettingsJson : JsonSerializerContext;
