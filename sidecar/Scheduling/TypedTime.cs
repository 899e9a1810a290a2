namespace Sidecar.Scheduling;

/// <summary>A time as a person types it (ALL-1), read in their zone: <c>tomorrow 8am</c>, <c>in 2h</c>, <c>fri 14:30</c>, <c>8am ET</c>.</summary>
public abstract record TypedTime
{
    private TypedTime() { }

    /// <summary>It can be understood in one way.</summary>
    /// <param name="Moment">UTC.</param>
    /// <param name="Zone">In which it is shown back: the one that was typed, else the person's.</param>
    public sealed record Understood(DateTimeOffset Moment, TimeZoneInfo Zone) : TypedTime;

    /// <summary>It can't.</summary>
    /// <param name="Problem">What was wrong with it and how it can be written, with examples; plain text.</param>
    public sealed record Unclear(string Problem) : TypedTime;

    /// <summary>Reads what somebody typed.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="now">When they typed it.</param>
    /// <param name="zone">Their zone.</param>
    /// <param name="workday">The hours in which they work: a day without a time means when their work begins.</param>
    public static TypedTime Read(
        string text,
        DateTimeOffset now,
        TimeZoneInfo zone,
        WorkingHours workday
    ) => new Unclear("");
}
