using System.Net.Http.Headers;

namespace Sidecar.Mattermost;

/// <summary>Mattermost's clock, as far as its answers tell: times of posts are told by it, not by ours.</summary>
/// <param name="clock">Our own.</param>
internal sealed class ServerClock(TimeProvider clock)
{
    /// <summary>Answers tell the time in whole seconds and travel; clocks are set now and then.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>Beyond this no clock is right, and times could not be reckoned with.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(3650);

    private long _aheadTicks = long.MinValue;

    /// <summary>An answer has told the time.</summary>
    public bool IsKnown => Interlocked.Read(ref _aheadTicks) != long.MinValue;

    /// <summary>Notes the time that an answer tells.</summary>
    public void Saw(HttpResponseHeaders headers)
    {
        // A copy that something in between kept tells the time at which it was made.
        if (headers is { Date: { } date, Age: null or { Ticks: <= 0 } })
        {
            var ahead = date - clock.GetUtcNow();
            Interlocked.Exchange(
                ref _aheadTicks,
                Math.Clamp(ahead.Ticks, -Furthest.Ticks, Furthest.Ticks)
            );
        }
    }

    /// <summary>A time by the server's clock that is certainly not after one by ours; Unix milliseconds.</summary>
    public long NotAfter(DateTimeOffset ours)
    {
        var now = clock.GetUtcNow();
        var past = ours < now ? ours : now;
        var ahead = IsKnown ? new TimeSpan(Interlocked.Read(ref _aheadTicks)) : TimeSpan.Zero;
        return Math.Max(1, (past + ahead - Margin).ToUnixTimeMilliseconds());
    }
}
