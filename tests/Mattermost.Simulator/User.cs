using System.Text.Json.Serialization;

namespace Mattermost.Simulator;

/// <summary>A user's time zone as Mattermost stores it: three strings, of which the first says which other counts.</summary>
public sealed record UserTimezone(
    [property: JsonPropertyName("useAutomaticTimezone")] string UseAutomaticTimezone = "true",
    [property: JsonPropertyName("automaticTimezone")] string AutomaticTimezone = "",
    [property: JsonPropertyName("manualTimezone")] string ManualTimezone = ""
);

/// <summary>A user of the server. Times are milliseconds since 1970 in UTC; 0 means "not".</summary>
public sealed record User
{
    public required string Id { get; init; }
    public required string Username { get; init; }
    public long CreateAt { get; init; }
    public long UpdateAt { get; init; }

    /// <summary>When the user was deactivated; 0 for active users.</summary>
    public long DeleteAt { get; init; }
    public string Email { get; init; } = "";
    public string Nickname { get; init; } = "";
    public string FirstName { get; init; } = "";
    public string LastName { get; init; } = "";
    public string Position { get; init; } = "";
    public string Roles { get; init; } = "system_user";
    public string Locale { get; init; } = "en";
    public UserTimezone Timezone { get; init; } = new();
    public bool IsBot { get; init; }
    public string BotDescription { get; init; } = "";
    public string BotOwnerId { get; init; } = "";

    /// <summary>What the user says they are doing, as JSON; empty when it was taken away, null when it was never set.</summary>
    public string? CustomStatus { get; init; }
    internal string Password { get; init; } = "";

    internal bool IsGuest => Roles.Contains("system_guest", StringComparison.Ordinal);
    internal bool IsSystemAdmin => Roles.Contains("system_admin", StringComparison.Ordinal);
}

/// <summary>Whether a user is there: online, away, dnd, offline or ooo.</summary>
public sealed record UserStatus(
    string UserId,
    string Status,
    bool Manual,
    long LastActivityAt,
    long DndEndTime = 0
);

internal sealed record Session(
    string Id,
    string Token,
    string UserId,
    string Csrf,
    string? AccessTokenId
);

internal sealed record AccessToken(
    string Id,
    string Token,
    string UserId,
    string Description,
    bool IsActive
);
