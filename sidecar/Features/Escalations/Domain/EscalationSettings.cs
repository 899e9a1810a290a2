using System.Collections.Immutable;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Settings;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>What an administrator can change about escalations: section <c>escalations</c> of the settings file.</summary>
internal sealed record EscalationSettings : ISettings<EscalationSettings>
{
    public static string Section => "escalations";

    public static JsonTypeInfo<EscalationSettings> Json =>
        EscalationSettingsJson.Default.EscalationSettings;

    public static string Title => "Escalations";

    public static IReadOnlyList<SettingField> Fields { get; } =
    [
        new(
            "arrLineHoldsFor",
            "The ARR line holds for",
            "Categories for which the customer must be above the ARR line for Deployment Engineering to take it."
        ),
        .. SettingField.PerSeverity(
            "acknowledge",
            "Nobody acknowledges",
            "After this long the next person is told, and after as long again the one after."
        ),
        .. SettingField.PerSeverity(
            "stale",
            "Nothing happens",
            "After this long the owner is asked, and after as long again the DE lead is told."
        ),
    ];

    // Settable, since the source-generated reader would empty what is only initialised and not in the file.

    /// <summary>The categories for which the customer must be above the ARR line (ESC-2).</summary>
    public ImmutableArray<Category> ArrLineHoldsFor { get; set; } = [Category.DeploymentEscalation];

    /// <summary>How long each rung waits for somebody to acknowledge (ESC-8).</summary>
    public Waits Acknowledge { get; set; } =
        new()
        {
            Sev1 = WaitLength.Of(TimeSpan.FromMinutes(15)),
            Sev2 = WaitLength.Of(TimeSpan.FromHours(1)),
            Sev3 = WaitLength.OfWorkingDays(1),
            Sev4 = WaitLength.OfWorkingDays(3),
        };

    /// <summary>How long nothing may happen before the owner is asked, and then before the DE lead is told (ESC-12).</summary>
    public Waits Stale { get; set; } =
        new()
        {
            Sev1 = WaitLength.Of(TimeSpan.FromHours(1)),
            Sev2 = WaitLength.Of(TimeSpan.FromHours(8)),
            Sev3 = WaitLength.OfWorkingDays(3),
            Sev4 = null,
        };

    public IEnumerable<SettingProblem> Problems() => [];
}

/// <summary>A wait for each severity; null: it never ends.</summary>
internal sealed record Waits
{
    public WaitLength? Sev1 { get; set; }
    public WaitLength? Sev2 { get; set; }
    public WaitLength? Sev3 { get; set; }
    public WaitLength? Sev4 { get; set; }

    public WaitLength? For(Severity severity) =>
        severity switch
        {
            Severity.Sev1 => Sev1,
            Severity.Sev2 => Sev2,
            Severity.Sev3 => Sev3,
            _ => Sev4,
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(EscalationSettings))]
internal sealed partial class EscalationSettingsJson : JsonSerializerContext;
