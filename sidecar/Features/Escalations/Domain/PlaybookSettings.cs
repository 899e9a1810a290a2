using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Settings;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>
/// What an administrator can change about playbooks: section <c>playbooks</c> of the settings file. The playbooks
/// themselves are in the folder of that name beside it.
/// </summary>
internal sealed record PlaybookSettings : ISettings<PlaybookSettings>
{
    public static string Section => "playbooks";

    public static JsonTypeInfo<PlaybookSettings> Json =>
        PlaybookSettingsJson.Default.PlaybookSettings;

    public static string Title => "Checklists";

    public static IReadOnlyList<SettingField> Fields { get; } =
    [
        new(
            "remindBefore",
            "Remind of a task before",
            "How long before a task is due somebody is reminded of it."
        ),
    ];

    /// <summary>How long before a task is due somebody is reminded of it (PB-7).</summary>
    public WaitLength RemindBefore { get; set; } = WaitLength.OfWorkingHours(4);

    public IEnumerable<SettingProblem> Problems() => [];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(PlaybookSettings))]
internal sealed partial class PlaybookSettingsJson : JsonSerializerContext;
