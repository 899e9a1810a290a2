namespace Sidecar.Scheduling;

/// <summary>
/// Time that only ever passes: begins with the wall's time and then counts what has elapsed. Setting the wall's clock
/// back would otherwise put off a trigger that should fire every few seconds by as much.
/// </summary>
internal sealed class SteadyClock(TimeProvider wall) : TimeProvider
{
    private readonly DateTimeOffset _began = wall.GetUtcNow();
    private readonly long _from = wall.GetTimestamp();

    public override TimeZoneInfo LocalTimeZone => wall.LocalTimeZone;

    public override long TimestampFrequency => wall.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _began + wall.GetElapsedTime(_from);

    public override long GetTimestamp() => wall.GetTimestamp();

    public override ITimer CreateTimer(
        TimerCallback callback,
        object? state,
        TimeSpan dueTime,
        TimeSpan period
    ) => wall.CreateTimer(callback, state, dueTime, period);
}
