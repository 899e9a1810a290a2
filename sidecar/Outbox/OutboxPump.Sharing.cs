using Sidecar.Chat;
using Sidecar.Storage;

namespace Sidecar.Outbox;

/// <content>Which lanes are served here, when several processes share a store.</content>
internal sealed partial class OutboxPump
{
    private const int WaitingAtOnce = 500;

    private readonly ILeases _leases;
    private readonly Dictionary<string, LeaseToken> _serving = new(StringComparer.Ordinal);
    private int _lookForReleased;

    private void ShareWork(Store store)
    {
        if (!_leases.IsShared)
        {
            return;
        }

        _leases.Look += (_, _) => LookAgain();
        store.QueuedElsewhere += isReleased =>
        {
            Interlocked.CompareExchange(ref _lookForReleased, isReleased ? 1 : 0, 0);
            LookAgain();
        };
    }

    private void LookAgain()
    {
        _inbox.LookAgain();
        Signal();
    }

    private bool Serves(QueuedEffect queued) =>
        !Effect.CallHook.Is(queued.Effect.Lane)
        && (!_leases.IsShared || _serving.ContainsKey(WorkShares.Of(queued.Effect.Lane)));

    /// <summary>
    /// Forgets the lanes of shares that were lost, and takes those of shares that were gained from the store: what others
    /// left there they may have sent.
    /// </summary>
    private async Task TakeOver(CancellationToken cancel)
    {
        if (!_leases.IsShared)
        {
            return;
        }

        var gained = LeaveLost();
        var findsReleased = Interlocked.Exchange(ref _lookForReleased, 0) == 1;
        if (gained.Count == 0 && !findsReleased)
        {
            return;
        }

        try
        {
            var waiting = await ReadWaiting(cancel);
            _parked = (await _settlements.ReadParked(cancel)).Count;
            lock (_gate)
            {
                var now = _clock.GetUtcNow();
                foreach (var queued in waiting)
                {
                    var isGained = gained.ContainsKey(WorkShares.Of(queued.Effect.Lane));
                    if (isGained || (findsReleased && Serves(queued)))
                    {
                        var origin = isGained ? EffectOrigin.Inherited : EffectOrigin.Found;
                        if (origin == EffectOrigin.Found)
                        {
                            _settlements.TellAnew(queued.Effect.Lane);
                        }

                        _lanes.Add(Soon(queued, now), origin, now);
                    }
                }

                foreach (var lease in gained.Values)
                {
                    _serving[lease.Name] = lease;
                }
            }
        }
        catch
        {
            _lookForReleased = 1;
            throw;
        }
    }

    private Dictionary<string, LeaseToken> LeaveLost()
    {
        var held = WorkShares
            .All.Select(_leases.Held)
            .OfType<LeaseToken>()
            .ToDictionary(lease => lease.Name, StringComparer.Ordinal);
        lock (_gate)
        {
            _pace.ShareBy(_leases.Sidecars);
            foreach (var (name, lease) in _serving.ToList())
            {
                if (held.GetValueOrDefault(name) != lease)
                {
                    _serving.Remove(name);
                }
            }

            _lanes.KeepOnly(lane => _serving.ContainsKey(WorkShares.Of(lane)));
            return held
                .Values.Where(lease =>
                    !_serving.ContainsKey(lease.Name)
                    && !_lanes.IsLeaving(lane => WorkShares.Of(lane) == lease.Name)
                )
                .ToDictionary(lease => lease.Name, StringComparer.Ordinal);
        }
    }

    private async Task<List<QueuedEffect>> ReadWaiting(CancellationToken cancel)
    {
        List<QueuedEffect> waiting = [];
        IReadOnlyList<QueuedEffect> page;
        do
        {
            var after = waiting.Count > 0 ? waiting[^1].Sequence : 0;
            page = await _inbox.Read(after, WaitingAtOnce, cancel);
            waiting.AddRange(page);
        } while (page.Count == WaitingAtOnce);

        waiting.RemoveAll(q => Effect.CallHook.Is(q.Effect.Lane));
        return waiting;
    }
}
