using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Settings;

namespace Sidecar.Features.Tokens;

/// <summary>What an administrator can change about the REST API: section <c>api</c> of the settings file.</summary>
internal sealed record TokenSettings : ISettings<TokenSettings>
{
    public static string Section => "api";

    public static JsonTypeInfo<TokenSettings> Json => TokenSettingsJson.Default.TokenSettings;

    public static string Title => "REST API";

    public static IReadOnlyList<SettingField> Fields { get; } =
    [
        new(
            "requestsPerSecond",
            "Requests a second",
            "How many requests each token may make in the long run."
        ),
        new("burst", "Requests at once", "How many requests each token may make at once."),
        new(
            "daysUnlessSaid",
            "A token is valid for, in days",
            "When its maker does not say how long."
        ),
        new("mostDays", "A token is valid for at most, in days", "Longer can’t be asked for."),
    ];

    // Settable, since the source-generated reader would empty what is only initialised and not in the file.

    /// <summary>How many requests a second each token may make in the long run.</summary>
    public int RequestsPerSecond { get; set; } = 10;

    /// <summary>How many at once.</summary>
    public int Burst { get; set; } = 100;

    /// <summary>How long a token lives when nobody says how long, in days.</summary>
    public int DaysUnlessSaid { get; set; } = 90;

    /// <summary>How long a token may live, in days.</summary>
    public int MostDays { get; set; } = 366;

    public IEnumerable<SettingProblem> Problems()
    {
        foreach (
            var (name, value, most) in ((string, int, int)[])
                [
                    ("requestsPerSecond", RequestsPerSecond, 100_000),
                    ("burst", Burst, 1_000_000),
                    ("daysUnlessSaid", DaysUnlessSaid, MostDays),
                    ("mostDays", MostDays, 3660),
                ]
        )
        {
            if (value < 1 || value > most)
            {
                yield return new SettingProblem(
                    name,
                    $"{value} is not between 1 and {most}; leave it out for the default"
                );
            }
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(TokenSettings))]
internal sealed partial class TokenSettingsJson : JsonSerializerContext;
