using Microsoft.Extensions.Logging;
using Sidecar.Storage.Files;

namespace Sidecar.Storage.Postgres;

/// <summary>Whether the last commit got through; each change is logged once.</summary>
internal sealed partial class PostgresHealth(PostgresAddress address, ILogger logger)
{
    private string? _problem;

    /// <summary>The pages are the server's to check.</summary>
    public StoreHealth Current => new(Checked: true, Damage: null, Volatile.Read(ref _problem));

    public void WriteFailed(string reason)
    {
        if (Interlocked.Exchange(ref _problem, reason) is null)
        {
            Log.Unwritable(logger, reason);
        }
    }

    public void WriteSucceeded()
    {
        if (Interlocked.Exchange(ref _problem, null) is not null)
        {
            Log.WritableAgain(logger, address.ToString());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Commits are refused: {Reason}")]
        public static partial void Unwritable(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Information, "{Address} can be written again.")]
        public static partial void WritableAgain(ILogger logger, string address);
    }
}
