using System.Diagnostics.CodeAnalysis;
using LiteDB;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>
/// One at a time to the file, in the order of arrival. Whoever read what is not on disk yet gets the answer when it is,
/// and asks again when it never got there.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "A disposed semaphore would leave those who wait for it waiting for ever; it holds nothing."
)]
internal sealed class Gate(LiteFile file, HealthBoard health)
{
    private static readonly TaskCompletionSource<bool> OnDisk = Done();

    private readonly SemaphoreSlim _turn = new(1, 1);
    private TaskCompletionSource<bool> _flushed = OnDisk;
    private bool _isStale;
    private bool _closed;

    public LiteFile File => file;

    /// <summary>Asks on the caller's thread; LiteDB has no reads that wait.</summary>
    /// <exception cref="StoreUnusableException">What was to be read is damaged.</exception>
    /// <exception cref="IOException">The disk did not let it be read.</exception>
    public async ValueTask<T> Ask<T>(Func<LiteFile, T> question, CancellationToken cancel)
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(IStoreEngine));
            T answer;
            Task<bool> flushed;
            await _turn.WaitAsync(cancel);
            try
            {
                ObjectDisposedException.ThrowIf(_closed, typeof(IStoreEngine));
                answer = Answer(question);
                flushed = _flushed.Task;
            }
            finally
            {
                _turn.Release();
            }

            if (flushed.IsCompleted ? flushed.Result : await flushed.WaitAsync(cancel))
            {
                return answer;
            }
        }
    }

    /// <summary>Does something with the file on this thread, faults and all.</summary>
    public void With(Action<LiteFile> work)
    {
        _turn.Wait();
        try
        {
            Prepare();
            work(file);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Changes something; whoever reads it waits until the writer says whether it is on disk.</summary>
    public TaskCompletionSource<bool> Write(Action<LiteFile> change)
    {
        var flushed = new TaskCompletionSource<bool>(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        With(_ =>
        {
            change(file);
            _flushed = flushed;
        });
        return flushed;
    }

    /// <summary>Back to what is on disk, after a flush that failed; whoever read more asks again.</summary>
    public void TakeBack(TaskCompletionSource<bool> flushed, Action<LiteFile> afterwards)
    {
        _turn.Wait();
        try
        {
            // From now on what is read is on disk, even if it can't be opened again at once.
            _flushed = OnDisk;
            file.Reopen();
            _isStale = false;
            afterwards(file);
        }
        finally
        {
            _turn.Release();
            flushed.SetResult(false);
        }
    }

    /// <summary>Answers nothing any more, and closes the file.</summary>
    /// <param name="abandon">Leave the files as they are: they are damaged.</param>
    public void Close(bool abandon)
    {
        _turn.Wait();
        try
        {
            _closed = true;
            if (abandon)
            {
                file.Abandon();
            }
            else
            {
                file.Dispose();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private T Answer<T>(Func<LiteFile, T> question)
    {
        try
        {
            Prepare();
            return question(file);
        }
        catch (StoreDamagedException damage)
        {
            _isStale = true;
            health.FoundDamage(damage.Message);
            throw new StoreUnusableException(
                StoreRemedies.Damaged(file.Path, damage.Message),
                damage
            );
        }
        catch (Exception fault) when (fault is LiteException or IOException)
        {
            _isStale = true;
            throw new IOException($"Reading {file.Path} failed: {fault.Message}", fault);
        }
        catch
        {
            _isStale = true;
            throw;
        }
    }

    // A read that broke off leaves LiteDB with a lock that nobody gives back. While the writer flushes, reopening would
    // forget what it writes.
    private void Prepare()
    {
        if (_isStale && _flushed.Task.IsCompleted)
        {
            file.Reopen();
            _isStale = false;
        }
        else
        {
            file.EnsureOpen();
        }
    }

    private static TaskCompletionSource<bool> Done()
    {
        var done = new TaskCompletionSource<bool>();
        done.SetResult(true);
        return done;
    }
}
