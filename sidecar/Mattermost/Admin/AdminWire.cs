using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Text;

namespace Sidecar.Mattermost.Admin;

/// <summary>An account, person or bot.</summary>
internal sealed record ServerAccount : IJsonOnDeserialized
{
    public string Id { get; init; } = "";

    public string Username { get; init; } = "";

    public string Roles { get; init; } = "";

    public bool IsBot { get; init; }

    public long DeleteAt { get; init; }

    [JsonIgnore]
    public bool IsAdministrator => Roles.Split(' ').Contains("system_admin");

    public void OnDeserialized() => WireId.Demand(Id);
}

/// <summary>A bot account.</summary>
internal sealed record BotAccount : IJsonOnDeserialized
{
    public string UserId { get; init; } = "";

    public string Username { get; init; } = "";

    public string DisplayName { get; init; } = "";

    public string Description { get; init; } = "";

    public long DeleteAt { get; init; }

    public void OnDeserialized() => WireId.Demand(UserId);
}

/// <summary>What a bot looks like; Mattermost fills in the rest.</summary>
internal sealed record BotProfile(string Username, string DisplayName, string Description);

/// <summary>A team.</summary>
internal sealed record TeamInfo : IJsonOnDeserialized
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public long DeleteAt { get; init; }

    public void OnDeserialized() => WireId.Demand(Id);
}

/// <summary>Somebody's membership of a team.</summary>
internal sealed record TeamMembership : IJsonOnDeserialized
{
    public string TeamId { get; init; } = "";

    public string UserId { get; init; } = "";

    public long DeleteAt { get; init; }

    public void OnDeserialized() => WireId.Demand(UserId);
}

/// <summary>Who is to be added to a team.</summary>
internal sealed record NewMember(string TeamId, string UserId);

/// <summary>An access token; its value is only there in the answer to its making.</summary>
internal sealed record AccessToken : IJsonOnDeserialized
{
    public string Id { get; init; } = "";

    public Secret? Token { get; init; }

    public string Description { get; init; } = "";

    public bool IsActive { get; init; } = true;

    public void OnDeserialized() => WireId.Demand(Id);
}

/// <summary>What a new token is for.</summary>
internal sealed record NewToken(string Description);

/// <summary>Names a token.</summary>
internal sealed record TokenName(string TokenId);

/// <summary>A slash command on the server.</summary>
internal sealed record ServerCommand : IJsonOnDeserialized
{
    public string Id { get; init; } = "";

    public Secret Token { get; init; } = Secret.None;

    public string CreatorId { get; init; } = "";

    public string PluginId { get; init; } = "";

    public string TeamId { get; init; } = "";

    public string Trigger { get; init; } = "";

    public string Method { get; init; } = "";

    public string Username { get; init; } = "";

    public string IconUrl { get; init; } = "";

    public bool AutoComplete { get; init; }

    public string AutoCompleteDesc { get; init; } = "";

    public string AutoCompleteHint { get; init; } = "";

    public string DisplayName { get; init; } = "";

    public string Description { get; init; } = "";

    public string Url { get; init; } = "";

    public void OnDeserialized() => WireId.Demand(Id);
}

/// <summary>An outgoing webhook on the server.</summary>
internal sealed record ServerWebhook : IJsonOnDeserialized
{
    public string Id { get; init; } = "";

    public Secret Token { get; init; } = Secret.None;

    public string CreatorId { get; init; } = "";

    public string TeamId { get; init; } = "";

    public string ChannelId { get; init; } = "";

    public string DisplayName { get; init; } = "";

    public string Description { get; init; } = "";

    public IReadOnlyList<string> TriggerWords { get; init; } = [];

    public int TriggerWhen { get; init; }

    [JsonPropertyName("callback_urls")]
    public IReadOnlyList<string> CallbackUrls { get; init; } = [];

    public string ContentType { get; init; } = "";

    public string Username { get; init; } = "";

    public string IconUrl { get; init; } = "";

    public void OnDeserialized() => WireId.Demand(Id);
}

