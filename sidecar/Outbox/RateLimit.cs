namespace Sidecar.Outbox;

/// <summary>How fast we may ask: so many requests at once, so many per second after that. Not safe for threads.</summary>
internal sealed class RateLimit(double perSecond, int burst, TimeProvider clock)
{
    private int _sharedBy = 1;

    // A wait is a whole number of ticks, so at its end a hair may be missing.
    private const double Hair = 1e-6;

    private double _left = burst;
    private long _filledAt = clock.GetTimestamp();

    /// <summary>How long until the next request may go out; zero: now.</summary>
    public TimeSpan Wait()
    {
        var now = clock.GetTimestamp();
        var gained = clock.GetElapsedTime(_filledAt, now).TotalSeconds * PerSecond;
        (_left, _filledAt) = (
            Math.Min(Math.Max(1.0, (double)burst / _sharedBy), _left + gained),
            now
        );
        return _left >= 1 - Hair ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _left) / PerSecond);
    }

    /// <summary>So many processes ask together: each has its part.</summary>
    public void ShareBy(int processes) => _sharedBy = Math.Max(1, processes);

    private double PerSecond => perSecond / _sharedBy;

    /// <summary>A request goes out. One that can't wait is lent, and the next ones wait for it.</summary>
    public void Spend() => _left--;
}
