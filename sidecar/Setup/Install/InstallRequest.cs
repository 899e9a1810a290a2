using Sidecar.Text;

namespace Sidecar.Setup.Install;

/// <summary>What set-up was asked to do.</summary>
internal sealed record InstallRequest
{
    /// <summary>Mattermost's address; null: the one recorded before.</summary>
    public Uri? Mattermost { get; init; }

    /// <summary>The sidecar's address as Mattermost reaches it; null: the one recorded before.</summary>
    public Uri? Public { get; init; }

    /// <summary>Names of teams, besides those recorded before.</summary>
    public IReadOnlyList<string> Teams { get; init; } = [];

    public required string DataDirectory { get; init; }

    public required Secret AdminToken { get; init; }

    public string BotName { get; init; } = DefaultBotName;

    /// <summary>The plugin's archive; null: the one beside the program, when it is there.</summary>
    public string? Plugin { get; init; }

    /// <summary>Take commands and webhooks over that another installation made.</summary>
    public bool TakeOver { get; init; }

    /// <summary>The engine of the store to make now; null: the first start makes one.</summary>
    public string? Store { get; init; }

    public const string DefaultBotName = "escalate";
}
