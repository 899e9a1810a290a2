using System.Collections.Immutable;
using System.Text.Json;

namespace Mattermost.Simulator;

/// <summary>A reaction to a post. Time is milliseconds since 1970 in UTC.</summary>
public sealed record Reaction(
    string UserId,
    string PostId,
    string EmojiName,
    long CreateAt,
    long UpdateAt,
    long DeleteAt = 0,
    string RemoteId = "",
    string ChannelId = ""
);

/// <summary>A post as every client sees it. Times are milliseconds since 1970 in UTC; 0 means "not".</summary>
public sealed record Post
{
    private readonly JsonElement fullProps = Wire.EmptyObject;

    public required string Id { get; init; }
    public required string ChannelId { get; init; }
    public required string UserId { get; init; }
    public long CreateAt { get; init; }
    public long UpdateAt { get; init; }
    public long EditAt { get; init; }
    public long DeleteAt { get; init; }
    public bool IsPinned { get; init; }
    public string RootId { get; init; } = "";
    public string Message { get; init; } = "";
    public string Type { get; init; } = "";
    public string Hashtags { get; init; } = "";
    public string PendingPostId { get; init; } = "";
    public ImmutableArray<string> FileIds { get; init; } = [];

    /// <summary>The reactions as clients see them.</summary>
    public ImmutableArray<Reaction> Reactions => [.. GivenReactions.Where(r => r.DeleteAt == 0)];
    public int ReplyCount { get; init; }
    public long LastReplyAt { get; init; }

    /// <summary>The props as clients see them: without what is behind buttons and menus.</summary>
    public JsonElement Props { get; private init; } = Wire.EmptyObject;

    /// <summary>The attachments as clients see them.</summary>
    public ImmutableArray<Attachment> Attachments { get; private init; } = [];

    /// <summary>All buttons and menus of the post, in order.</summary>
    public IEnumerable<PostAction> Actions => Attachments.SelectMany(a => a.Actions ?? []);

    /// <summary>The REST request that caused an ephemeral post; empty for others.</summary>
    public string CausedBy { get; init; } = "";

    /// <summary>True for the posts that Mattermost makes itself ("… joined the channel").</summary>
    public bool IsSystemMessage => Type.StartsWith("system_", StringComparison.Ordinal);

    /// <summary>Of a root post, as everybody reads it: <c>urgent</c>, <c>important</c>, or empty.</summary>
    public string Priority { get; init; } = "";

    /// <summary>An old version that an edit left behind names the post whose it was.</summary>
    internal string OriginalId { get; init; } = "";

    /// <summary>Files were asked for, and none could be attached.</summary>
    internal bool LostFiles { get; init; }

    internal int Position { get; init; }

    /// <summary>All that were ever given, those that were taken away marked as deleted.</summary>
    internal ImmutableArray<Reaction> GivenReactions { get; init; } = [];
    internal ImmutableArray<Attachment> FullAttachments { get; private init; } = [];

    /// <summary>The props as stored, with integrations. Setting them works out what clients see, once.</summary>
    internal JsonElement FullProps
    {
        get => fullProps;
        init
        {
            FullAttachments = AttachmentRules.WithIds(AttachmentRules.In(value.Get("attachments")));
            Attachments = AttachmentRules.WithoutIntegrations(FullAttachments);
            fullProps = AttachmentRules.Into(value, FullAttachments);
            Props = AttachmentRules.Into(value, Attachments);
        }
    }
}
