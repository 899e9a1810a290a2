using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Settings;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>What an administrator can change about status updates: section <c>updates</c> of the settings file.</summary>
internal sealed record UpdateSettings : ISettings<UpdateSettings>
{
    public static string Section => "updates";

    public static JsonTypeInfo<UpdateSettings> Json => UpdateSettingsJson.Default.UpdateSettings;

    public static string Title => "Status updates";

    public static IReadOnlyList<SettingField> Fields { get; } =
    [
        .. SettingField.PerSeverity(
            "every",
            "A status update is due every",
            "How often one is due while somebody works on it."
        ),
        new(
            "overdueInChannelAfter",
            "Overdue: remind the channel after",
            "How long after it was due."
        ),
        new(
            "overdueToLeadAfter",
            "Overdue: tell the DE lead after",
            "How long after it was due; not before the channel is reminded."
        ),
    ];

    // Settable, since the source-generated reader would empty what is only initialised and not in the file.

    /// <summary>How often an update is due while somebody works (UPD-3); null: never by itself.</summary>
    public Waits Every { get; set; } =
        new()
        {
            Sev1 = WaitLength.Of(TimeSpan.FromHours(1)),
            Sev2 = WaitLength.Of(TimeSpan.FromHours(4)),
            Sev3 = WaitLength.OfWorkingDays(1),
            Sev4 = WaitLength.Of(TimeSpan.FromDays(7)),
        };

    /// <summary>How long after it was due the channel is reminded; null: never.</summary>
    public WaitLength? OverdueInChannelAfter { get; set; } =
        WaitLength.Of(TimeSpan.FromMinutes(15));

    /// <summary>How long after it was due the DE lead is told; null: never.</summary>
    public WaitLength? OverdueToLeadAfter { get; set; } = WaitLength.Of(TimeSpan.FromMinutes(30));

    public IEnumerable<SettingProblem> Problems()
    {
        if (Every is null)
        {
            yield return new SettingProblem(
                "every",
                "this names a length of time for each severity, such as { \"sev1\": \"1h\" }; leave it out for the defaults"
            );
        }

        var calendar = new WorkingTime(new TeamTimeSettings());
        var monday = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        if (
            OverdueInChannelAfter?.After(monday, calendar) is { } channel
            && OverdueToLeadAfter?.After(monday, calendar) is { } lead
            && lead < channel
        )
        {
            yield return new SettingProblem(
                "overdueToLeadAfter",
                $"this must not be shorter than overdueInChannelAfter, which is {OverdueInChannelAfter}: the channel is reminded first"
            );
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(UpdateSettings))]
internal sealed partial class UpdateSettingsJson : JsonSerializerContext;
