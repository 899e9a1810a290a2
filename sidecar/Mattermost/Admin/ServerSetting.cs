using System.Text.Json;

namespace Sidecar.Mattermost.Admin;

/// <summary>A setting of Mattermost that the product depends on, and what to say when it is wrong.</summary>
/// <param name="Key">Section and name, as in <c>config.json</c>.</param>
/// <param name="Console">Where it is in the System Console; null when it is not there.</param>
/// <param name="Means">What does not work while it is off.</param>
internal sealed record ServerSetting(string Key, string? Console, string Means)
{
    private const string Management = "Integrations > Integration Management";

    public static ServerSetting SiteUrl { get; } =
        new(
            "ServiceSettings.SiteURL",
            "Environment > Web Server > Site URL",
            "links in messages and late answers to commands have no address"
        );

    public static ServerSetting Bots { get; } =
        new(
            "ServiceSettings.EnableBotAccountCreation",
            "Integrations > Bot Accounts > Enable Bot Account Creation",
            "no bot account can be made"
        );

    public static ServerSetting Tokens { get; } =
        new(
            "ServiceSettings.EnableUserAccessTokens",
            $"{Management} > Enable Personal Access Tokens",
            "an administrator's personal access token is refused by the next set-up (a bot's still works)"
        );

    public static ServerSetting Commands { get; } =
        new(
            "ServiceSettings.EnableCommands",
            $"{Management} > Enable Custom Slash Commands",
            "/escalate does nothing"
        );

    public static ServerSetting Webhooks { get; } =
        new(
            "ServiceSettings.EnableOutgoingWebhooks",
            $"{Management} > Enable Outgoing Webhooks",
            "trigger words in posts do nothing"
        );

    public static ServerSetting Timeout { get; } =
        new(
            "ServiceSettings.OutgoingIntegrationRequestsTimeout",
            $"{Management} > Integration request timeout",
            "Mattermost gives up on commands too early, or holds people up too long"
        );

    public static ServerSetting AllowedConnections { get; } =
        new(
            "ServiceSettings.AllowedUntrustedInternalConnections",
            "Environment > Developer > Allow untrusted internal connections to",
            "Mattermost refuses to call the sidecar"
        );

    public static ServerSetting Plugins { get; } =
        new(
            "PluginSettings.Enable",
            "Plugins > Plugin Management > Enable Plugins",
            "there is no panel; commands and cards work without it"
        );

    public static ServerSetting Uploads { get; } =
        new(
            "PluginSettings.EnableUploads",
            null,
            "the panel can't be installed or updated from here; commands and cards work without it"
        );

    public static ServerSetting Threads { get; } =
        new(
            "ServiceSettings.CollapsedThreads",
            "Site Configuration > Posts > Threaded Discussions",
            "replies are seen in their thread only, and told to those who follow it"
        );

    public static ServerSetting LargestRequest { get; } =
        new(
            "ServiceSettings.MaximumPayloadSizeBytes",
            "Environment > Web Server > Maximum Payload Size",
            "long cards and summaries are shortened to what a request may have"
        );

    public static ServerSetting NameOverride { get; } =
        new(
            "ServiceSettings.EnablePostUsernameOverride",
            $"{Management} > Enable integrations to override usernames",
            "answers to commands carry the name of whoever typed them; what the bot posts is not concerned"
        );

    public static ServerSetting IconOverride { get; } =
        new(
            "ServiceSettings.EnablePostIconOverride",
            $"{Management} > Enable integrations to override profile picture icons",
            "answers to commands carry the picture of whoever typed them; what the bot posts is not concerned"
        );

    /// <summary>A flag of the release, not a setting that somebody makes.</summary>
    public static ServerSetting AppForms { get; } =
        new(
            "FeatureFlags.InteractiveDialogAppsForm",
            null,
            "forms look as in older releases, and can't change while they are filled in"
        );

    private const string UsualSection = "ServiceSettings.";

    /// <summary>For a list: without the section where nearly all of them are.</summary>
    public string Label =>
        Key.StartsWith(UsualSection, StringComparison.Ordinal) ? Key[UsualSection.Length..] : Key;

    private string Name => Key[(Key.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary>How to set it, in the System Console and at a command line.</summary>
    public string HowTo(string value) =>
        Console is null
            ? $"Set {Key} to {value} in config.json (or MM_{Key.Replace('.', '_').ToUpperInvariant()}={value}) and restart Mattermost; the System Console and mmctl can't."
            : $"System Console > {Console} ({Key}), or: mmctl config set {Key} {Quoted(value)}";

    /// <summary>Its value, or null when the server has no such setting or keeps it from this account.</summary>
    public JsonElement? In(JsonElement config) =>
        config.TryGetProperty(Key.Split('.')[0], out var section)
        && section.ValueKind == JsonValueKind.Object
        && section.TryGetProperty(Name, out var value)
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    public bool IsOff(JsonElement config) => In(config) is { ValueKind: JsonValueKind.False };

    public string TextIn(JsonElement config) =>
        In(config) is { ValueKind: JsonValueKind.String } text ? text.GetString() ?? "" : "";

    private static string Quoted(string value) =>
        value.Contains(' ', StringComparison.Ordinal) || value.Length == 0 ? $"\"{value}\"" : value;
}
