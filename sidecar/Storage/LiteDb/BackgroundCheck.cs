using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>Goes through a store that is in use, a little at a time, and finds damage before a user does.</summary>
internal sealed class BackgroundCheck : IAsyncDisposable
{
    // Between two steps everybody else gets their turn, and most of the processor.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private BackgroundCheck(ContentCheck check, Gate gate, HealthBoard health) =>
        _running = Task.Run(() => Run(check, gate, health));

    public static BackgroundCheck Start(ContentCheck check, Gate gate, HealthBoard health) =>
        new(check, gate, health);

    /// <summary>Ends it, finished or not.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task Run(ContentCheck check, Gate gate, HealthBoard health)
    {
        try
        {
            while (await gate.Ask(file => check.Step(file), _stop.Token))
            {
                await Task.Delay(Pause, TimeProvider.System, _stop.Token);
            }

            health.PagesChecked();
        }
        catch (OperationCanceledException)
        {
            // Stopped: that says nothing about the file.
        }
        catch (StoreUnusableException)
        {
            // The gate has noted the damage.
        }
        // Nobody waits for it: whatever ends it is told, and says nothing about the file.
        catch (Exception failed)
        {
            health.CheckFailed(failed);
        }
    }
}
