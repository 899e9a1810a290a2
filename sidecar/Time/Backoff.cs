using System.Security.Cryptography;

namespace Sidecar.Time;

/// <summary>How long to wait after failures in a row.</summary>
internal static class Backoff
{
    /// <summary>Twice as long each time, up to a limit; by chance up to a half less, so that those who failed together part.</summary>
    public static TimeSpan After(int failures, TimeSpan first, TimeSpan longest)
    {
        var doubled = first * Math.Pow(2, Math.Clamp(failures - 1, 0, 30));
        var full = doubled < longest ? doubled : longest;
        return full * (1 - (RandomNumberGenerator.GetInt32(500) / 1000.0));
    }
}
