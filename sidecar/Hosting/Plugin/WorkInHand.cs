namespace Sidecar.Hosting.Plugin;

/// <summary>What is being answered at the moment, so that an end can wait for it.</summary>
internal sealed class WorkInHand
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _idle;
    private int _count;

    /// <summary>Does something that an end waits for.</summary>
    public async Task<T> Do<T>(Func<Task<T>> work)
    {
        lock (_gate)
        {
            _count++;
        }

        try
        {
            return await work();
        }
        finally
        {
            lock (_gate)
            {
                if (--_count == 0)
                {
                    _idle?.TrySetResult();
                }
            }
        }
    }

    /// <summary>When nothing is in hand any more.</summary>
    public Task Idle()
    {
        lock (_gate)
        {
            if (_count == 0)
            {
                return Task.CompletedTask;
            }

            _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }
}
