using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Outbox;

/// <summary>The documents that tell where named posts stand, filed under their names.</summary>
internal static class PostedPosts
{
    /// <summary>A post that was shown again within this time is not filed anew: it would cost a write for each change of a card.</summary>
    public static readonly TimeSpan FiledAnewAfter = TimeSpan.FromDays(1);

    /// <summary>By Mattermost's id of the post.</summary>
    public static DocumentIndex<PostedAt> ByPost { get; } =
        new("by-post", p => [IndexKey.Empty.Then(p.Post.Value)]);

    /// <summary>The latest shown first; those of which it is not known when are behind all others.</summary>
    public static DocumentIndex<PostedAt> ByTime { get; } =
        new("by-time", p => [IndexKey.Empty.ThenDescending(p.ShownAt ?? DateTimeOffset.UnixEpoch)]);

    /// <summary>The same order within each channel.</summary>
    public static DocumentIndex<PostedAt> ByChannel { get; } =
        new(
            "by-channel",
            p =>
                [
                    IndexKey
                        .Empty.Then(p.Channel.Value)
                        .ThenDescending(p.ShownAt ?? DateTimeOffset.UnixEpoch),
                ]
        );

    public static DocumentKind<PostedAt> Kind { get; } =
        new("post", EffectJson.Default.PostedAt) { Indexes = [ByPost, ByTime, ByChannel] };

    /// <summary>The name of a post of ours and where it stands; null when it is not ours, or has no name.</summary>
    public static async ValueTask<(PostName Name, PostedAt At)?> FindPost(
        this Store store,
        PostId post,
        CancellationToken cancel
    )
    {
        var prefix = IndexKey.Empty.Then(post.Value);
        var found = await store.List(Kind, ByPost, prefix, null, 1, cancel);
        return found.Items is [var item] ? (new PostName(item.Id), item.Value) : null;
    }

    /// <summary>The named posts in a channel, those that were shown last first.</summary>
    public static async ValueTask<IReadOnlyList<(PostName Name, PostedAt At)>> LatestPosts(
        this Store store,
        ChannelId channel,
        int most,
        CancellationToken cancel
    ) =>
        [
            .. (
                await store.List(
                    Kind,
                    ByChannel,
                    IndexKey.Empty.Then(channel.Value),
                    null,
                    most,
                    cancel
                )
            ).Items.Select(post => (new PostName(post.Id), post.Value)),
        ];

    /// <summary>What is to be stored of a post that was shown now; the same as before when nothing worth a write has changed.</summary>
    public static PostedAt Shown(PostedAt? before, PostedAt at, DateTimeOffset now) =>
        before?.ShownAt is { } then
        && now - then < FiledAnewAfter
        && before == at with { ShownAt = then }
            ? before
            : at with
            {
                ShownAt = now,
            };
}
