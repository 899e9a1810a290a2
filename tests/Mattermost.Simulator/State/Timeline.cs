namespace Mattermost.Simulator;

/// <summary>The posts of one channel in the order they came, so that no read has to look at the posts of others.</summary>
internal sealed class Timeline
{
    private readonly List<string> order = [];
    private readonly List<(long At, string PostId)> changes = [];
    private readonly Dictionary<string, long> lastChange = new(StringComparer.Ordinal);
    private readonly HashSet<string> pinned = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> replies = new(StringComparer.Ordinal);

    public int Count => order.Count;

    public string this[int position] => order[position];

    public IReadOnlyCollection<string> Pinned => pinned;

    public void Add(Post post)
    {
        order.Add(post.Id);
        if (post.RootId.Length > 0)
        {
            if (!replies.TryGetValue(post.RootId, out var thread))
            {
                replies.Add(post.RootId, thread = []);
            }

            thread.Add(post.Id);
        }

        Touched(post);
    }

    public void Touched(Post post)
    {
        _ = post is { IsPinned: true, DeleteAt: 0 } ? pinned.Add(post.Id) : pinned.Remove(post.Id);
        // What is stored without being changed (a root that counts a reply) is no news.
        if (lastChange.TryGetValue(post.Id, out var last) && last == post.UpdateAt)
        {
            return;
        }

        lastChange[post.Id] = post.UpdateAt;
        var at = changes.Count;
        while (at > 0 && changes[at - 1].At > post.UpdateAt)
        {
            at--;
        }

        changes.Insert(at, (post.UpdateAt, post.Id));
    }

    /// <summary>An old version of a post that is remembered no more.</summary>
    public void Forget(Post post)
    {
        lastChange.Remove(post.Id);
        changes.RemoveAt(changes.FindIndex(c => c.PostId == post.Id));
    }

    public IReadOnlyList<string> RepliesTo(string rootId) =>
        replies.GetValueOrDefault(rootId) ?? [];

    /// <summary>The posts that changed after a time, each once.</summary>
    public IReadOnlySet<string> ChangedSince(long time)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var i = changes.Count - 1; i >= 0 && changes[i].At > time; i--)
        {
            found.Add(changes[i].PostId);
        }

        return found;
    }
}
