using System.Diagnostics.CodeAnalysis;

namespace Sidecar.Storage.Files;

/// <summary>
/// What waits for the writer: bounded, so that callers wait when the disk can't follow. The writer blocks its own
/// thread on it; a channel would wake it by way of the thread pool, which is busy just when commits are many.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "A disposed semaphore would leave those who wait for it waiting for ever; it holds nothing."
)]
internal sealed class WorkQueue(int capacity)
{
    private readonly SemaphoreSlim _room = new(capacity, capacity);
    private readonly Queue<QueuedWork> _waiting = new(capacity);
    private bool _closed;

    public async ValueTask Enqueue(QueuedWork work, CancellationToken cancel)
    {
        await _room.WaitAsync(cancel);
        lock (_waiting)
        {
            if (!_closed)
            {
                _waiting.Enqueue(work);
                Monitor.Pulse(_waiting);
                return;
            }
        }

        // Whoever waits for room behind this one has to hear of it as well.
        _room.Release();
        throw new ObjectDisposedException(nameof(IStoreEngine));
    }

    /// <summary>Waits for work and takes what is there; false when the queue is closed and empty.</summary>
    public bool TakeWaiting(List<QueuedWork> batch, int atMost)
    {
        lock (_waiting)
        {
            while (_waiting.Count == 0 && !_closed)
            {
                Monitor.Wait(_waiting);
            }

            while (batch.Count < atMost && _waiting.TryDequeue(out var work))
            {
                batch.Add(work);
            }
        }

        if (batch.Count > 0)
        {
            _room.Release(batch.Count);
        }

        return batch.Count > 0;
    }

    /// <summary>Takes no more; what waits is still done.</summary>
    public void Close()
    {
        lock (_waiting)
        {
            _closed = true;
            Monitor.PulseAll(_waiting);
        }
    }
}
