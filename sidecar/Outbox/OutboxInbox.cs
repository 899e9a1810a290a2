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
                return !_busy && _reported.Count == 0;
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

    /// <summary>What is new, in order. Until <see cref="Taken"/> is called the inbox does not count as empty.</summary>
    public async Task<IReadOnlyList<QueuedEffect>> Take(CancellationToken cancel)
    {
        List<QueuedEffect> reported;
        lock (_gate)
        {
            (reported, _reported, _busy) = (_reported, [], true);
        }

        List<QueuedEffect> taken = [];
        reported.Sort((a, b) => a.Sequence.CompareTo(b.Sequence));
        foreach (var queued in reported.Where(q => q.Sequence > _last))
        {
            if (_behind || queued.Sequence != _last + 1)
            {
                _behind = true;
                break;
            }

            taken.Add(queued);
            _last = queued.Sequence;
        }

        if (_behind)
        {
            await Read(taken, cancel);
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

    private async Task Read(List<QueuedEffect> taken, CancellationToken cancel)
    {
        var after = _last;
        IReadOnlyList<QueuedEffect> page;
        do
        {
            page = await engine.ReadOutbox(after, PageSize, cancel);
            taken.AddRange(page);
            after = page.Count > 0 ? page[^1].Sequence : after;
        } while (page.Count == PageSize);
        (_last, _behind) = (after, false);
    }
}
