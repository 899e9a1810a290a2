using System.Text.Json.Serialization;

namespace Mattermost.Simulator;

/// <summary>A custom slash command of one team. Times are milliseconds since 1970 in UTC.</summary>
public sealed record Command
{
    public string Id { get; init; } = "";
    public string Token { get; init; } = "";
    public long CreateAt { get; init; }
    public long UpdateAt { get; init; }
    public long DeleteAt { get; init; }
    public string CreatorId { get; init; } = "";
    public string TeamId { get; init; } = "";
    public string Trigger { get; init; } = "";
    public string Method { get; init; } = "P";
    public string Username { get; init; } = "";
    public string IconUrl { get; init; } = "";
    public bool AutoComplete { get; init; }
    public string AutoCompleteDesc { get; init; } = "";
    public string AutoCompleteHint { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public string Description { get; init; } = "";

    [JsonPropertyName("url")]
    public string Url { get; init; } = "";
    public string PluginId { get; init; } = "";
}
