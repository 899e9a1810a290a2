using Sidecar.Ids;

namespace Sidecar.Mattermost;

/// <summary>
/// Reactions to posts that are not known as ours. One of them may have been posted a moment ago, before we are told its
/// id; most are other people's, and are remembered in vain.
/// </summary>
internal sealed class PendingReactions
{
    private const int Most = 1_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<HeardReaction> _reactions = [];

    public void Add(HeardReaction reaction)
    {
        lock (_gate)
        {
            _reactions.AddLast(reaction);
            if (_reactions.Count > Most)
            {
                _reactions.RemoveFirst();
            }
        }
    }

    public void Remove(HeardReaction reaction)
    {
        lock (_gate)
        {
            _reactions.Remove(reaction);
        }
    }

    /// <summary>Those to a post that turned out to be ours; they are strangers no more.</summary>
    public IReadOnlyList<HeardReaction> Take(PostId post)
    {
        lock (_gate)
        {
            List<HeardReaction> ours = [.. _reactions.Where(r => r.Post == post)];
            ours.ForEach(r => _reactions.Remove(r));
            return ours;
        }
    }
}
