using Sidecar.Chat;
using Sidecar.Storage;
using Sidecar.Time;

namespace Sidecar.Outbox;

/// <content>One delivery, and what follows from how it ended.</content>
internal sealed partial class OutboxPump
{
    private async Task Serve(OutboxLane lane, OutboxBatch batch)
    {
        IReadOnlyList<OutboxEntry> settled = [];
        using var work = _leases.Begin(WorkShares.Of(lane.Name));
        try
        {
            settled = work is not null && await Attempt(lane, batch) ? batch.All : [];
        }
        catch (LeaseLostException)
        {
            // Another process delivers it, and looks first whether this one got through.
        }
        catch (OperationCanceledException)
            when (_abort.IsCancellationRequested
                || (lane.IsOfErrands && _ends.IsCancellationRequested)
            )
        {
            // The process ends; the next one looks before it sends this again.
        }
        catch (Exception fault)
        {
            Log.Fault(_log, batch.Head.Id.Value, batch.About, fault);
            Wait(lane, null);
        }

        lock (_gate)
        {
            lane.Unsettled = settled.Count == 0 && batch.Arrived is not null ? batch : null;
            (_inFlight, _errands) = lane.IsOfErrands
                ? (_inFlight, _errands - 1)
                : (_inFlight - 1, _errands);
            var now = _clock.GetUtcNow();
            _lanes.GiveBack(lane, settled, now);
            // At once: whoever is told that all that is left waits for a time must be able to rely on the timer.
            SetTimer(now);
        }

        Signal();
    }

    /// <returns>Whether it is settled; if not, it is tried again.</returns>
    private async Task<bool> Attempt(OutboxLane lane, OutboxBatch batch)
    {
        try
        {
            batch.Arrived ??= await _delivery.Deliver(
                batch,
                lane.IsOfErrands ? _ends.Token : _abort.Token
            );
        }
        catch (ChatException problem)
        {
            return await Failed(lane, batch, problem);
        }
        catch (UndeliverableException problem)
        {
            return await Park(lane, batch, problem);
        }
        catch (Exception fault)
            when (fault
                    is not (
                        OperationCanceledException
                        or StoreUnwritableException
                        or LeaseLostException
                    )
                && ++batch.Head.Faults >= MostFaults
            )
        {
            Log.Fault(_log, batch.Head.Id.Value, batch.About, fault);
            return await Park(lane, batch, fault);
        }

        await _settlements.Delivered(batch, _abort.Token);
        _metrics.Delivered(batch.All.Count);
        if (lane.IsOfErrands)
        {
            // It says nothing of how Mattermost is.
            (lane.Failures, lane.NotBefore) = (0, null);
            return true;
        }

        Reached(lane);
        lock (_gate)
        {
            _delivered++;
        }

        return true;
    }

    private async Task<bool> Failed(OutboxLane lane, OutboxBatch batch, ChatException problem)
    {
        switch (problem.Problem)
        {
            case ChatProblem.Refused or ChatProblem.Missing:
                return await Park(lane, batch, problem);
            case ChatProblem.Busy:
                Busy(problem);
                break;
            case ChatProblem.LockedOut:
                LockedOut(problem);
                break;
            default:
                if (IsHopeless(batch.Head, problem))
                {
                    return await Park(lane, batch, problem);
                }

                await Postpone(batch, Wait(lane, problem), problem);
                break;
        }

        _metrics.Retried();
        return false;
    }

    // This one, again and again for long, while others go through: it would hold up what is behind it for ever. An
    // answer says more about it than a line that breaks.
    private bool IsHopeless(OutboxEntry head, ChatException problem)
    {
        var patience = problem.WasAnswered ? TroubleThatPasses : LongTrouble;
        var now = _clock.GetUtcNow();
        lock (_gate)
        {
            // While nothing goes through at all, it is not this one's fault.
            var faults = head.ServersFaults ?? new ServersFaults(now, 0, _delivered);
            head.ServersFaults = faults with
            {
                Times = _delivered > faults.DeliveredThen ? faults.Times + 1 : faults.Times,
                DeliveredThen = _delivered,
            };
            return head.ServersFaults.Times >= MostServersFaults && now - faults.Since >= patience;
        }
    }

