using Microsoft.Extensions.Logging;

namespace Sidecar.Storage.Files;

/// <summary>Where reads, the writer and the check of the file note what they meet; each change is logged once.</summary>
internal sealed partial class HealthBoard(StoreFiles files, ILogger logger)
{
    private readonly Lock _gate = new();
    private StoreHealth _current = new(Checked: false, Damage: null, WriteProblem: null);

    public StoreHealth Current => Volatile.Read(ref _current);

    public string Database => files.Database;

    public void PagesChecked() => Set(health => health with { Checked = true });

    /// <summary>From here on nothing is written: a damaged file must not get worse.</summary>
    public void FoundDamage(string finding)
    {
        var sentence = StoreRemedies.Damaged(files.Database, finding);
        if (!Set(health => health.Damage is null ? health with { Damage = sentence } : health))
        {
            return;
        }

        Log.Damaged(logger, sentence);
        try
        {
            File.WriteAllText(files.DamageNote, sentence);
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            Log.DamageNotNoted(logger, unwritten);
        }
    }

    /// <summary>The check itself could not go on: that says nothing about the file.</summary>
    public void CheckFailed(Exception reason) => Log.NotChecked(logger, files.Database, reason);

    /// <summary>The log could not be moved into the data file; commits go on into the log.</summary>
    public void CheckpointFailed(string reason) => Log.LogGrows(logger, reason);

    public void WriteFailed(string reason)
    {
        if (Set(health => health with { WriteProblem = reason }))
        {
            Log.Unwritable(logger, reason);
        }
    }

    public void WriteSucceeded()
    {
        if (Current.WriteProblem is not null && Set(health => health with { WriteProblem = null }))
        {
            Log.WritableAgain(logger, files.Database);
        }
    }

    private bool Set(Func<StoreHealth, StoreHealth> change)
    {
        lock (_gate)
        {
            var next = change(_current);
            var changed = next != _current;
            Volatile.Write(ref _current, next);
            return changed;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "{Sentence}")]
        public static partial void Damaged(ILogger logger, string sentence);

        [LoggerMessage(2, LogLevel.Error, "The finding could not be noted beside the store.")]
        public static partial void DamageNotNoted(ILogger logger, Exception reason);

        [LoggerMessage(3, LogLevel.Error, "Commits are refused: {Reason}")]
        public static partial void Unwritable(ILogger logger, string reason);

        [LoggerMessage(4, LogLevel.Information, "{Path} can be written again.")]
        public static partial void WritableAgain(ILogger logger, string path);

        [LoggerMessage(5, LogLevel.Warning, "{Path} could not be checked to its end.")]
        public static partial void NotChecked(ILogger logger, string path, Exception reason);

        [LoggerMessage(
            6,
            LogLevel.Warning,
            "The log could not be moved into the data file and grows until it can: {Reason}"
        )]
        public static partial void LogGrows(ILogger logger, string reason);
    }
}
