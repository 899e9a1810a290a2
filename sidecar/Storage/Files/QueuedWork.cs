namespace Sidecar.Storage.Files;

/// <summary>Something that waits for the writer, and for its flush.</summary>
internal abstract class QueuedWork
{
    /// <summary>The writer has it now; false when its caller has given up before.</summary>
    public abstract bool TryClaim();

    /// <summary>Does it, inside a transaction; may be called again after that was rolled back.</summary>
    public abstract void Apply();

    /// <summary>It is on disk.</summary>
    public abstract void Complete();

    /// <summary>Nothing of it was done.</summary>
    public abstract void Fail(Exception reason);
}

/// <inheritdoc/>
/// <remarks>
/// Whoever comes first decides: a caller who gives up before the writer claims the work gets a cancellation and nothing
/// is done; after that the caller waits for what became of it.
/// </remarks>
internal class QueuedWork<T>(Func<T> work) : QueuedWork
{
    private readonly TaskCompletionSource<T> _done = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private int _claimed;
    private T? _result;

    public override bool TryClaim() => Interlocked.Exchange(ref _claimed, 1) == 0;

    public override void Apply() => _result = work();

    public override void Complete() => _done.TrySetResult(_result!);

    public override void Fail(Exception reason) => _done.TrySetException(reason);

    public async Task<T> Result(CancellationToken cancel)
    {
        await using var registration = cancel.UnsafeRegister(
            static (work, token) => ((QueuedWork<T>)work!).GiveUp(token),
            this
        );
        return await _done.Task;
    }

    private void GiveUp(CancellationToken cancel)
    {
        if (TryClaim())
        {
            _done.TrySetCanceled(cancel);
        }
    }
}
