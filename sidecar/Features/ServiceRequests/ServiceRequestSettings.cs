using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Settings;

namespace Sidecar.Features.ServiceRequests;

/// <summary>What an administrator can change: section <c>serviceRequests</c> of the settings file.</summary>
internal sealed record ServiceRequestSettings : ISettings<ServiceRequestSettings>
{
    public static string Section => "serviceRequests";

    public static JsonTypeInfo<ServiceRequestSettings> Json =>
        ServiceRequestSettingsJson.Default.ServiceRequestSettings;

    public static string Title => "Service requests";

    public static IReadOnlyList<SettingField> Fields { get; } =
    [
        new(
            "signOffReminderDays",
            "Remind of the sign-off after, in working days",
            "Whoever prepared it is reminded."
        ),
        new(
            "dueNoticeDays",
            "Remind of the last day before, in days",
            "Whoever delivers it is reminded."
        ),
        new(
            "overdueLeadDays",
            "Tell the DE lead after the last day, in working days",
            "When it is still not delivered."
        ),
        new(
            "acceptanceReminderDays",
            "Remind of the acceptance after, in working days",
            "Whoever prepared it is reminded."
        ),
        new(
            "completionReminderDays",
            "Remind of maintenance after, in working days",
            "Without a decision on maintenance, whoever delivered it is reminded."
        ),
        new(
            "loadPoints",
            "Load of a service request",
            "Points in `/escalate load` for one that is signed off and not delivered."
        ),
    ];

    // Settable, since the source-generated reader would empty what is only initialised and not in the file.

    /// <summary>Without a sign-off for so many working days, whoever prepared it is reminded (SRV-2).</summary>
    public int SignOffReminderDays { get; set; } = 5;

    /// <summary>So many days before its last day, whoever delivers it is reminded.</summary>
    public int DueNoticeDays { get; set; } = 3;

    /// <summary>So many working days after its last day, the DE lead is told.</summary>
    public int OverdueLeadDays { get; set; } = 3;

    /// <summary>Without the customer's acceptance for so many working days, whoever prepared it is reminded.</summary>
    public int AcceptanceReminderDays { get; set; } = 5;

    /// <summary>Without a decision on maintenance for so many working days, whoever delivered it is reminded (SRV-3).</summary>
    public int CompletionReminderDays { get; set; } = 3;

    /// <summary>What one that is signed off and not delivered counts in the load of whoever delivers it, in points (MET-5).</summary>
    public int LoadPoints { get; set; } = 3;

    public IEnumerable<SettingProblem> Problems() =>
        from day in new[]
        {
            ("signOffReminderDays", SignOffReminderDays, 1),
            ("dueNoticeDays", DueNoticeDays, 1),
            ("overdueLeadDays", OverdueLeadDays, 1),
            ("acceptanceReminderDays", AcceptanceReminderDays, 1),
            ("completionReminderDays", CompletionReminderDays, 1),
            ("loadPoints", LoadPoints, 0),
        }
        where day.Item2 < day.Item3 || day.Item2 > 100
        select new SettingProblem(day.Item1, $"{day.Item2} can’t be; write {day.Item3} to 100");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(ServiceRequestSettings))]
internal sealed partial class ServiceRequestSettingsJson : JsonSerializerContext;
