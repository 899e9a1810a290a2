using System.Collections.Concurrent;
using Sidecar.Chat;
using Sidecar.Ids;

namespace Sidecar.Storage;

/// <summary>
/// Notices that a channel got another name. Links are made of names, so whatever shows one wants to know. It is told by
/// way of a due time, which also survives a restart.
/// </summary>
internal sealed class RenamedChannels(Store store, TimeProvider clock)
{
    /// <summary>The kind of due times that a channel sets when it is renamed; their id is the channel's.</summary>
    public const string Kind = "channel.renamed";

    private const int MostRemembered = 10_000;

    // Headers and purposes change far more often than names, and are told in the same words.
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>Mattermost says that something about a channel changed.</summary>
    /// <exception cref="StoreUnwritableException">Nothing can be stored at the moment.</exception>
    public async Task Heard(NamedChannel channel, CancellationToken cancel)
    {
        if (_names.GetValueOrDefault(channel.Id.Value) == channel.Name)
        {
            return;
        }

        await Look(channel.Id, cancel);
        if (_names.Count >= MostRemembered)
        {
            _names.Clear();
        }

        _names[channel.Id.Value] = channel.Name;
    }

    /// <summary>Whatever shows a channel looks at it again: more than its name may have changed.</summary>
    /// <exception cref="StoreUnwritableException">Nothing can be stored at the moment.</exception>
    public async Task Look(ChannelId channel, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await store.Commit(
            new Change(now, nameof(RenamedChannels)).Due(Kind, channel.Value, now),
            cancel
        );
    }
}
