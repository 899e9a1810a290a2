using Sidecar.Time;

namespace Sidecar.Mattermost;

/// <content>What lines did not bring is looked up, and it is noted up to when everything is handled.</content>
internal sealed partial class EventListener
{
    private void Failed(DateTimeOffset heardAt)
    {
        lock (_gate)
        {
            _coverage.Missed(heardAt, _inbox.OldestWaiting);
        }

        AskForLookUp();
    }

    private void AskForLookUp()
    {
        lock (_gate)
        {
            _lookUpsAsked++;
        }

        _lookUp.Release();
    }

    private async Task LookUpMissed(CancellationToken cancel)
    {
        while (true)
        {
            await _lookUp.WaitAsync(cancel);
            var progress = new LookUpProgress();
            var (began, gaps, from) = BeginLookUp();
            for (var failures = 0; NeedsLookUp(); )
            {
                try
                {
                    await _missed.LookUp(from, progress, Handle, cancel);
                    EndLookUp(gaps, began);
                    break;
                }
                catch (Exception problem)
                    when (problem is not OperationCanceledException
                        || !cancel.IsCancellationRequested
                    )
                {
                    var wait = Backoff.After(
                        ++failures,
                        _options.FirstRetry,
                        _options.LongestRetry
                    );
                    if (failures == 1)
                    {
                        Log.NotLookedUp(_log, wait.TotalSeconds, problem.Message);
                    }
                    else
                    {
                        Log.StillNotLookedUp(_log, wait.TotalSeconds, problem.Message);
                    }

                    var delay = Task.Delay(wait, _clock, cancel);
                    LookUpAgainAt(_clock.GetUtcNow() + wait);
                    await delay;
                    LookUpAgainAt(null);
                }
            }

            LookedUp();
        }

        async Task<bool> Handle(HeardReaction reaction) =>
            !_inbox.Concerns(reaction) || await _inbox.Handle(reaction, cancel);
    }

    private async Task KeepNoting(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(_options.NotedEvery, _clock);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            await Note(cancel);
        }
    }

    private async Task Note(CancellationToken cancel)
    {
        try
        {
            await ListenedUntil.Note(_store, Health.Until, cancel);
        }
        catch (Exception problem)
            when (problem is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            // Then more is looked up than would be needed, and found to be done already.
            Log.NotNoted(_log, problem.Message);
        }
    }
}
