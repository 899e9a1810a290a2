namespace Sidecar.Storage.Postgres;

/// <summary>
/// The time that all sidecars on a database go by: this machine's, corrected by how far it is from the database's. What
/// one writes down another reads, so a machine whose clock is wrong would remind people too early, or too late.
/// </summary>
internal sealed class SharedClock(TimeProvider own) : TimeProvider
{
    // What a round trip and a clock that is kept in time come to is left alone.
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(1);

    private long _offset;

    /// <summary>This machine's clock.</summary>
    public TimeProvider Own => own;

    public override TimeZoneInfo LocalTimeZone => own.LocalTimeZone;

    public override long TimestampFrequency => own.TimestampFrequency;

    /// <summary>How far the common time is from this machine's.</summary>
    public void Set(TimeSpan offset)
    {
        if ((offset - new TimeSpan(Volatile.Read(ref _offset))).Duration() > Tolerated)
        {
            Volatile.Write(ref _offset, offset.Ticks);
        }
    }

    public override DateTimeOffset GetUtcNow() =>
        own.GetUtcNow() + new TimeSpan(Volatile.Read(ref _offset));

    public override long GetTimestamp() => own.GetTimestamp();

    public override ITimer CreateTimer(
        TimerCallback callback,
        object? state,
        TimeSpan dueTime,
        TimeSpan period
    ) => own.CreateTimer(callback, state, dueTime, period);
}
