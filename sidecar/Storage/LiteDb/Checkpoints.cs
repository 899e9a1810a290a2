using LiteDB;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.LiteDb;

/// <summary>When the log is moved into the data file. Everybody waits for it, so it is done often and is small.</summary>
internal sealed class Checkpoints(
    Gate gate,
    StoreFiles files,
    LiteDbStoreOptions options,
    HealthBoard health
)
{
    /// <summary>Somebody who copies the files is waited for until the log has grown to so many times its usual size.</summary>
    private const int Patience = 32;

    private long _due = options.PagesPerCheckpoint;

    /// <summary>Called by the writer between two commits.</summary>
    public void WhenDue()
    {
        var pages = gate.File.Log.Pages;
        if (
            pages < _due
            || (
                pages < (long)options.PagesPerCheckpoint * Patience
                && CopyingHold.IsHeld(files.Hold)
            )
        )
        {
            return;
        }

        try
        {
            gate.With(static file => file.Checkpoint());
            _due = options.PagesPerCheckpoint;
        }
        catch (Exception failed)
            when (failed is IOException or LiteException or UnauthorizedAccessException)
        {
            // The log still has everything; commits go on into it, and it is tried again when it has grown.
            _due = pages + options.PagesPerCheckpoint;
            health.CheckpointFailed(DiskTrouble.Says(failed, files.Database));
            TryReopen();
        }
        catch (StoreDamagedException damage)
        {
            health.FoundDamage(damage.Message);
            TryReopen();
        }
    }

    private void TryReopen()
    {
        try
        {
            gate.With(static file => file.Reopen());
        }
        catch (Exception closed)
            when (closed is IOException or LiteException or StoreDamagedException)
        {
            // Whoever asks next tries again.
            health.CheckFailed(closed);
        }
    }
}
