using Sidecar.Storage;

namespace Sidecar.Outbox;

/// <summary>
/// Brings queued effects to the pump in the order of their commits. Commits that end at the same time report in any
/// order; a card that is shown out of order would stay wrong, so wherever the numbers have a gap the store is asked.
/// </summary>
internal sealed class OutboxInbox(IStoreEngine engine)
{
    private const int PageSize = 500;

    private readonly Lock _gate = new();
    private List<QueuedEffect> _reported = [];
    private bool _busy = true;
    private bool _behind = true;
    private long _last;

    /// <summary>Everything committed so far was taken.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return !_busy && !_behind && _reported.Count == 0;
            }
        }
    }

    /// <summary>A commit queued effects.</summary>
    public void Report(IReadOnlyList<QueuedEffect> queued)
    {
        lock (_gate)
        {
            _reported.AddRange(queued);
        }
    }

    /// <summary>There may be more than was reported: the store is asked.</summary>
    public void LookAgain()
    {
        lock (_gate)
        {
            _behind = true;
        }
    }

    /// <summary>What is new, in order. Until <see cref="Taken"/> is called the inbox does not count as empty.</summary>
    public async Task<IReadOnlyList<QueuedEffect>> Take(CancellationToken cancel)
    {
        List<QueuedEffect> reported;
        bool isBehind;
        lock (_gate)
        {
            (reported, _reported, _busy) = (_reported, [], true);
            // Whoever asks for it while the store is being read gets another look.
            (isBehind, _behind) = (_behind, false);
        }

        List<QueuedEffect> taken = [];
        var last = _last;
        reported.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
        foreach (var queued in reported.Where(q => q.Sequence > _last))
        {
            if (isBehind || queued.Sequence != last + 1)
            {
                isBehind = true;
                break;
            }

            taken.Add(queued);
            last = queued.Sequence;
        }

        try
        {
            _last = isBehind ? await Read(last, taken, cancel) : last;
        }
        catch
        {
            // Nothing was taken: the next look reads all of it.
            LookAgain();
            throw;
        }

        return taken;
    }

    /// <summary>What was taken has been put where it belongs.</summary>
    public void Taken()
    {
        lock (_gate)
        {
            _busy = false;
        }
    }

    /// <summary>What waits in the store, whether it was taken or not.</summary>
    public ValueTask<IReadOnlyList<QueuedEffect>> Read(
        long after,
        int limit,
        CancellationToken cancel
    ) => engine.ReadOutbox(after, limit, cancel);

    private async Task<long> Read(long after, List<QueuedEffect> taken, CancellationToken cancel)
    {
        IReadOnlyList<QueuedEffect> page;
        do
        {
            page = await engine.ReadOutbox(after, PageSize, cancel);
            taken.AddRange(page);
            after = page.Count > 0 ? page[^1].Sequence : after;
        } while (page.Count == PageSize);
        return after;
    }
}
