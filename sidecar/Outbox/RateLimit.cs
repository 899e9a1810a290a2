namespace Sidecar.Outbox;

/// <summary>How fast we may ask: so many requests at once, so many per second after that. Not safe for threads.</summary>
internal sealed class RateLimit(double perSecond, int burst, TimeProvider clock)
{
    // A wait is a whole number of ticks, so at its end a hair may be missing.
    private const double Hair = 1e-6;

    private double _left = burst;
    private long _filledAt = clock.GetTimestamp();

    /// <summary>How long until the next request may go out; zero: now.</summary>
    public TimeSpan Wait()
    {
        var now = clock.GetTimestamp();
        var gained = clock.GetElapsedTime(_filledAt, now).TotalSeconds * perSecond;
        (_left, _filledAt) = (Math.Min(burst, _left + gained), now);
        return _left >= 1 - Hair ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _left) / perSecond);
    }

    /// <summary>A request goes out. One that can't wait is lent, and the next ones wait for it.</summary>
    public void Spend() => _left--;
}
