using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Storage.Postgres;

namespace Sidecar.Hosting;

/// <summary>All that a running sidecar must be told. Set-up writes it; the features' own settings are in settings.json.</summary>
/// <param name="DataDirectory">Where the store and the keys are.</param>
/// <param name="Mattermost">The server's address.</param>
/// <param name="PublicUrl">Our own address as Mattermost reaches it; a path where Mattermost runs us itself.</param>
/// <param name="Bot">The bot's account.</param>
/// <param name="BotToken">The bot's access token. Secret.</param>
/// <param name="CommandTokens">The tokens of the slash command, one per team. Secret.</param>
/// <param name="TriggerTokens">The tokens of the outgoing webhooks, one per team. Secret.</param>
internal sealed record SidecarSettings(
    string DataDirectory,
    Uri Mattermost,
    Uri PublicUrl,
    UserId Bot,
    string BotToken,
    ImmutableArray<string> CommandTokens,
    ImmutableArray<string> TriggerTokens
)
{
    /// <summary>How many requests Mattermost is sent per second at the most, in the long run.</summary>
    public int RequestsPerSecond { get; init; } = 10;

    /// <summary>Which installation this is, for whoever asks the running process; null when nobody set it up.</summary>
    public string? Installation { get; init; }

    /// <summary>The settings file that was named; null for the one in the data directory.</summary>
    public string? SettingsFile { get; init; }

    /// <summary>The store, as <c>--store</c> names it; null for what the data directory has, or LiteDB. It may hold a password.</summary>
    public string? Store { get; init; }

    /// <summary>How sidecars on one database notice each other.</summary>
    public LeaseOptions Leases { get; init; } = new();

    /// <summary>What Prometheus proves itself with at <c>/metrics</c>; null when only this machine may ask. Secret.</summary>
    public string? MetricsToken { get; init; }

    /// <summary>The Mattermost that runs this process as its plugin; null beside one.</summary>
    public RunningServer? RunBy { get; init; }

    /// <summary>The administrator who ran set-up; null when nobody knows.</summary>
    public UserId? InstalledBy { get; init; }

    /// <summary>
    /// Answers whoever typed a command where they typed it; null when Mattermost tells an address with each command.
    /// </summary>
    public Func<LateAnswer, string, CancellationToken, Task>? AnswersLater { get; init; }

    /// <summary>How browsers are told of changes; by nothing beside Mattermost.</summary>
    public PanelPush Push { get; init; } = new(null, null);

    /// <summary>Without the secrets, so that it can't reach a log.</summary>
    public override string ToString() =>
        $"{nameof(SidecarSettings)} {{ {DataDirectory}, {Mattermost}, {PublicUrl} }}";
}
