using System.Net;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sidecar.Settings;

namespace Sidecar.Features.Webhooks;

/// <summary>What an administrator can change about what other systems are told: section <c>webhooks</c>.</summary>
internal sealed record WebhookSettings : ISettings<WebhookSettings>
{
    public static string Section => "webhooks";

    public static JsonTypeInfo<WebhookSettings> Json => WebhookSettingsJson.Default.WebhookSettings;

    public static string Title => "Webhooks";

    public static IReadOnlyList<SettingField> Fields { get; } =
    [
        new(
            "allowHttp",
            "Addresses without TLS",
            "Webhooks may go to `http://` addresses: anybody in between can read what is sent there."
        ),
        new(
            "allowedNetworks",
            "Own networks",
            "Networks of your own that webhooks may be sent to, such as `10.20.0.0/16`; public addresses always may."
        ),
        new(
            "timeoutSeconds",
            "A receiver may take, in seconds",
            "How long a receiver may take to answer."
        ),
        new("retryHours", "Tried again for, in hours", "For how long a delivery is tried again."),
        new(
            "keepDays",
            "Kept for, in days",
            "For how long deliveries are kept to be looked at and sent again."
        ),
        new(
            "keyOverlapHours",
            "The old key counts for, in hours",
            "For how long the previous key still signs beside a new one."
        ),
    ];

    // Settable, since the source-generated reader would empty what is only initialised and not in the file.

    /// <summary>Addresses may begin with <c>http://</c>: anybody in between can read what is sent there.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Networks of one's own that may be sent to: <c>10.20.0.0/16</c>. None unless named.</summary>
    public IReadOnlyList<string> AllowedNetworks { get; set; } = [];

    /// <summary>How long a receiver may take to answer, in seconds.</summary>
    public int TimeoutSeconds { get; set; } = 15;

    /// <summary>For how long a delivery is tried again, in hours.</summary>
    public int RetryHours { get; set; } = 24;

    /// <summary>For how long deliveries are kept to be looked at and sent again, in days.</summary>
    public int KeepDays { get; set; } = 14;

    /// <summary>For how long the key before counts beside a new one, in hours.</summary>
    public int KeyOverlapHours { get; set; } = 24;

    public IEnumerable<SettingProblem> Problems()
    {
        foreach (
            var (name, value, most) in ((string, int, int)[])
                [
                    ("timeoutSeconds", TimeoutSeconds, 60),
                    ("retryHours", RetryHours, 24 * 7),
                    ("keepDays", KeepDays, 90),
                    ("keyOverlapHours", KeyOverlapHours, 24 * 30),
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

        if (RetryHours > KeepDays * 24)
        {
            yield return new SettingProblem(
                "keepDays",
                $"deliveries are kept at least as long as they are tried ({RetryHours} hours)"
            );
        }

        foreach (var network in AllowedNetworks)
        {
            if (!IPNetwork.TryParse(network, out _))
            {
                yield return new SettingProblem(
                    "allowedNetworks",
                    $"“{network}” is not a network; write an address and how many bits of it count, as in 10.20.0.0/16"
                );
            }
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(WebhookSettings))]
internal sealed partial class WebhookSettingsJson : JsonSerializerContext;
