using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Mattermost.Simulator;

/// <summary>A post as it goes to clients.</summary>
internal sealed record PostJson
{
    public required string Id { get; init; }
    public long CreateAt { get; init; }
    public long UpdateAt { get; init; }
    public long EditAt { get; init; }
    public long DeleteAt { get; init; }
    public bool IsPinned { get; init; }
    public required string UserId { get; init; }
    public required string ChannelId { get; init; }
    public required string RootId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ParentId { get; init; }
    public string OriginalId { get; init; } = "";
    public required string Message { get; init; }
    public required string Type { get; init; }
    public JsonElement Props { get; init; }
    public required string Hashtags { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? FileIds { get; init; }
    public required string PendingPostId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RemoteId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasReactions { get; init; }
    public int ReplyCount { get; init; }

    /// <summary>Told with collapsed threads only, which nobody asks for here.</summary>
    public long LastReplyAt { get; init; }
    public object? Participants { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PostMetadataJson? Metadata { get; init; }

    public static PostJson Of(World world, Post post)
    {
        var isEphemeral = post.Type == "system_ephemeral";
        var isReply = post.RootId.Length > 0 && post.Type != "system_ephemeral";
        var parentId = isReply ? post.RootId : "";
        return new PostJson
        {
            Id = post.Id,
            CreateAt = post.CreateAt,
            UpdateAt = post.UpdateAt,
            EditAt = post.EditAt,
            DeleteAt = post.DeleteAt,
            IsPinned = post.IsPinned,
            UserId = post.UserId,
            ChannelId = post.ChannelId,
            RootId = post.RootId,
            ParentId = world.Version.HasParentIds ? parentId : null,
            Message = post.DeleteAt > 0 ? "" : post.Message,
            Type = post.Type,
            Props = post.Props,
            OriginalId = post.OriginalId,
            RemoteId = world.Version.AlwaysTellsFileIds && !isEphemeral ? "" : null,
            Hashtags = post.Hashtags,
            FileIds = FileIdsOf(world, post, isEphemeral || post.LostFiles),
            PendingPostId = post.PendingPostId,
            HasReactions = post.Reactions.Length > 0,
            ReplyCount = post.ReplyCount,
            Metadata = PostMetadataJson.Of(world, post),
        };
    }

    private static readonly JsonElement NoList = Wire.Parse("null");
    private static readonly JsonElement EmptyList = Wire.Parse("[]");

    /// <summary>Old servers leave the list out when it is empty; today's write it, or null where there can be none.</summary>
    private static JsonElement? FileIdsOf(World world, Post post, bool hasNoList) =>
        post.FileIds.Length > 0 ? Wire.Element(post.FileIds)
        : !world.Version.AlwaysTellsFileIds ? null
        : hasNoList ? NoList
        : EmptyList;
}

internal sealed record PostMetadataJson
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EmbedJson>? Embeds { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReactionJson>? Reactions { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JsonObject>? Files { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PriorityJson? Priority { get; init; }

    public static PostMetadataJson Of(World world, Post post) =>
        post.DeleteAt > 0
            ? new()
            : new()
            {
                Embeds = post.Props.Get("attachments") is null
                    ? null
                    : [new EmbedJson("message_attachment")],
                Files =
                    post.FileIds.Length > 0
                        ? [.. world.Files.Of(post).Select(world.Files.Json)]
                        : null,
                Reactions =
                    post.Reactions.Length > 0
                        ? [.. post.Reactions.Select(r => ReactionJson.Of(world, r))]
                        : null,
                Priority =
                    post.Priority.Length > 0 ? new PriorityJson(post.Priority, null, null) : null,
            };
}

internal sealed record EmbedJson(string Type);

internal sealed record PriorityJson(
    string Priority,
    bool? RequestedAck,
    bool? PersistentNotifications
);

internal sealed record ReactionJson(
    string UserId,
    string PostId,
    string EmojiName,
    long CreateAt,
    long UpdateAt,
    long DeleteAt,
    string RemoteId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ChannelId
)
{
    public static ReactionJson Of(World world, Reaction reaction) =>
        new(
            reaction.UserId,
            reaction.PostId,
            reaction.EmojiName,
            reaction.CreateAt,
            reaction.UpdateAt,
            reaction.DeleteAt,
            reaction.RemoteId,
            world.Version.TellsChannelsOfReactions ? reaction.ChannelId : null
        );
}
