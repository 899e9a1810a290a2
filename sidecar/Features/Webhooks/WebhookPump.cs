using System.Text.Json;
using System.Threading.Channels;
using Sidecar.Chat;
using Sidecar.Outbox;
using Sidecar.Storage;
using Sidecar.Time;

namespace Sidecar.Features.Webhooks;

/// <summary>
/// Delivers what the outbox has for other systems (HOOK-1), apart from what it has for Mattermost: neither holds up the
/// other. Receivers are served side by side, each with one delivery at a time, in the order in which things happened while
/// all is well; a delivery that fails is tried again by itself and does not hold up those behind it.
/// </summary>
internal sealed partial class WebhookPump : BackgroundService
{
    private const int AtOnce = 16;
    private const int PageSize = 500;
    private static readonly TimeSpan LooksAgainAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, HookLane> _lanes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LeaseToken> _serving = new(StringComparer.Ordinal);
    private readonly HashSet<Task> _work = [];
    private readonly List<TaskCompletionSource> _idle = [];
    private readonly CancellationTokenSource _abort = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    private readonly Store _store;
    private readonly OutboxInbox _inbox;
    private readonly HookAttempt _attempt;
    private readonly ILeases _leases;
    private readonly WebhookMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private DateTimeOffset? _wakesAt;
    private int _inFlight;

