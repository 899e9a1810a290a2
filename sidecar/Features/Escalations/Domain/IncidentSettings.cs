using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Settings;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>What an administrator can change about incidents: section <c>incidents</c> of the settings file.</summary>
internal sealed record IncidentSettings : ISettings<IncidentSettings>
{
    public static string Section => "incidents";

    public static JsonTypeInfo<IncidentSettings> Json =>
        IncidentSettingsJson.Default.IncidentSettings;

    public static string Title => "Incidents";

    public static IReadOnlyList<SettingField> Fields { get; } =
    [
        new(
            "startByThemselves",
            "Playbooks start by themselves",
            "For the severities and categories that they name; otherwise `/escalate playbook start` starts one."
        ),
        new(
            "channel",
            "Channel of an incident",
            "Private: only people who are added see it. Public: everybody in the team can find it. None: the incident stays where it was raised."
        ),
        new("executiveAfter", "The executive is looped in after", "How old an incident is then."),
        new("watchFor", "A fix is watched for", "Then its owner is asked whether it held."),
    ];

    /// <summary>
    /// Playbooks start by themselves for the severities and categories that they name (PB-1); else only
    /// <c>playbook start</c> starts one.
    /// </summary>
    public bool StartByThemselves { get; set; } = true;

    /// <summary>What kind of channel an incident gets (PB-1).</summary>
    public IncidentChannel Channel { get; set; } = IncidentChannel.Private;

    /// <summary>How old an incident is when the executive is looped in (PB-4).</summary>
    public Sidecar.Time.WaitLength ExecutiveAfter { get; set; } =
        Sidecar.Time.WaitLength.Of(TimeSpan.FromHours(1));

    /// <summary>How long a fix is watched before somebody is asked whether it held (PB-5).</summary>
    public Sidecar.Time.WaitLength WatchFor { get; set; } =
        Sidecar.Time.WaitLength.Of(TimeSpan.FromHours(24));

    public IEnumerable<SettingProblem> Problems() => [];
}

/// <summary>The kind of channel that an incident gets.</summary>
internal enum IncidentChannel
{
    /// <summary>Only who is added sees it.</summary>
    Private,

    /// <summary>Everybody in the team can find and join it.</summary>
    Public,

    /// <summary>The incident stays in the channel in which it was raised.</summary>
    None,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(IncidentSettings))]
internal sealed partial class IncidentSettingsJson : JsonSerializerContext;
