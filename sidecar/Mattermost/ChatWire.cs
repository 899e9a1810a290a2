using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Chat;

namespace Sidecar.Mattermost;

/// <summary>What is sent to make a post.</summary>
internal sealed record NewPost
{
    public required string ChannelId { get; init; }
    public string? RootId { get; init; }
    public required string Message { get; init; }
    public required string PendingPostId { get; init; }
    public required NewProps Props { get; init; }

    /// <summary>Left out when there are none.</summary>
    public IReadOnlyList<string>? FileIds { get; init; }

    /// <summary>Left out unless the post has a priority. Servers older than priorities do not read it.</summary>
    public NewMetadata? Metadata { get; init; }
}

/// <summary>What is said about a new post beside what is in it.</summary>
internal sealed record NewMetadata(NewPriority Priority)
{
    /// <summary>An urgent post. That it is acknowledged is never asked for: without a licence it would be refused.</summary>
    public static NewMetadata Urgent { get; } = new(new NewPriority("urgent"));
}

/// <summary>How urgent a post is.</summary>
internal sealed record NewPriority(string Priority);

/// <summary>What is sent to change a post: a missing message stays as it is, props are replaced as a whole.</summary>
internal sealed record PostPatch(string? Message, NewProps Props);

/// <summary>The props of our posts.</summary>
internal sealed record NewProps
{
    /// <summary>By which delivery the post is recognised long after Mattermost forgot the pending id.</summary>
    public required string EscalateEffect { get; init; }

    /// <summary>Mattermost sets it on a new post only; a change without it would take it away.</summary>
    public string FromBot { get; init; } = "true";

    /// <summary>Left out when there is none: for Mattermost an empty list is a card with nothing on it.</summary>
    public IReadOnlyList<Attachment>? Attachments { get; init; }
}

/// <summary>A post as it is read; of it, what we use.</summary>
internal sealed record WirePost : IJsonOnDeserialized
{
    public required string Id { get; init; }
    public string UserId { get; init; } = "";
    public string RootId { get; init; } = "";
    public string ChannelId { get; init; } = "";
    public string Message { get; init; } = "";
    public long CreateAt { get; init; }
    public long DeleteAt { get; init; }
    public IReadOnlyList<string>? FileIds { get; init; }
    public ReadMetadata? Metadata { get; init; }

    /// <summary>Anybody can write anything into the props of their own posts.</summary>
    public JsonElement Props { get; init; }

    public string? Effect =>
        Props.ValueKind == JsonValueKind.Object
        && Props.TryGetProperty("escalate_effect", out var effect)
        && effect.ValueKind == JsonValueKind.String
            ? effect.GetString()
            : null;

    public void OnDeserialized() => WireId.Demand(Id);
}

/// <summary>
/// Posts of a channel, newest first in the order; the map also holds first posts of threads. Both are there even when
/// there is none: what lacks them is no list of posts, and says nothing about which there are.
/// </summary>
internal sealed record ReadPosts
{
    public required IReadOnlyList<string> Order { get; init; }
    public required IReadOnlyDictionary<string, WirePost> Posts { get; init; }
}

/// <summary>What a server adds to a post that it sends; of it, what we use.</summary>
internal sealed record ReadMetadata(IReadOnlyList<ReadFile>? Files);

/// <summary>A file; of what is told about it, what we use.</summary>
internal sealed record ReadFile : IJsonOnDeserialized
{
    public required string Id { get; init; }
    public string Name { get; init; } = "";
    public long Size { get; init; }

    public void OnDeserialized() => WireId.Demand(Id);
}

/// <summary>The answer to an upload.</summary>
internal sealed record ReadUpload([property: JsonRequired] IReadOnlyList<ReadFile>? FileInfos);

/// <summary>What clients are told about the server's configuration; all of it as text.</summary>
internal sealed record ReadClientConfig
{
    [JsonPropertyName("SiteURL")]
    public string? SiteUrl { get; init; }

    [JsonPropertyName("EnableFileAttachments")]
    public string? EnableFileAttachments { get; init; }

    [JsonPropertyName("MaxFileSize")]
    public string? MaxFileSize { get; init; }

    [JsonPropertyName("Version")]
    public string? Version { get; init; }

    [JsonPropertyName("FeatureFlagInteractiveDialogAppsForm")]
    public string? DrawsFormsAsApps { get; init; }
}

/// <summary>Somebody who is to be a member of a channel.</summary>
internal sealed record NewMember([property: JsonRequired] string UserId);

/// <summary>What is sent to open a channel.</summary>
/// <param name="TeamId">In which team.</param>
/// <param name="Type"><c>O</c> or <c>P</c>.</param>
/// <param name="Name">In links.</param>
/// <param name="DisplayName">As people see it.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Header">What stands above it.</param>
internal sealed record ChannelToOpen(
    string TeamId,
    string Type,
    string Name,
    string DisplayName,
    string Purpose,
    string Header
);

