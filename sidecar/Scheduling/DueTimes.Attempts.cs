using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Scheduling;

/// <content>One task that is run, and what follows from how it ended.</content>
internal sealed partial class DueTimes
{
    private async Task Attempt(DueTime due, CancellationToken cancel)
    {
        var at = due.At!.Value;
        var now = _clock.GetUtcNow();
        // The clock may have been set back since it was read that this is due.
        var call = new DueCall(due.Id, at, now > at ? now : at);
        using var given = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var task = Start(due, call, given.Token);
        try
        {
            await task.WaitAsync(LongestTask, _clock, CancellationToken.None);
            _metrics.Done(due.Kind, call.Now - at);
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            // The process ends. What was committed is done, what was not is still due.
            throw new OperationCanceledException(cancel);
        }
        catch (LeaseLostException)
        {
            // Another process does it.
        }
        catch (StoreUnwritableException)
        {
            // Not this task's fault, and the next one would fare no better.
            throw;
        }
        catch (Exception fault)
        {
            Failed(due, fault);
            if (!task.IsCompleted)
            {
                await given.CancelAsync();
                LeaveAlone(due, task);
            }
        }
    }

    private async Task Start(DueTime due, DueCall call, CancellationToken cancel) =>
        await _tasks[due.Kind].Run(_parts, call, cancel);

    private void LeaveAlone(DueTime due, Task task)
    {
        _hanging[Key(due)] = task;
        _ = task.ContinueWith(
            ended =>
            {
                _ = ended.Exception;
                _hanging.TryRemove(Key(due), out Task? _);
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    private void Failed(DueTime due, Exception fault)
    {
        _metrics.Failed(due.Kind);
        var trouble = _held.Add(due);
        if (trouble.IsNew)
        {
            Log.Failed(_log, due.Kind, due.Id, due.At, trouble.Reference, trouble.RetryAt, fault);
        }
        else
        {
            Log.FailedAgain(_log, due.Kind, due.Id, trouble.Reference, trouble.RetryAt);
        }
    }
}
