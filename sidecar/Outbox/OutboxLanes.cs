using Sidecar.Storage;

namespace Sidecar.Outbox;

/// <summary>All lanes with something in them: which are ready in fair order, which wait for a time. Not safe for threads.</summary>
/// <param name="keptWhole">
/// That many effects are kept in memory as a whole. Of the rest, which can be a day's worth while Mattermost is down, only
/// that they are there.
/// </param>
internal sealed class OutboxLanes(int keptWhole)
{
    private readonly Dictionary<string, OutboxLane> _lanes = new(StringComparer.Ordinal);
    private readonly HashSet<OutboxLane> _leaving = [];
    private Queue<OutboxLane> _ready = [];
    private Queue<OutboxLane> _errands = [];
    private readonly PriorityQueue<(OutboxLane Lane, int Ticket), DateTimeOffset> _waiting = new();

    /// <summary>How many effects there are.</summary>
    public int Count { get; private set; }

    /// <summary>When the oldest effect was queued.</summary>
    public DateTimeOffset? Oldest =>
        _lanes.Count == 0 ? null : _lanes.Values.Min(l => l.Head.QueuedAt);

    public OutboxLane? Find(string name) => _lanes.GetValueOrDefault(name);

    /// <param name="queued">An effect.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="now">The time.</param>
    public void Add(QueuedEffect queued, EffectOrigin origin, DateTimeOffset now)
    {
        var name = queued.Effect.Lane;
        if (!_lanes.TryGetValue(name, out var lane))
        {
            lane = _lanes[name] = new OutboxLane(name);
        }

        var entry = new OutboxEntry(queued, lane, origin, keep: Count < keptWhole);
        if (!(origin == EffectOrigin.Released ? lane.AddAnew(entry) : lane.Add(entry)))
        {
            return;
        }

        Count++;
        // Within a lane one waits for the other, so of what an earlier life left only the first can have been sent.
        entry.MayHaveArrived |=
            origin == EffectOrigin.Inherited && ReferenceEquals(lane.Head, entry);
        if (lane.Count == 1)
        {
            lane.NotBefore = queued.NotBefore;
            Queue(lane, now);
        }
    }

    /// <summary>Whether an errand could be run now.</summary>
    public bool HasErrand(DateTimeOffset now)
    {
        WakeDue(now);
        return _errands.Count > 0;
    }

    /// <summary>Whether a lane could be served now; those of errands do not count.</summary>
    public bool HasReady(DateTimeOffset now)
    {
        WakeDue(now);
        return _ready.Count > 0;
    }

    /// <summary>When the next waiting lane is due.</summary>
    public DateTimeOffset? NextDue()
    {
        while (_waiting.TryPeek(out var next, out var due))
        {
            if (next.Ticket == next.Lane.Ticket)
            {
                return due;
            }

            _waiting.Dequeue();
        }

        return null;
    }

    /// <summary>The lane whose turn it is; there must be one.</summary>
    public OutboxLane Take() => Taken(_ready);

    /// <summary>Like <see cref="Take"/>, of those with errands.</summary>
    public OutboxLane TakeErrand() => Taken(_errands);

    private static OutboxLane Taken(Queue<OutboxLane> ready)
    {
        var lane = ready.Dequeue();
        lane.IsRunning = true;
        return lane;
    }

    /// <summary>Forgets the lanes that another process serves now; one that is at work is forgotten when that ends.</summary>
    public void KeepOnly(Func<string, bool> isServed)
    {
        List<OutboxLane> gone = [.. _lanes.Values.Where(lane => !isServed(lane.Name))];
        foreach (var lane in gone)
        {
            _lanes.Remove(lane.Name);
            Count -= lane.Count;
            lane.Ticket++;
            if (lane.IsRunning)
            {
                _leaving.Add(lane);
            }
        }

        if (gone.Count > 0)
        {
            _ready = new Queue<OutboxLane>(_ready.Except(gone));
            _errands = new Queue<OutboxLane>(_errands.Except(gone));
        }
    }

    /// <summary>Whether a lane that is not served any more is still at work.</summary>
    public bool IsLeaving(Func<string, bool> fits) => _leaving.Any(lane => fits(lane.Name));

    /// <summary>A delivery has ended and what it settled is gone.</summary>
    public void GiveBack(OutboxLane lane, IReadOnlyList<OutboxEntry> settled, DateTimeOffset now)
    {
        if (_leaving.Remove(lane))
        {
            return;
        }

        foreach (var entry in settled)
        {
            Count -= lane.Remove(entry) ? 1 : 0;
        }

        lane.IsRunning = false;
        if (lane.Count == 0)
        {
            _lanes.Remove(lane.Name);
        }
        else
        {
            Queue(lane, now);
        }
    }

    /// <summary>What failed is tried again now: the reason to wait has gone.</summary>
    public void WakeAll(DateTimeOffset now)
    {
        foreach (var lane in _lanes.Values)
        {
            Wake(lane, now);
        }
    }

    public void Wake(OutboxLane lane, DateTimeOffset now)
    {
        if (!lane.IsRunning && lane.NotBefore > now)
        {
            lane.NotBefore = null;
            lane.IsEarly = true;
            Queue(lane, now);
        }
    }

    private void WakeDue(DateTimeOffset now)
    {
        while (NextDue() is { } due && due <= now)
        {
            var (lane, _) = _waiting.Dequeue();
            lane.NotBefore = null;
            lane.IsEarly = false;
            Queue(lane, now);
        }
    }

    private void Queue(OutboxLane lane, DateTimeOffset now)
    {
        lane.Ticket++;
        if (lane.NotBefore is { } due && due > now)
        {
            _waiting.Enqueue((lane, lane.Ticket), due);
        }
        else
        {
            (lane.IsOfErrands ? _errands : _ready).Enqueue(lane);
        }
    }
}
