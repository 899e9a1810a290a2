using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Outbox;

/// <summary>
/// Notices that other people may read a channel that was marked as internal (ASG-4): then it is looked at now, not when
/// its turn comes. Told by way of a due time, which also survives a restart.
/// </summary>
internal sealed class ChangedReaders(Store store, TimeProvider clock)
{
    private const int Most = 100;

    /// <summary>Mattermost says that somebody came into a channel, or that something about it changed.</summary>
    /// <exception cref="StoreUnwritableException">Nothing can be stored at the moment.</exception>
    public async Task Heard(ChannelId channel, CancellationToken cancel)
    {
        if (await store.Find(InternalChannel.Kind, channel.Value, cancel) is not null)
        {
            await Look([channel.Value], cancel);
        }
    }

    /// <summary>Somebody may have come into any of them.</summary>
    /// <exception cref="StoreUnwritableException">Nothing can be stored at the moment.</exception>
    public async Task HeardNothing(CancellationToken cancel)
    {
        var all = await store.List(
            InternalChannel.Kind,
            InternalChannel.ByName,
            IndexKey.Empty,
            null,
            Most,
            cancel
        );
        if (all.Items.Count > 0)
        {
            await Look(all.Items.Select(c => c.Id), cancel);
        }
    }

    private async Task Look(IEnumerable<string> channels, CancellationToken cancel)
    {
        var change = new Change(clock.GetUtcNow(), nameof(ChangedReaders));
        foreach (var channel in channels)
        {
            change.Due(InternalChannel.ReadersChanged, channel, change.Now);
        }

        await store.Commit(change, cancel);
    }
}
