using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Features.Escalations.Lists;

/// <summary>Reads the lists of escalations.</summary>
internal sealed class EscalationLists(Store store)
{
    /// <summary>Beyond this a rank is not counted, so that it stays quick.</summary>
    public const int RankedUpTo = 1000;

    /// <summary>A page of a list, as long as people read it in a message.</summary>
    public ValueTask<Page<Escalation>> Page(
        EscalationList list,
        IndexPosition? after,
        CancellationToken cancel
    ) => Page(list, after, EscalationList.PageSize, cancel);

    /// <summary>A page of a list.</summary>
    public ValueTask<Page<Escalation>> Page(
        EscalationList list,
        IndexPosition? after,
        int size,
        CancellationToken cancel
    ) =>
        list.IsNarrowed
            ? Narrowed(list, after, size, cancel)
            : store.List(EscalationIndexes.Kind, list.Index, list.Prefix, after, size, cancel);

    /// <summary>
    /// A page of what is in several lists. It stops after a bounded amount of reading, with fewer than it takes: the next
    /// page goes on behind what was read.
    /// </summary>
    private async ValueTask<Page<Escalation>> Narrowed(
        EscalationList list,
        IndexPosition? after,
        int size,
        CancellationToken cancel
    )
    {
        var found = new List<Versioned<Escalation>>();
        var read = 0;
        do
        {
            var page = await store.List(
                EscalationIndexes.Kind,
                list.Index,
                list.Prefix,
                after,
                AtOnce,
                cancel
            );
            foreach (var item in page.Items)
            {
                read++;
                if (!list.Holds(item.Value))
                {
                    continue;
                }

                if (found.Count == size)
                {
                    return new Page<Escalation>(found, list.PositionOf(found[^1].Value));
                }

                found.Add(item);
            }

            after = page.Next;
        } while (after is not null && read < ReadUpTo);

        return new Page<Escalation>(found, after);
    }

    private const int AtOnce = 200;

    /// <summary>So many are read of a list that is narrowed by another one.</summary>
    public const int ReadUpTo = 2000;

    /// <summary>The escalation whose incident channel this is; null for every other channel.</summary>
    public async ValueTask<Escalation?> OwnOf(ChannelId channel, CancellationToken cancel) =>
        (
            await store.List(
                EscalationIndexes.Kind,
                EscalationIndexes.ByIncidentChannel,
                IndexKey.Empty.Then(channel.Value),
                null,
                1,
                cancel
            )
        ).Items
            is [var own, ..]
            ? own.Value
            : null;

    /// <summary>What belongs to a channel; its own is in it as long as there is the channel.</summary>
    public async ValueTask<EscalationList> Here(ChannelId channel, CancellationToken cancel) =>
        EscalationList.Of(channel) with
        {
            WithTheRest = await OwnOf(channel, cancel) is not null,
        };

    /// <summary>How many a list holds, counted up to a limit so that it stays quick.</summary>
    public ValueTask<int> Count(EscalationList list, CancellationToken cancel) =>
        Count(list, EscalationList.CountedUpTo, cancel);

    /// <summary>How many a list holds, counted up to another limit.</summary>
    public ValueTask<int> Count(EscalationList list, int upTo, CancellationToken cancel) =>
        store.Count(EscalationIndexes.Kind, list.Index, list.Prefix, upTo, cancel);

    /// <summary>How many a list holds as far as that is quick, and whether those are all.</summary>
    public async ValueTask<(int Count, bool IsAll)> Tally(
        EscalationList list,
        CancellationToken cancel
    )
    {
        if (!list.IsNarrowed)
        {
            var count = await Count(list, cancel);
            return count < EscalationList.CountedUpTo ? (count, true) : (count - 1, false);
        }

        var page = await Narrowed(list, null, EscalationList.CountedUpTo, cancel);
        return (page.Items.Count, page.Next is null);
    }

    /// <summary>An open escalation’s place among all open ones, from 1, and its neighbours.</summary>
    /// <param name="escalation">Which.</param>
    /// <param name="list">All open ones, in the reader’s order.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<(Escalation? Before, int Place, Escalation? After)> Around(
        Escalation escalation,
        EscalationList list,
        CancellationToken cancel
    )
    {
        var at = list.PositionOf(escalation);
        var place = await store.CountBefore(
            EscalationIndexes.Kind,
            list.Index,
            list.Prefix,
            at,
            RankedUpTo,
            cancel
        );
        return (
            await Neighbour(list, at, backwards: true, cancel),
            place + 1,
            await Neighbour(list, at, backwards: false, cancel)
        );
    }

    private async ValueTask<Escalation?> Neighbour(
        EscalationList list,
        IndexPosition at,
        bool backwards,
        CancellationToken cancel
    )
    {
        var page = await store.List(
            EscalationIndexes.Kind,
            list.Index,
            list.Prefix,
            at,
            1,
            cancel,
            backwards
        );
        return page.Items is [var next, ..] ? next.Value : null;
    }

    /// <summary>What has all of the words, in the order of the lists.</summary>
    public ValueTask<SearchPage<Escalation>> Find(SearchQuery query, CancellationToken cancel) =>
        store.Search(
            EscalationIndexes.Kind,
            EscalationIndexes.ByWord,
            query,
            new SearchFor<Escalation>(EscalationList.PageSize),
            cancel
        );
}
