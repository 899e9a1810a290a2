using System.Collections.Concurrent;

namespace Mattermost.Simulator;

/// <summary>Posts that one user sees once: told to that user's clients and stored nowhere; this log is the tests' own.</summary>
internal sealed class Ephemerals(World world)
{
    /// <summary>Which REST request is being served, so that a test can tell what its command caused.</summary>
    public static readonly AsyncLocal<string?> CurrentRequest = new();

    private readonly ConcurrentDictionary<string, Journal<Post>> byUser = new(
        StringComparer.Ordinal
    );
    private readonly Journal<Post> recent = new(1_000);

    public Post Send(string userId, Post draft)
    {
        var post = draft with
        {
            Id = Ids.New(),
            CreateAt = world.Now,
            Type = "system_ephemeral",
            CausedBy = CurrentRequest.Value ?? "",
        };
        post = world.Actions.WithCookies(post);
        byUser.GetOrAdd(userId, _ => new Journal<Post>(world.Options.LogLength)).Add(post);
        recent.Add(post);
        world.Changes.Signal();
        world.Hub.Publish(
            "ephemeral_message",
            new Audience(userId, post.ChannelId),
            () => new() { ["post"] = Wire.Text(PostJson.Of(world, post)) }
        );
        return post;
    }

    public IReadOnlyList<Post> Of(string userId) =>
        byUser.TryGetValue(userId, out var journal) ? journal.Snapshot() : [];

    /// <summary>Looked for among the newest only: a command's answer is asked for as soon as it has come.</summary>
    public IReadOnlyList<Post> CausedBy(string requestId) =>
        [.. recent.Snapshot().Where(p => p.CausedBy == requestId)];
}
