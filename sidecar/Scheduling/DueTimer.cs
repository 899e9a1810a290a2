using Sidecar.Storage;

namespace Sidecar.Scheduling;

/// <summary>
/// Keeps when the next thing falls due, from what commits tell and from what the store says, and lets the process be
/// woken then. It never believes a time that is too late: what a commit tells while the store is being asked counts.
/// </summary>
internal sealed class DueTimer
{
    /// <summary>The least time between two looks, so that a task that is always due again at once can't keep the processor busy.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private DateTimeOffset? _told;
    private bool _looking;

    public DueTimer(Store store, TimeProvider clock)
    {
        _clock = clock;
        store.DueSet = Told;
    }

    /// <summary>Told how long it is until somebody has to look. Set once, by what wakes the process.</summary>
    public Action<TimeSpan>? Wake { get; set; }

    /// <summary>When the next thing falls due or is tried again, UTC; null when nothing will.</summary>
    public DateTimeOffset? At { get; private set; }

    /// <summary>How long the earliest that is known of should have been looked at; zero when nothing is due.</summary>
    public TimeSpan Overdue
    {
        get
        {
            lock (_gate)
            {
                return _clock.GetUtcNow() - At is { } late && late > TimeSpan.Zero
                    ? late
                    : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Somebody looks, and will say what comes next.</summary>
    public void Looking()
    {
        lock (_gate)
        {
            _looking = true;
        }
    }

    /// <summary>The store is about to be asked: only what commits tell from now on may be news to the answer.</summary>
    public void Asking()
    {
        lock (_gate)
        {
            _told = null;
        }
    }

    /// <summary>All that was due has been looked at.</summary>
    /// <param name="next">What comes next as the store said it; null when nothing does.</param>
    public void Looked(DateTimeOffset? next)
    {
        lock (_gate)
        {
            _looking = false;
            next = _told < next || next is null ? _told : next;
            At = next;
        }

        Set(next, Breath);
    }

    /// <summary>It could not be looked. Somebody looks again at the next heartbeat, and not sooner.</summary>
    public void NotLooked()
    {
        lock (_gate)
        {
            (_looking, _told, At) = (false, null, null);
        }
    }

    private void Told(IReadOnlyList<DueTime> due)
    {
        var earliest = due.Min(d => d.At);
        lock (_gate)
        {
            _told = earliest < _told || _told is null ? earliest : _told;
            if (earliest is null || At <= earliest)
            {
                return;
            }

            At = earliest;
            if (_looking)
            {
                return;
            }
        }

        Set(earliest, TimeSpan.Zero);
    }

    private void Set(DateTimeOffset? at, TimeSpan least)
    {
        if (at - _clock.GetUtcNow() is { } wait)
        {
            Wake?.Invoke(wait > least ? wait : least);
        }
    }
}
