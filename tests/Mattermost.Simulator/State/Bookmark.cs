namespace Mattermost.Simulator;

/// <summary>A link above a channel.</summary>
public sealed record Bookmark(
    string Id,
    string ChannelId,
    string OwnerId,
    string DisplayName,
    string LinkUrl
)
{
    public long CreateAt { get; init; }
    public long UpdateAt { get; init; }
    public long DeleteAt { get; init; }
}
