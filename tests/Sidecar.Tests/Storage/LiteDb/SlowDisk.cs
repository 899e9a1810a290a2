using Sidecar.Storage.Files;

namespace Sidecar.Tests.Storage.LiteDb;

/// <summary>A disk whose next flush waits until the test lets it fail.</summary>
internal sealed class SlowDisk : Disk, IDisposable
{
    private readonly TaskCompletionSource _flushing = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly ManualResetEventSlim _failed = new();
    private bool _isHeld;

    public Task Flushing => _flushing.Task;

    public void Hold() => Volatile.Write(ref _isHeld, true);

    public void Fail()
    {
        Volatile.Write(ref _isHeld, false);
        _failed.Set();
    }

    public void Dispose() => _failed.Dispose();

    public override void Flush(DiskFile file)
    {
        if (!Volatile.Read(in _isHeld))
        {
            base.Flush(file);
            return;
        }

        _flushing.TrySetResult();
        _failed.Wait();
        throw new IOException("Input/output error", 5);
    }
}