/// <summary>An installed plugin.</summary>
internal sealed record InstalledPlugin : IJsonOnDeserialized
{
    public string Id { get; init; } = "";

    public string Version { get; init; } = "";

    public PluginWebapp? Webapp { get; init; }

    /// <summary>What Mattermost runs itself; null when it is a plugin for browsers only.</summary>
    public JsonElement? Server { get; init; }

    /// <summary>Whether it has a program, which Mattermost starts.</summary>
    [JsonIgnore]
    public bool HasProgram =>
        Server is { ValueKind: JsonValueKind.Object } part
        && part.TryGetProperty("executables", out var programs)
        && programs.ValueKind == JsonValueKind.Object
        && programs
            .EnumerateObject()
            .Any(p => p.Value.ValueKind == JsonValueKind.String && p.Value.GetString() is not "");

    public void OnDeserialized() => WireId.Demand(Id);
}

/// <summary>Where the browser finds a plugin's code; for active plugins the name holds a hash of it.</summary>
internal sealed record PluginWebapp(string? BundlePath);

/// <summary>All installed plugins.</summary>
internal sealed record InstalledPlugins
{
    public IReadOnlyList<InstalledPlugin>? Active { get; init; }

    public IReadOnlyList<InstalledPlugin>? Inactive { get; init; }
}

/// <summary>A channel.</summary>
internal sealed record ChannelInfo : IJsonOnDeserialized
{
    public string Id { get; init; } = "";

    public void OnDeserialized() => WireId.Demand(Id);
}

/// <summary>How many accounts a server takes.</summary>
/// <param name="MaxUsersLimit">From so many on it warns; 0 for no limit.</param>
/// <param name="ActiveUserCount">So many there are; bots are not counted.</param>
internal sealed record ServerLimits(
    [property: JsonPropertyName("maxUsersLimit")] long MaxUsersLimit,
    [property: JsonPropertyName("activeUserCount")] long ActiveUserCount
);

/// <summary>A slash command to be carried out.</summary>
internal sealed record CommandToExecute(string ChannelId, string Command);

/// <summary>What a slash command answered.</summary>
internal sealed record CommandAnswer
{
    public string? Text { get; init; }

    public JsonElement? Props { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(WireText),
        typeof(WireList<string>),
        typeof(WireList<BotAccount>),
        typeof(WireList<TeamInfo>),
        typeof(WireList<AccessToken>),
        typeof(WireList<ServerCommand>),
        typeof(WireList<ServerWebhook>),
        typeof(WireList<InstalledPlugin>),
    ]
)]
[JsonSerializable(typeof(ServerAccount))]
[JsonSerializable(typeof(BotAccount))]
[JsonSerializable(typeof(IReadOnlyList<BotAccount>))]
[JsonSerializable(typeof(ServerLimits))]
[JsonSerializable(typeof(BotProfile))]
[JsonSerializable(typeof(TeamInfo))]
[JsonSerializable(typeof(IReadOnlyList<TeamInfo>))]
[JsonSerializable(typeof(TeamMembership))]
[JsonSerializable(typeof(NewMember))]
[JsonSerializable(typeof(AccessToken))]
[JsonSerializable(typeof(IReadOnlyList<AccessToken>))]
[JsonSerializable(typeof(NewToken))]
[JsonSerializable(typeof(TokenName))]
[JsonSerializable(typeof(ServerCommand))]
[JsonSerializable(typeof(IReadOnlyList<ServerCommand>))]
[JsonSerializable(typeof(ServerWebhook))]
[JsonSerializable(typeof(IReadOnlyList<ServerWebhook>))]
[JsonSerializable(typeof(InstalledPlugins))]
[JsonSerializable(typeof(IReadOnlyList<InstalledPlugin>))]
[JsonSerializable(typeof(ChannelInfo))]
[JsonSerializable(typeof(CommandToExecute))]
[JsonSerializable(typeof(CommandAnswer))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class AdminJson : JsonSerializerContext;
