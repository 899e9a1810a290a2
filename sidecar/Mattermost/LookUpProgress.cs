using Sidecar.Ids;

namespace Sidecar.Mattermost;

/// <summary>How far the tries to look up what was missed have come.</summary>
internal sealed class LookUpProgress
{
    private readonly HashSet<ChannelId> _channels = [];
    private readonly HashSet<PostId> _posts = [];
    private readonly Dictionary<ChannelId, int> _failures = [];

    /// <summary>Those that are still to be looked through; who failed comes last.</summary>
    public IReadOnlyList<ChannelId> Left(IEnumerable<ChannelId> channels) =>
        [
            .. channels
                .Where(c => !_channels.Contains(c))
                .OrderBy(c => _failures.GetValueOrDefault(c)),
        ];

    /// <summary>Nothing is left to look up there.</summary>
    public void Done(ChannelId channel) => _channels.Add(channel);

    /// <summary>Nobody has reacted to it.</summary>
    public void Done(PostId post) => _posts.Add(post);

    public bool IsDone(PostId post) => _posts.Contains(post);

    /// <returns>How often it has failed.</returns>
    public int Failed(ChannelId channel) =>
        _failures[channel] = _failures.GetValueOrDefault(channel) + 1;
}