/// <summary>What is sent to change a channel.</summary>
internal sealed record ChannelPatch(string Header);

/// <summary>What is sent to put a link above a channel, or to change it.</summary>
internal sealed record NewBookmark(string DisplayName, string LinkUrl, string Type);

/// <summary>A link above a channel; of it, what we use.</summary>
internal sealed record ReadBookmark([property: JsonRequired] string Id) : IJsonOnDeserialized
{
    public void OnDeserialized() => WireId.Demand(Id);

    public string OwnerId { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public string LinkUrl { get; init; } = "";
    public long DeleteAt { get; init; }
}

/// <summary>A channel; of it, what we use. Direct messages are in no team.</summary>
internal sealed record WireChannel([property: JsonRequired] string Id, long DeleteAt = 0)
    : IJsonOnDeserialized
{
    public void OnDeserialized() => WireId.Demand(Id);

    public string TeamId { get; init; } = "";
    public string Name { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public string Header { get; init; } = "";
    public string Purpose { get; init; } = "";
    public string CreatorId { get; init; } = "";

    /// <summary>O public, P private, D and G direct.</summary>
    public string Type { get; init; } = "";

    /// <summary>With another server; nothing where the server does not say.</summary>
    public bool? Shared { get; init; }
}

/// <summary>How many are in a channel.</summary>
/// <param name="GuestCount">Guests of the server; null where it does not say.</param>
/// <param name="ChannelId">In which.</param>
/// <param name="MemberCount">All of them; null where it does not say.</param>
internal sealed record ReadChannelStats(
    long? GuestCount = null,
    string? ChannelId = null,
    int? MemberCount = null
);

/// <summary>A member of a channel.</summary>
internal sealed record ReadMember([property: JsonRequired] string UserId) : IJsonOnDeserialized
{
    public void OnDeserialized() => WireId.Demand(UserId);
}

/// <summary>Somebody's membership in a team.</summary>
internal sealed record ReadTeamMember(string UserId, bool SchemeGuest = false, long DeleteAt = 0);

/// <summary>A team; of it, what we use.</summary>
internal sealed record ReadTeam(
    [property: JsonRequired] string Id,
    [property: JsonRequired] string Name
) : IJsonOnDeserialized
{
    public void OnDeserialized()
    {
        WireId.Demand(Id);
        WireId.Demand(Name);
    }
}

/// <summary>Whether a user is there.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Status"><c>online</c>, <c>away</c>, <c>dnd</c>, <c>offline</c> or <c>ooo</c>.</param>
/// <param name="DndEndTime">In seconds since 1970, unlike all other times; 0 when it does not end by itself.</param>
internal sealed record ReadStatus(
    [property: JsonRequired] string UserId,
    string Status = "",
    long DndEndTime = 0
) : IJsonOnDeserialized
{
    public void OnDeserialized() => WireId.Demand(UserId);
}

/// <summary>What a user says they are doing, as it is written in their props.</summary>
internal sealed record ReadCustomStatus(
    string? Emoji = null,
    string? Text = null,
    string? ExpiresAt = null
);

/// <summary>A user; of it, what we use.</summary>
internal sealed record WireUser : IJsonOnDeserialized
{
    public required string Id { get; init; }
    public required string Username { get; init; }
    public long DeleteAt { get; init; }
    public bool IsBot { get; init; }
    public ReadZone? Timezone { get; init; }

    /// <summary>The server from which the account comes; empty for those of this one.</summary>
    public string? RemoteId { get; init; }

    /// <summary>The names of the account's roles, with spaces in between.</summary>
    public string? Roles { get; init; }

    /// <summary>What users' programs keep there; as in posts, anything.</summary>
    public JsonElement Props { get; init; }

    public string? CustomStatus =>
        Props.ValueKind == JsonValueKind.Object
        && Props.TryGetProperty("customStatus", out var status)
        && status.ValueKind == JsonValueKind.String
            ? status.GetString()
            : null;

    public bool Has(string role) =>
        Roles?.Split(' ').Contains(role, StringComparer.Ordinal) == true;

    public void OnDeserialized() => WireId.Demand(Id);
}

/// <summary>What is read is of Mattermost only when it has a name.</summary>
internal static class WireId
{
    /// <exception cref="JsonException">It is empty.</exception>
    public static void Demand(string? id)
    {
        if (string.IsNullOrEmpty(id))
        {
            throw new JsonException("It has no id.");
        }
    }
}

/// <summary>A user's time zone; the flag is a text.</summary>
internal sealed record ReadZone
{
    [JsonPropertyName("useAutomaticTimezone")]
    public string? UseAutomatic { get; init; }

    [JsonPropertyName("automaticTimezone")]
    public string? Automatic { get; init; }

    [JsonPropertyName("manualTimezone")]
    public string? Manual { get; init; }

    public string? Name
    {
        get
        {
            var name = UseAutomatic == "true" ? Automatic : Manual;
            return string.IsNullOrWhiteSpace(name) ? null : name;
        }
    }
}

/// <summary>What is sent to open a dialog.</summary>
internal sealed record OpenDialogRequest(string TriggerId, string Url, WireDialog Dialog);

/// <summary>A later answer to a command.</summary>
internal sealed record LateAnswerRequest(string ResponseType, string Text)
{
    /// <summary>Our text is Markdown already; without this Mattermost looks for Slack's markup in it.</summary>
    public bool SkipSlackParsing { get; init; } = true;
}

/// <summary>A dialog.</summary>
internal sealed record WireDialog
{
    public required string CallbackId { get; init; }
    public required string Title { get; init; }
    public string? IntroductionText { get; init; }
    public required IReadOnlyList<DialogElement> Elements { get; init; }
    public required string SubmitLabel { get; init; }
    public bool NotifyOnCancel { get; init; }
    public required string State { get; init; }

    /// <summary>Where the form is asked for again when a field with <see cref="DialogElement.Refresh"/> is changed.</summary>
    public string? SourceUrl { get; init; }
}

/// <summary>A field of a dialog.</summary>
internal sealed record DialogElement
{
    public required string DisplayName { get; init; }
    public required string Name { get; init; }
    public required string Type { get; init; }
    public string? Subtype { get; init; }
    public string? Default { get; init; }
    public string? Placeholder { get; init; }
    public string? HelpText { get; init; }
    public bool Optional { get; init; }
    public int? MaxLength { get; init; }
    public string? DataSource { get; init; }
    public string? DataSourceUrl { get; init; }
    public bool? Multiselect { get; init; }
    public bool? Refresh { get; init; }
    public int? TimeInterval { get; init; }
    public DateTimeConfig? DatetimeConfig { get; init; }
    public IReadOnlyList<AttachmentOption>? Options { get; init; }
}

/// <summary>How a calendar with a time takes it.</summary>
internal sealed record DateTimeConfig(bool AllowManualTimeEntry);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(WireList<string>),
        typeof(WireList<WireUser>),
        typeof(WireList<ReadStatus>),
        typeof(WireList<ReadMember>),
        typeof(WireList<ReadTeam>),
        typeof(WireList<ReadFile>),
        typeof(WireList<ReadBookmark>),
        typeof(WireMap<WirePost>),
    ]
)]
[JsonSerializable(typeof(NewPost))]
[JsonSerializable(typeof(PostPatch))]
[JsonSerializable(typeof(WirePost))]
[JsonSerializable(typeof(ReadPosts))]
[JsonSerializable(typeof(ReadUpload))]
[JsonSerializable(typeof(ReadClientConfig))]
[JsonSerializable(typeof(NewMember))]
[JsonSerializable(typeof(WireChannel))]
[JsonSerializable(typeof(ReadChannelStats))]
[JsonSerializable(typeof(IReadOnlyList<ReadMember>))]
[JsonSerializable(typeof(ChannelToOpen))]
[JsonSerializable(typeof(ChannelPatch))]
[JsonSerializable(typeof(NewBookmark))]
[JsonSerializable(typeof(ReadBookmark))]
[JsonSerializable(typeof(IReadOnlyList<ReadBookmark>))]
[JsonSerializable(typeof(ReadTeamMember))]
[JsonSerializable(typeof(IReadOnlyList<ReadTeam>))]
[JsonSerializable(typeof(IReadOnlyList<ReadStatus>))]
[JsonSerializable(typeof(ReadCustomStatus))]
[JsonSerializable(typeof(WireUser))]
[JsonSerializable(typeof(IReadOnlyList<WireUser>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(OpenDialogRequest))]
[JsonSerializable(typeof(LateAnswerRequest))]
internal sealed partial class ChatJson : JsonSerializerContext;

/// <summary><see cref="ChatJson"/> that writes letters of every script as they are: escaped they would take six times the room.</summary>
internal static class ChatWire
{
    public static ChatJson Json { get; } =
        new(
            new JsonSerializerOptions(ChatJson.Default.Options)
            {
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                Converters = { new StorableText() },
            }
        );

    /// <summary>
    /// Mattermost's database takes no U+0000: a post with one would be refused for ever, and hold up all that comes
    /// behind it. And a text that a server writes as <c>null</c> is an empty one.
    /// </summary>
    private sealed class StorableText : JsonConverter<string>
    {
        public override bool HandleNull => true;

        public override string Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => reader.TokenType == JsonTokenType.Null ? "" : reader.GetString()!;

        public override void Write(
            Utf8JsonWriter writer,
            string? value,
            JsonSerializerOptions options
        ) => writer.WriteStringValue(Storable(value ?? ""));

        public override string ReadAsPropertyName(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => reader.GetString()!;

        public override void WriteAsPropertyName(
            Utf8JsonWriter writer,
            [DisallowNull] string value,
            JsonSerializerOptions options
        ) => writer.WritePropertyName(Storable(value));

        private static string Storable(string value) =>
            value.Replace("\0", "", StringComparison.Ordinal);
    }
}
