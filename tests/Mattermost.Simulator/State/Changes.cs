namespace Mattermost.Simulator;

/// <summary>Lets tests wait for a state instead of sleeping: every change of the stand-in's state wakes the waiting.</summary>
internal sealed class Changes
{
    private TaskCompletionSource next = New();

    public void Signal() => Interlocked.Exchange(ref next, New()).TrySetResult();

    public async Task WaitForAsync(Func<bool> predicate, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before the predicate is asked, so a change in between is never missed.
            var change = Volatile.Read(ref next).Task;
            if (predicate())
            {
                return;
            }

            await change.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource New() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
