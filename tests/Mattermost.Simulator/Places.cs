namespace Mattermost.Simulator;

/// <summary>A team. Times are milliseconds since 1970 in UTC.</summary>
public sealed record Team
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string DisplayName { get; init; }
    public long CreateAt { get; init; }
    public long UpdateAt { get; init; }
    public long DeleteAt { get; init; }
    public string Type { get; init; } = "O";
    public string InviteId { get; init; } = "";
}

/// <summary>A channel: O open, P private, D direct, G group. Times are milliseconds since 1970 in UTC.</summary>
public sealed record Channel
{
    public required string Id { get; init; }
    public required string Type { get; init; }
    public required string Name { get; init; }
    public string TeamId { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public string Header { get; init; } = "";
    public string Purpose { get; init; } = "";
    public string CreatorId { get; init; } = "";
    public long CreateAt { get; init; }
    public long UpdateAt { get; init; }

    /// <summary>When the channel was archived; 0 for open ones.</summary>
    public long DeleteAt { get; init; }
    public long LastPostAt { get; init; }
    public long TotalMsgCount { get; init; }

    internal bool IsOpen => Type == "O";
    internal bool IsPersonal => Type is "D" or "G";
}

internal sealed record Member(string UserId, bool IsAdmin, bool IsGuest, long JoinedAt)
{
    public string TeamRoles =>
        IsGuest ? "team_guest"
        : IsAdmin ? "team_user team_admin"
        : "team_user";
    public string ChannelRoles =>
        IsGuest ? "channel_guest"
        : IsAdmin ? "channel_user channel_admin"
        : "channel_user";
}
