using System.Text.Json.Serialization;

namespace Mattermost.Simulator;

/// <summary>An outgoing webhook: a trigger word in a public channel calls an integration.</summary>
public sealed record OutgoingHook
{
    public string Id { get; init; } = "";
    public string Token { get; init; } = "";
    public long CreateAt { get; init; }
    public long UpdateAt { get; init; }
    public long DeleteAt { get; init; }
    public string CreatorId { get; init; } = "";
    public string ChannelId { get; init; } = "";
    public string TeamId { get; init; } = "";
    public IReadOnlyList<string> TriggerWords { get; init; } = [];

    /// <summary>0: the first word is a trigger word; 1: it starts with one.</summary>
    public int TriggerWhen { get; init; }

    [JsonPropertyName("callback_urls")]
    public IReadOnlyList<string> CallbackUrls { get; init; } = [];
    public string DisplayName { get; init; } = "";
    public string Description { get; init; } = "";
    public string ContentType { get; init; } = "";
    public string Username { get; init; } = "";
    public string IconUrl { get; init; } = "";
}
