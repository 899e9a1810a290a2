using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>The server's configuration: a JSON document, and the few settings that behaviour depends on read from it.</summary>
internal sealed class ServerConfig
{
    private readonly Lock gate = new();
    private readonly ServerVersion version;
    private JsonObject document;

    public ServerConfig(ServerVersion version, IReadOnlyDictionary<string, object> overrides)
    {
        this.version = version;
        document = Defaults();
        foreach (var (name, value) in overrides)
        {
            Set(name, value);
        }

        Current = Read();
    }

    /// <summary>The settings as they are now; a new value after every change.</summary>
    public Settings Current { get; private set; }

    public JsonObject Document
    {
        get
        {
            lock (gate)
            {
                return document.DeepClone().AsObject();
            }
        }
    }

    public void Set(string dottedName, object value)
    {
        var (section, name) = (
            dottedName.Split('.')[0],
            dottedName[(dottedName.IndexOf('.', StringComparison.Ordinal) + 1)..]
        );
        lock (gate)
        {
            if (document[section] is not JsonObject settings)
            {
                document[section] = settings = [];
            }

            settings[name] = JsonSerializer.SerializeToNode(value);
            Current = Read();
        }
    }

    /// <summary>Puts the given values over the present ones, section by section, and leaves the others.</summary>
    public void Merge(JsonElement patch)
    {
        lock (gate)
        {
            Merge(document, JsonObject.Create(patch)!);
            Current = Read();
        }
    }

    public void Replace(JsonElement whole)
    {
        lock (gate)
        {
            document = Defaults();
            Merge(document, JsonObject.Create(whole)!);
            Current = Read();
        }
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is JsonObject inner && target[name] is JsonObject existing)
            {
                Merge(existing, inner);
            }
            else if (value is not null)
            {
                target[name] = value.DeepClone();
            }
        }
    }

    private Settings Read() =>
        new()
        {
            SiteUrl = Text("ServiceSettings", "SiteURL"),
            EnableCommands = Flag("ServiceSettings", "EnableCommands"),
            EnableIncomingWebhooks = Flag("ServiceSettings", "EnableIncomingWebhooks"),
            EnableOutgoingWebhooks = Flag("ServiceSettings", "EnableOutgoingWebhooks"),
            EnablePostUsernameOverride = Flag("ServiceSettings", "EnablePostUsernameOverride"),
            EnablePostIconOverride = Flag("ServiceSettings", "EnablePostIconOverride"),
            EnableUserAccessTokens = Flag("ServiceSettings", "EnableUserAccessTokens"),
            EnableBotAccountCreation = Flag("ServiceSettings", "EnableBotAccountCreation"),
            AllowedInternalConnections = Text(
                "ServiceSettings",
                "AllowedUntrustedInternalConnections"
            ),
            IntegrationTimeout = TimeSpan.FromSeconds(
                Number("ServiceSettings", "OutgoingIntegrationRequestsTimeout")
            ),
            MaxRequestBytes = Number("ServiceSettings", "MaximumPayloadSizeBytes"),
            CollapsedThreads = Text("ServiceSettings", "CollapsedThreads"),
            DrawsFormsAsApps = Flag("FeatureFlags", "InteractiveDialogAppsForm"),
            EnableFileAttachments = Flag("FileSettings", "EnableFileAttachments"),
            MaxFileSize = Number("FileSettings", "MaxFileSize"),
            MaxChannelsPerTeam = Number("TeamSettings", "MaxChannelsPerTeam"),
            EnablePlugins = Flag("PluginSettings", "Enable"),
            EnablePluginUploads = Flag("PluginSettings", "EnableUploads"),
        };

    private bool Flag(string section, string name) =>
        document[section]?[name]?.GetValueKind() is JsonValueKind.True;

    private string Text(string section, string name) =>
        document[section]?[name] is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : "";

    private long Number(string section, string name) =>
        document[section]?[name] is { } value
            ? JsonSerializer.SerializeToElement(value).GetInt64()
            : 0;

    private JsonObject Defaults() =>
        new()
        {
            ["ServiceSettings"] = new JsonObject
            {
                ["SiteURL"] = "",
                ["EnableCommands"] = true,
                ["EnableIncomingWebhooks"] = true,
                ["EnableOutgoingWebhooks"] = true,
                ["EnablePostUsernameOverride"] = true,
                ["EnablePostIconOverride"] = true,
                ["EnableUserAccessTokens"] = true,
                ["EnableBotAccountCreation"] = true,
                ["EnableDeveloper"] = false,
                ["AllowedUntrustedInternalConnections"] = "",
                ["OutgoingIntegrationRequestsTimeout"] = 30,
                ["CollapsedThreads"] = version.CollapsedThreads,
                ["MaximumPayloadSizeBytes"] = version.MaxRequestBytes,
            },
            ["TeamSettings"] = new JsonObject
            {
                ["SiteName"] = "Mattermost",
                ["TeammateNameDisplay"] = "username",
                ["MaxChannelsPerTeam"] = 2000,
            },
            ["FileSettings"] = new JsonObject
            {
                ["EnableFileAttachments"] = true,
                ["MaxFileSize"] = 100 * 1024 * 1024,
            },
            ["RateLimitSettings"] = new JsonObject { ["Enable"] = false, ["PerSec"] = 10 },
            ["LocalizationSettings"] = new JsonObject { ["DefaultClientLocale"] = "en" },
            ["DisplaySettings"] = new JsonObject { ["ExperimentalTimezone"] = true },
            ["FeatureFlags"] = new JsonObject
            {
                ["InteractiveDialogAppsForm"] = version.DrawsFormsAsApps,
            },
            ["PluginSettings"] = new JsonObject
            {
                ["Enable"] = true,
                ["EnableUploads"] = true,
                ["Directory"] = "./plugins",
                ["Plugins"] = new JsonObject(),
                ["PluginStates"] = new JsonObject(),
            },
        };
}

internal sealed record Settings
{
    public string SiteUrl { get; init; } = "";
    public bool EnableCommands { get; init; }
    public bool EnableIncomingWebhooks { get; init; }
    public bool EnableOutgoingWebhooks { get; init; }
    public bool EnablePostUsernameOverride { get; init; }
    public bool EnablePostIconOverride { get; init; }
    public bool EnableUserAccessTokens { get; init; }
    public bool EnableBotAccountCreation { get; init; }
    public string AllowedInternalConnections { get; init; } = "";
    public TimeSpan IntegrationTimeout { get; init; }
    public long MaxRequestBytes { get; init; }
    public string CollapsedThreads { get; init; } = "";
    public bool DrawsFormsAsApps { get; init; }

    /// <summary>Where people may choose, nobody has chosen otherwise than the server's default.</summary>
    public bool CollapsesThreads => CollapsedThreads is "always_on" or "default_on";
    public bool EnableFileAttachments { get; init; }
    public long MaxFileSize { get; init; }
    public long MaxChannelsPerTeam { get; init; }
    public bool EnablePlugins { get; init; }
    public bool EnablePluginUploads { get; init; }
}
