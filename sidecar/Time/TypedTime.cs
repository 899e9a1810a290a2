namespace Sidecar.Time;

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
    public sealed record Unclear(string Problem) : TypedTime
    {
        /// <summary>It is one of several times, and the problem says which; else it is none at all.</summary>
        internal bool IsDoubt { get; init; }
    }

    /// <summary>Reads what somebody typed; whatever that is, nothing is thrown.</summary>
    /// <remarks>
    /// A time alone that has passed today means tomorrow. A weekday means the next such day, which is today while the
    /// time is ahead; with “next” before it, the one of the next week. A day without a time means when work begins.
    /// A local time that a clock change leaves out means the first moment after it; of one that comes twice, the first.
    /// What has passed and what is more than two years away is unclear.
    /// </remarks>
    /// <param name="text">As typed.</param>
    /// <param name="now">When they typed it.</param>
    /// <param name="zone">Their zone.</param>
    /// <param name="workday">The hours in which they work: a day without a time means when their work begins.</param>
    public static TypedTime Read(
        string text,
        DateTimeOffset now,
        TimeZoneInfo zone,
        WorkingHours workday
    )
    {
        if (TypedInstant.Read(text) is { } instant)
        {
            return TypedMeaning.Judged(text, instant, now, zone);
        }

        var words = TypedWords.Of(text);
        if (words is null)
        {
            return TypedProblems.TooLong();
        }

        return words.Length == 0
            ? TypedProblems.Nothing()
            : TypedMeaning.Of(words, workday) switch
            {
                (null, var problem) => problem!,
                (var meaning, _) => meaning.At(text, now, zone, workday),
            };
    }

    /// <summary>
    /// The same for a time that has passed: <c>9am</c> is the last one, not the next; <c>yesterday 17:00</c>,
    /// <c>fri 14:30</c>, <c>2h ago</c>, <c>2026-01-31 14:00</c>.
    /// </summary>
    public static TypedTime ReadPassed(
        string text,
        DateTimeOffset now,
        TimeZoneInfo zone,
        WorkingHours workday
    )
    {
        if (TypedInstant.Read(text) is { } instant)
        {
            return TypedMeaning.HasBeen(instant, now)
                ? new Understood(instant, zone)
                : TypedProblems.NotPassed(text, now, zone);
        }

        var words = TypedWords.Of(text);
        var (meaning, problem) = words is { Length: > 0 }
            ? TypedMeaning.Of(words, workday)
            : (null, null);
        return meaning?.PassedAt(now, zone, workday)
            ?? (
                problem is { IsDoubt: true }
                    ? problem
                    : (TypedTime)TypedProblems.NotPassed(text, now, zone)
            );
    }
}
