namespace Mattermost.Simulator;

/// <summary>A post that came onto the screens of a channel, or looks otherwise than before, as it was then.</summary>
internal sealed record Appearance(long Number, Post Post);

/// <summary>What came onto the screens, in order, so that a test can tell what somebody saw after they did something.</summary>
internal sealed class Appearances
{
    private readonly Journal<Appearance> newest = new(2_000);
    private long last;

    /// <summary>The number of the last one; what comes later has a higher one.</summary>
    public long Last => Interlocked.Read(ref last);

    public void Posted(Post post)
    {
        if (!post.IsSystemMessage)
        {
            Add(post);
        }
    }

    /// <summary>A change that nobody can see, such as of a prop, is none.</summary>
    public void Changed(Post old, Post post)
    {
        if (PostText.Of(old) != PostText.Of(post))
        {
            Add(post);
        }
    }

    /// <summary>What came after one and up to another, each post as it was last.</summary>
    public IReadOnlyList<Post> Between(long after, long until) =>
        [
            .. newest
                .Snapshot()
                .Where(a => a.Number > after && a.Number <= until)
                .GroupBy(a => a.Post.Id, StringComparer.Ordinal)
                .Select(g => g.Last().Post),
        ];

    private void Add(Post post) =>
        newest.Add(new Appearance(Interlocked.Increment(ref last), post));
}