    public WebhookPump(
        Store store,
        FactTeller teller,
        HookAttempt attempt,
        ILeases leases,
        TimeProvider clock,
        ILogger<WebhookPump> log
    )
    {
        (_store, _attempt, _leases, _clock, _log) = (store, attempt, leases, clock, log);
        _inbox = new OutboxInbox(store.Engine);
        _metrics = new WebhookMetrics(this, State);
        _timer = clock.CreateTimer(
            _ => Awake(),
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        store.Tells = teller.Tell;
        store.Queued += queued =>
        {
            _inbox.Report(queued);
            Signal();
        };
        if (leases.IsShared)
        {
            leases.Look += (_, _) => LookAgain();
            store.QueuedElsewhere += _ => LookAgain();
        }
    }

    /// <summary>When it tries again by itself; null when nothing waits for a time.</summary>
    public DateTimeOffset? WakesAt
    {
        get
        {
            lock (_gate)
            {
                return _wakesAt;
            }
        }
    }

    /// <summary>Completes when nothing can be delivered now: nothing is at work, and all that is left waits for a time.</summary>
    public Task WhenIdle(CancellationToken cancel)
    {
        lock (_gate)
        {
            if (IsIdle())
            {
                return Task.CompletedTask;
            }

            var idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _idle.Add(idle);
            // A timer counts milliseconds: what became ready within one of them is begun now.
            Signal();
            return idle.Task.WaitAsync(cancel);
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // A receiver may take its time; what it has not answered is sent again by whoever comes after.
        await _abort.CancelAsync();
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _metrics.Dispose();
        _timer.Dispose();
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
            Task[] atWork;
            lock (_gate)
            {
                atWork = [.. _work];
            }

            await Task.WhenAll(atWork);
        }
    }

    private void Signal() => _signal.Writer.TryWrite(true);

    private void LookAgain()
    {
        _inbox.LookAgain();
        Signal();
    }

    private async Task<bool> TakeIn(CancellationToken cancel)
    {
        try
        {
            await TakeOver(cancel);
            var taken = await _inbox.Take(cancel);
            lock (_gate)
            {
                foreach (var queued in taken.Where(q => Serves(q.Effect.Lane)))
                {
                    Add(queued);
                }

                _inbox.Taken();
            }

            return true;
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            Log.CantRead(_log, problem);
            lock (_gate)
            {
                WakeAt(_clock.GetUtcNow() + ReadAgainAfter);
            }

            return false;
        }
    }

    private bool Serves(string lane) =>
        Effect.CallHook.Is(lane)
        && (!_leases.IsShared || _serving.ContainsKey(WorkShares.Of(lane)));

    /// <summary>Where several processes share the work: leaves what another one does now, takes over what is ours now.</summary>
    private async Task TakeOver(CancellationToken cancel)
    {
        if (!_leases.IsShared)
        {
            return;
        }

        var held = WorkShares
            .All.Select(_leases.Held)
            .OfType<LeaseToken>()
            .ToDictionary(lease => lease.Name, StringComparer.Ordinal);
        List<LeaseToken> gained;
        lock (_gate)
        {
            foreach (var (name, lease) in _serving.ToList())
            {
                if (held.GetValueOrDefault(name) != lease)
                {
                    _serving.Remove(name);
                }
            }

            foreach (var lane in _lanes.Values.Where(l => !Serves(l.Name)).ToList())
            {
                _lanes.Remove(lane.Name);
            }

            gained = [.. held.Values.Where(lease => !_serving.ContainsKey(lease.Name))];
        }

        if (gained.Count == 0)
        {
            return;
        }

        List<QueuedEffect> waiting = [];
        IReadOnlyList<QueuedEffect> page;
        do
        {
            page = await _inbox.Read(
                waiting.Count > 0 ? waiting[^1].Sequence : 0,
                PageSize,
                cancel
            );
            waiting.AddRange(page);
        } while (page.Count == PageSize);

        lock (_gate)
        {
            foreach (var lease in gained)
            {
                _serving[lease.Name] = lease;
            }

            foreach (var queued in waiting.Where(q => Serves(q.Effect.Lane)))
            {
                Add(queued);
            }
        }
    }

    private void Add(QueuedEffect queued)
    {
        if (Read(queued) is not { } call)
        {
            return;
        }

        if (!_lanes.TryGetValue(queued.Effect.Lane, out var lane))
        {
            lane = _lanes[queued.Effect.Lane] = new HookLane(
                queued.Effect.Lane,
                WebhookId.Read(call.Subscription) ?? default
            );
        }

        lane.Add(
            new WaitingHook(
                queued.Sequence,
                queued.Effect.Id,
                call.Delivery,
                queued.Effect.QueuedAt
            )
            {
                NotBefore = queued.NotBefore,
            }
        );
        if (call.Delivery.Length == 0)
        {
            lane.Wake();
        }
    }

    private static Effect.CallHook? Read(QueuedEffect queued)
    {
        try
        {
            return JsonSerializer.Deserialize(queued.Effect.Body.Span, EffectJson.Default.Effect)
                as Effect.CallHook;
        }
        catch (Exception problem) when (problem is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private void Start(CancellationToken stopping)
    {
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            foreach (var lane in _lanes.Values.ToList())
            {
                if (_inFlight >= AtOnce || stopping.IsCancellationRequested)
                {
                    break;
                }

                if (lane.Next(now) is { } next)
                {
                    lane.IsRunning = true;
                    _inFlight++;
                    var work = Task.Run(() => Serve(lane, next), CancellationToken.None);
                    _work.Add(work);
                    _ = work.ContinueWith(Forget, TaskScheduler.Default);
                }
            }

            // As of the moment at which was looked: what became ready since then must wake us.
            SetTimer(now);
            if (IsIdle())
            {
                _idle.ForEach(i => i.TrySetResult());
                _idle.Clear();
            }
        }
    }

    private void Forget(Task work)
    {
        lock (_gate)
        {
            _work.Remove(work);
        }
    }

    private async Task Serve(HookLane lane, WaitingHook waiting)
    {
        HookOutcome outcome = new HookOutcome.HookLater(_clock.GetUtcNow() + LooksAgainAfter);
        var woken = waiting.Woken;
        using var lease = _leases.Begin(WorkShares.Of(lane.Name));
        try
        {
            if (lease is not null)
            {
                outcome = await _attempt.Make(
                    lane.Subscription,
                    waiting,
                    lane.Failures > 0,
                    _abort.Token
                );
            }
        }
        catch (LeaseLostException)
        {
            // Another process sends it, too: the receiver knows it by its id.
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
            // The process ends; the next one sends it again.
        }
        catch (StoreUnwritableException unwritable)
        {
            Log.NotNoted(_log, waiting.Delivery, unwritable.Message);
        }
        catch (Exception fault)
        {
            Log.Fault(_log, waiting.Delivery, fault);
        }

        lock (_gate)
        {
            _inFlight--;
            lane.IsRunning = false;
            Take(lane, waiting, outcome, isWoken: waiting.Woken != woken);
            if (lane.Count == 0 && _lanes.GetValueOrDefault(lane.Name) == lane)
            {
                _lanes.Remove(lane.Name);
            }

            // At once: whoever is told that all that is left waits for a time must be able to rely on the timer.
            SetTimer(_clock.GetUtcNow());
        }

        Signal();
    }

    private void Take(HookLane lane, WaitingHook waiting, HookOutcome outcome, bool isWoken)
    {
        switch (outcome)
        {
            case HookOutcome.HookSettled settled:
                lane.Remove(waiting);
                if (settled.Answer is { } answer)
                {
                    _metrics.Tried(answer, isDead: !answer.IsTaken);
                }

                if (settled.Answer is { IsTaken: true })
                {
                    lane.Reached();
                }
                else if (settled.Answer is { IsGone: true })
                {
                    // What was held for it is dead, and is taken down as such.
                    lane.Wake();
                }

                break;
            case HookOutcome.HookFailed failed:
                _metrics.Tried(failed.Answer, isDead: false);
                waiting.NotBefore = failed.NotBefore;
                lane.Failures++;
                // The next one may fare better, but a receiver that takes nothing is not asked for each of them.
                var rest = Backoff.After(lane.Failures, TimeSpan.FromSeconds(1), LongestRest);
                lane.NotBefore =
                    _clock.GetUtcNow()
                    + (
                        failed.Answer.RetryAfter is { } wish && wish > rest
                            ? TimeSpan.FromTicks(Math.Min(wish.Ticks, TimeSpan.TicksPerHour))
                            : rest
                    );
                Log.Later(
                    _log,
                    waiting.Delivery,
                    lane.Name,
                    failed.NotBefore,
                    failed.Answer.Problem
                );
                break;
            case HookOutcome.HookLater later:
                // This one alone: those behind it may go. Somebody may have let it go on while it was looked at.
                waiting.NotBefore = isWoken ? null : later.NotBefore;
                break;
        }
    }

    // Under the gate.
    private bool IsIdle()
    {
        var now = _clock.GetUtcNow();
        return _inbox.IsEmpty && _inFlight == 0 && _lanes.Values.All(l => l.Next(now) is null);
    }

    private void SetTimer(DateTimeOffset now)
    {
        var due = _lanes
            .Values.Select(l => l.NextAt(now))
            .OfType<DateTimeOffset>()
            .Where(at => at < DateTimeOffset.MaxValue)
            .ToList();
        // What is ready waits for a place, and whoever leaves one signals.
        WakeAt(due.Count > 0 && due.Min() > now ? due.Min() : null);
    }

    private void WakeAt(DateTimeOffset? due)
    {
        if (due == _wakesAt)
        {
            return;
        }

        _wakesAt = due;
        _timer.Change(
            due is { } at
                ? TimeSpan.FromMilliseconds(
                    Math.Max(0, Math.Ceiling((at - _clock.GetUtcNow()).TotalMilliseconds))
                )
                : Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    private void Awake()
    {
        lock (_gate)
        {
            _wakesAt = null;
        }

        Signal();
    }

    private (int Waiting, double OldestAge) State()
    {
        lock (_gate)
        {
            var oldest = _lanes
                .Values.Select(l => l.Oldest)
                .OfType<DateTimeOffset>()
                .DefaultIfEmpty(_clock.GetUtcNow())
                .Min();
            return (
                _lanes.Values.Sum(l => l.Count),
                Math.Max(0, (_clock.GetUtcNow() - oldest).TotalSeconds)
            );
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "{Delivery} was not delivered to {Lane} and is tried again at {At}: {Problem}"
        )]
        public static partial void Later(
            ILogger log,
            string delivery,
            string lane,
            DateTimeOffset at,
            string problem
        );

        [LoggerMessage(Level = LogLevel.Error, Message = "Delivering {Delivery} failed")]
        public static partial void Fault(ILogger log, string delivery, Exception fault);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "What became of {Delivery} could not be noted: {Problem}"
        )]
        public static partial void NotNoted(ILogger log, string delivery, string problem);

        [LoggerMessage(Level = LogLevel.Error, Message = "The outbox can't be read")]
        public static partial void CantRead(ILogger log, Exception problem);
    }
}
