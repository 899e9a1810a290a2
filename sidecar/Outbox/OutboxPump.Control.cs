using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.Outbox;

/// <content>What others see of the pump and can ask of it.</content>
internal sealed partial class OutboxPump
{
    /// <summary>How it is doing, for health checks and <c>doctor</c>.</summary>
    public OutboxHealth Health
    {
        get
        {
            lock (_gate)
            {
                return new OutboxHealth(
                    _lanes.Count,
                    _parked,
                    _inFlight,
                    _lanes.Oldest,
                    _heldUntil > _clock.GetUtcNow() ? _heldUntil : null,
                    _lockedOutSince
                )
                {
                    IsFailing = _failuresInARow >= Troubled && _lanes.Count > 0,
                    LastProblem = _lastProblem,
                };
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

    /// <summary>Puts a parked effect back into the queue at its old place.</summary>
    /// <returns>How many were: none when it is not parked any more.</returns>
    public Task<int> Release(EffectId effect, CancellationToken cancel) =>
        Release(parked => parked.Effect.Id == effect, cancel);

    /// <summary>Puts all parked effects of a lane back into the queue: what the button on the notice of a refusal does.</summary>
    public Task<int> ReleaseLane(string lane, CancellationToken cancel) =>
        Release(parked => parked.Effect.Lane == lane, cancel);

    /// <summary>
    /// Waits until one more request may go out, and counts it: Mattermost's limit is one for the whole account, so what
    /// else asks it asks here first.
    /// </summary>
    public async Task Turn(CancellationToken cancel)
    {
        while (TakeTurn() is { } wait)
        {
            await Task.Delay(wait, _clock, cancel);
        }
    }

    /// <summary>Mattermost asked to be left alone for a while; nothing is sent until then.</summary>
    public void Pause(TimeSpan time) => Hold(time);

    private TimeSpan? TakeTurn()
    {
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            var wait = _heldUntil > now ? _heldUntil.Value - now : _pace.Wait();
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            _pace.Spend();
            return null;
        }
    }

    private async Task<int> Release(Func<QueuedEffect, bool> fits, CancellationToken cancel)
    {
        var released = await _settlements.Released(fits, Overtaken, cancel);
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            foreach (var queued in released.Where(Serves))
            {
                _lanes.Add(queued with { NotBefore = null }, EffectOrigin.Released, now);
                if (_lanes.Find(queued.Effect.Lane) is { } lane)
                {
                    _lanes.Wake(lane, now);
                }
            }

            _parked -= released.Count;
            SetTimer(now);
        }

        Signal();
        return released.Count;
    }

    private OutboxEntry? Overtaken(string lane)
    {
        lock (_gate)
        {
            return _lanes.Find(lane) is { } busy && (busy.IsRunning || busy.Head.MayHaveArrived)
                ? busy.Head
                : null;
        }
    }
}
