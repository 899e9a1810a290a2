namespace Mattermost.Simulator;

/// <summary>Which post came of which pending id, for 30 seconds: a client that repeats itself gets the same post.</summary>
internal sealed class PendingPosts(World world)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, (string PostId, long At)> known = new(
        StringComparer.Ordinal
    );
    private readonly Queue<(string PendingId, long At)> oldestFirst = new();

    public string? PostFor(string pendingId)
    {
        Forget();
        return pendingId.Length > 0 && known.TryGetValue(pendingId, out var entry)
            ? entry.PostId
            : null;
    }

    public void Remember(Post post)
    {
        if (post.PendingPostId.Length > 0)
        {
            known[post.PendingPostId] = (post.Id, world.Now);
            oldestFirst.Enqueue((post.PendingPostId, world.Now));
        }
    }

    private void Forget()
    {
        var oldest = world.Now - (long)Kept.TotalMilliseconds;
        while (oldestFirst.TryPeek(out var first) && first.At < oldest)
        {
            oldestFirst.Dequeue();
            if (known.TryGetValue(first.PendingId, out var entry) && entry.At == first.At)
            {
                known.Remove(first.PendingId);
            }
        }
    }
}