    private async Task Postpone(OutboxBatch batch, DateTimeOffset until, ChatException problem)
    {
        var head = batch.Head;
        Log.Later(_log, head.Id.Value, batch.About, until, problem.Message);
        if (until - _clock.GetUtcNow() < _options.NotedRetry)
        {
            return;
        }

        try
        {
            await _settlements.Postponed(head, until, problem.Message, _abort.Token);
        }
        catch (StoreUnwritableException unwritable)
        {
            // It is a note for administrators; delivery does not depend on it.
            Log.NotNoted(_log, head.Id.Value, unwritable.Message);
        }
    }

    private async Task<bool> Park(OutboxLane lane, OutboxBatch batch, Exception problem)
    {
        var notices = await _settlements.Parked(batch, problem, _abort.Token);
        Log.Parked(_log, batch.Head.Id.Value, batch.About, RefusalNotice.Reason(problem));
        _metrics.Parked(batch.All.Count);
        if (problem is ChatException)
        {
            Reached(lane);
        }

        lock (_gate)
        {
            _parked += batch.All.Count;
        }

        Accept(notices);
        return true;
    }

    /// <summary>Mattermost answered. What failed because it did not is tried again at once.</summary>
    private void Reached(OutboxLane lane)
    {
        lock (_gate)
        {
            (lane.Failures, lane.NotBefore) = (0, null);
            if (_lockedOutSince is not null)
            {
                (_lockedOutSince, _heldUntil) = (null, null);
                Log.LetInAgain(_log);
            }

            if (_failuresInARow >= Troubled)
            {
                _lanes.WakeAll(_clock.GetUtcNow());
            }

            (_failuresInARow, _busyInARow, _lastProblem) = (0, 0, null);
        }
    }

    private DateTimeOffset Wait(OutboxLane lane, ChatException? problem)
    {
        lock (_gate)
        {
            // One that others wake again and again would soon wait for minutes, for trouble of a second.
            lane.Failures = lane.IsEarly ? Math.Max(1, lane.Failures) : lane.Failures + 1;
            _failuresInARow += problem is null ? 0 : 1;
            _lastProblem = problem?.Message ?? _lastProblem;
            var wait = Backoff.After(lane.Failures, _options.FirstRetry, _options.LongestRetry);
            if (problem?.RetryAfter > wait)
            {
                wait = AtMost(problem.RetryAfter.Value);
            }

            var until = _clock.GetUtcNow() + wait;
            lane.NotBefore = until;
            return until;
        }
    }

    private void Busy(ChatException problem)
    {
        TimeSpan wait;
        lock (_gate)
        {
            // Those that were on their way together are told together: that is once.
            _busyInARow += _heldUntil > _clock.GetUtcNow() ? 0 : 1;
            _lastProblem = problem.Message;
            wait =
                problem.RetryAfter
                ?? Backoff.After(_busyInARow, _options.FirstRetry, _options.LongestRetry);
        }

        Hold(wait);
        var seconds = AtMost(wait).TotalSeconds;
        Log.Busy(_log, seconds, problem.Message);
    }

    /// <summary>Nobody else decides that people hear nothing for a day.</summary>
    private TimeSpan AtMost(TimeSpan wish) =>
        wish < _options.LongestRetry ? wish : _options.LongestRetry;

    private void Hold(TimeSpan wish)
    {
        var time = AtMost(wish);
        lock (_gate)
        {
            var until = _clock.GetUtcNow() + time;
            _heldUntil = _heldUntil > until ? _heldUntil : until;
        }
    }

    private void LockedOut(ChatException problem)
    {
        Hold(_options.LockedOutRetry);
        lock (_gate)
        {
            _lastProblem = problem.Message;
            if (_lockedOutSince is null)
            {
                _lockedOutSince = _clock.GetUtcNow();
                Log.LockedOut(_log, problem.Message);
            }
        }
    }
}
