using System.Threading.Channels;
using Sidecar.Chat;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Outbox;

/// <summary>
/// Delivers the outbox: in order within a lane, lanes side by side, each effect once in effect whatever fails in between.
/// </summary>
/// <remarks>
/// A lane whose delivery failed waits without blocking others. Trouble that passes is tried again for ever; what is
/// refused is parked with the reason, and the lane goes on. A lane is served by one pump at a time: where several
/// processes share a store, each pump serves the lanes of the shares that it holds.
/// </remarks>
internal sealed partial class OutboxPump : BackgroundService
{
    private const int MostFaults = 5;
    private const int MostServersFaults = 8;
    private const int Troubled = 3;
    private static readonly TimeSpan TroubleThatPasses = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongTrouble = TimeSpan.FromHours(1);
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly OutboxLanes _lanes;
    private readonly HashSet<Task> _deliveries = [];
    private readonly List<TaskCompletionSource> _idle = [];
    private readonly CancellationTokenSource _abort = new();
    private readonly CancellationTokenSource _ends = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    private readonly OutboxInbox _inbox;
    private readonly OutboxDelivery _delivery;
    private readonly OutboxSettlements _settlements;
    private readonly OutboxMetrics _metrics;
    private readonly OutboxOptions _options;
    private readonly RateLimit _pace;
    private readonly ITimer _timer;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    private EffectOrigin _origin = EffectOrigin.Inherited;
    private DateTimeOffset? _heldUntil;
    private DateTimeOffset? _wakesAt;
    private DateTimeOffset? _lockedOutSince;
    private int _failuresInARow;
    private int _busyInARow;
    private string? _lastProblem;
    private long _delivered;
    private int _inFlight;
    private int _errands;
    private int _parked;

    public OutboxPump(
        Store store,
        IChat chat,
        PeopleDirectory people,
        OutboxFiles files,
        OutboxOptions options,
        TimeProvider clock,
        ILogger<OutboxPump> log,
        ILeases? leases = null,
        OutboxErrands? errands = null
    )
    {
        (_options, _clock, _log) = (options, clock, log);
        _leases = leases ?? new AllLeases();
        _lanes = new OutboxLanes(options.KeptWhole);
        _inbox = new OutboxInbox(store.Engine);
        _delivery = new OutboxDelivery(
            store,
            chat,
            people,
            files,
            errands ?? new OutboxErrands([]),
            Spend
        );
        _settlements = new OutboxSettlements(store, new RefusalNotice(options), chat, clock);
        _metrics = new OutboxMetrics(this, () => Health, clock);
        _pace = new RateLimit(options.PerSecond, options.Burst, clock);
        _timer = clock.CreateTimer(
            _ => Awake(),
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        store.Queued += Accept;
        ShareWork(store);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // An errand may take long, and is begun again by whoever comes after.
        await _ends.CancelAsync();
        await using var abort = cancellationToken.Register(_abort.Cancel);
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _metrics.Dispose();
        _timer.Dispose();
        _ends.Cancel();
        _abort.Cancel();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                if (await TakeIn(stoppingToken))
                {
                    Start(stoppingToken);
                }

                await _signal.Reader.ReadAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(AtWork());
        }
    }

    private Task[] AtWork()
    {
        lock (_gate)
        {
            return [.. _deliveries];
        }
    }

    private void Accept(IReadOnlyList<QueuedEffect> queued)
    {
        _inbox.Report(queued);
        Signal();
    }

    private void Spend()
    {
        lock (_gate)
        {
            _pace.Spend();
        }
    }

    private void Signal() => _signal.Writer.TryWrite(true);

    private async Task<bool> TakeIn(CancellationToken cancel)
    {
        try
        {
            if (_origin == EffectOrigin.Inherited)
            {
                _parked = (await _settlements.ReadParked(cancel)).Count;
            }

            await TakeOver(cancel);
            var taken = await _inbox.Take(cancel);
            lock (_gate)
            {
                var now = _clock.GetUtcNow();
                foreach (var queued in taken.Where(Serves))
                {
                    _lanes.Add(Soon(queued, now), _origin, now);
                }

                _origin = EffectOrigin.Fresh;
                _inbox.Taken();
            }

            return true;
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            Log.CantRead(_log, problem);
            lock (_gate)
            {
                var now = _clock.GetUtcNow();
                WakeAt(now + ReadAgainAfter, now);
            }

            return false;
        }
    }

    /// <summary>What an earlier life put off for longer than this one would, or by a clock that was ahead.</summary>
    private QueuedEffect Soon(QueuedEffect queued, DateTimeOffset now) =>
        queued.NotBefore > now + _options.LongestRetry
            ? queued with
            {
                NotBefore = now + _options.LongestRetry,
            }
            : queued;

    private void Start(CancellationToken stopping)
    {
        lock (_gate)
        {
            while (!stopping.IsCancellationRequested && CanStart(_clock.GetUtcNow()))
            {
                _pace.Spend();
                _inFlight++;
                Begin(_lanes.Take());
            }

            while (!stopping.IsCancellationRequested && CanRunErrand(_clock.GetUtcNow()))
            {
                _errands++;
                Begin(_lanes.TakeErrand());
            }

            SetTimer(_clock.GetUtcNow());

            // What fell due between the last look and the timer has neither been started nor will a timer wake for it.
            var later = _clock.GetUtcNow();
            if (CanStart(later) || CanRunErrand(later))
            {
                Signal();
            }
            else if (IsIdle())
            {
                _idle.ForEach(i => i.TrySetResult());
                _idle.Clear();
            }
        }
    }

    private void Begin(OutboxLane lane)
    {
        var batch = lane.Next();
        var delivery = Task.Run(() => Serve(lane, batch), CancellationToken.None);
        _deliveries.Add(delivery);
        _ = delivery.ContinueWith(Forget, TaskScheduler.Default);
    }

    private void Forget(Task delivery)
    {
        lock (_gate)
        {
            _deliveries.Remove(delivery);
        }
    }

    // While the token is not accepted one request at a time finds out whether it is again.
    private bool CanStart(DateTimeOffset now) =>
        _inFlight < (_lockedOutSince is null ? _options.Lanes : 1)
        && !(_heldUntil > now)
        && _lanes.HasReady(now)
        && _pace.Wait() == TimeSpan.Zero;

    // One at a time, beside what is delivered: it reads much, and keeps nobody's message.
    private bool CanRunErrand(DateTimeOffset now) => _errands == 0 && _lanes.HasErrand(now);

    private bool IsIdle()
    {
        var now = _clock.GetUtcNow();
        return _inbox.IsEmpty
            && _inFlight == 0
            && _errands == 0
            && !CanStart(now)
            && !CanRunErrand(now);
    }

    private void SetTimer(DateTimeOffset now)
    {
        var due = _lanes.HasReady(now) ? now + _pace.Wait() : _lanes.NextDue();
        if (_heldUntil > due)
        {
            due = _heldUntil;
        }

        // What ends signals by itself; a timer is only for what waits.
        WakeAt(due > now ? due : null, now);
    }

    // A timer that is already set for that instant stays: setting it again would count from a later now.
    private void WakeAt(DateTimeOffset? due, DateTimeOffset now)
    {
        if (due == _wakesAt)
        {
            return;
        }

        _wakesAt = due;
        var wait = due is { } at
            ? TimeSpan.FromMilliseconds(Math.Ceiling((at - now).TotalMilliseconds))
            : Timeout.InfiniteTimeSpan;
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void Awake()
    {
        lock (_gate)
        {
            _wakesAt = null;
        }

        Signal();
    }
}
