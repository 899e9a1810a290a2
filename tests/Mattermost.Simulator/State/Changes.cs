namespace Mattermost.Simulator;

/// <summary>Lets tests wait for a state instead of sleeping: every change of the stand-in's state wakes the waiting.</summary>
internal sealed class Changes
{
    /// <summary>No test waits this long for what will happen: it is told, instead of waiting for ever.</summary>
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(3);

    private TaskCompletionSource next = New();

    public void Signal() => Interlocked.Exchange(ref next, New()).TrySetResult();

    public async Task WaitForAsync(Func<bool> predicate, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            // Taken before the predicate is asked, so a change in between is never missed.
            var change = Volatile.Read(ref next).Task;
            if (predicate())
            {
                return;
            }

            var left = Never - TimeProvider.System.GetElapsedTime(began);
            await change.WaitAsync(
                left > TimeSpan.Zero ? left : throw new TimeoutException("It did not become so."),
                cancellationToken
            );
        }
    }

    private static TaskCompletionSource New() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
