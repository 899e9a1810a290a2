namespace Mattermost.Simulator;

/// <summary>Requests that are held until a test lets them go.</summary>
public sealed class Hang
{
    private readonly TaskCompletionSource released = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly Changes changes = new();
    private int held;

    /// <summary>How many requests have been held so far.</summary>
    public int Held => Volatile.Read(ref held);

    /// <summary>Lets all held requests go on to be served, and later ones pass at once.</summary>
    public void Release() => released.TrySetResult();

    /// <summary>Completes when so many requests are being, or have been, held.</summary>
    public Task UntilHeldAsync(int count = 1, CancellationToken cancellationToken = default) =>
        changes.WaitForAsync(() => Held >= count, cancellationToken);

    internal async Task HoldAsync(CancellationToken aborted)
    {
        Interlocked.Increment(ref held);
        changes.Signal();
        await released.Task.WaitAsync(aborted);
    }
}
