using Sidecar.Ids;

namespace Sidecar.Mattermost;

/// <summary>Somebody reacted to a post, ours or not; heard of when it happened, or read later.</summary>
/// <param name="Post">To which post.</param>
/// <param name="User">Who.</param>
/// <param name="Emoji">With what; the emoji's name without colons.</param>
/// <param name="At">When, by Mattermost's clock; milliseconds since 1970.</param>
internal sealed record HeardReaction(PostId Post, UserId User, string Emoji, long At)
{
    /// <summary>
    /// The name of the act. The time in it is that of the last change: when a reaction is taken away and given again,
    /// the server tells a new time of creation to those who listen and keeps the old one for those who ask.
    /// </summary>
    public string Act => $"reaction:{Post.Value}:{User.Value}:{Emoji}:{At}";
}

/// <summary>A reaction as Mattermost writes it.</summary>
internal sealed record ReadReaction
{
    public string? UserId { get; init; }
    public string? PostId { get; init; }
    public string? EmojiName { get; init; }
    public long CreateAt { get; init; }

    /// <summary>Always the server's; a client may choose the time of creation. Missing on servers before 5.33.</summary>
    public long UpdateAt { get; init; }
    public long DeleteAt { get; init; }

    public HeardReaction? Heard() =>
        this
            is {
                UserId: { Length: > 0 } user,
                PostId: { Length: > 0 } post,
                EmojiName: { Length: > 0 } emoji,
                DeleteAt: 0,
            }
            ? new HeardReaction(
                new PostId(post),
                new UserId(user),
                emoji,
                UpdateAt > 0 ? UpdateAt : CreateAt
            )
            : null;
}

/// <summary>Posts of a channel; of them, what tells who reacted.</summary>
internal sealed record ReactedPosts
{
    /// <summary>All of them, those too that can't be read.</summary>
    public IReadOnlyList<string> Order { get; init; } = [];

    /// <summary>There even when there is none: what lacks it is no list of posts.</summary>
    public required IReadOnlyDictionary<string, ReactedPost> Posts { get; init; }
}

/// <summary>A post; of it, what tells who reacted.</summary>
internal sealed record ReactedPost
{
    public string? Id { get; init; }
    public string? UserId { get; init; }
    public long DeleteAt { get; init; }
    public bool HasReactions { get; init; }
    public PostMetadata? Metadata { get; init; }
}

/// <summary>What Mattermost adds to a post for those who show it.</summary>
internal sealed record PostMetadata(IReadOnlyList<ReadReaction>? Reactions);
