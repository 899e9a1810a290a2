namespace Sidecar.Time;

/// <summary>A part of a typed time that means something by itself.</summary>
internal abstract record TypedPiece
{
    /// <summary>A day: tomorrow, a date.</summary>
    public sealed record DayPiece(TypedDay Which) : TypedPiece;

    /// <summary>A day of the week, which may stand beside a date.</summary>
    public sealed record Weekday(DayOfWeek Which, bool IsNextWeeks = false, bool IsLast = false)
        : TypedPiece;

    /// <summary>A time of the day.</summary>
    /// <param name="SinceMidnight">From 0:00 to 24:00.</param>
    /// <param name="HalfIsOpen">Morning or evening was not said.</param>
    public sealed record TimePiece(TimeSpan SinceMidnight, bool HalfIsOpen = false) : TypedPiece
    {
        /// <summary>It has the zero in front that belongs to the clock of 24 hours: <c>05:00</c> is no afternoon.</summary>
        public bool IsPadded { get; init; }
    }

    /// <summary>How long from now: days as the calendar counts them, and time that passes.</summary>
    public sealed record LengthPiece(int Days, TimeSpan Span) : TypedPiece;

    /// <summary>The zone in which it is meant.</summary>
    public sealed record ZonePiece(TimeZoneInfo Which) : TypedPiece;

    /// <summary>It could mean two things, or nothing.</summary>
    /// <param name="Why">Goes on after the quoted words: <c>can be 1 February or 2 January</c>.</param>
    public sealed record Doubtful(string Why) : TypedPiece
    {
        /// <summary>The reason says itself what to write instead.</summary>
        public bool SaysHow { get; init; }
    }

    /// <summary>The length in front of it has passed.</summary>
    public sealed record Ago : TypedPiece;

    /// <summary>A date or a time of the day (<c>10.12</c>): what stands beside it decides.</summary>
    public sealed record DayOrTime(DayPiece AsDay, TimePiece AsTime) : TypedPiece
    {
        /// <summary>As a day alone it could be two; null when it is one.</summary>
        public Doubtful? Doubt { get; init; }
    }
}

/// <summary>What was read.</summary>
/// <param name="Words">How many words it took.</param>
/// <param name="Piece">What they mean.</param>
internal sealed record TypedTaken(int Words, TypedPiece Piece);

/// <summary>Reads the piece with which the words begin; null when it is none of its kind.</summary>
internal delegate TypedTaken? TypedReader(ReadOnlySpan<TypedWord> words, WorkingHours workday);

/// <summary>A day as it was typed.</summary>
internal abstract record TypedDay
{
    /// <summary>The date it stands for; null when there is none.</summary>
    public abstract DateOnly? On(DateOnly today);

    /// <summary>The same where it has passed: of dates that come again the last one that is not to come.</summary>
    public virtual DateOnly? Passed(DateOnly today) => On(today);

    public sealed record InDays(int Count) : TypedDay
    {
        public override DateOnly? On(DateOnly today) => today.AddDays(Count);
    }

    /// <summary>Today, late: an hour without “am” is one of the evening, and one after midnight is tomorrow's.</summary>
    public sealed record Tonight : TypedDay
    {
        public override DateOnly? On(DateOnly today) => today;
    }

    /// <summary>Its Monday, unless a weekday is said.</summary>
    public sealed record NextWeek : TypedDay
    {
        public override DateOnly? On(DateOnly today) => Weeks.NextMonday(today);
    }

    /// <summary>A date; without a year the next one that is called so, or the last one.</summary>
    public sealed record Dated(int? Year, int Month, int Day) : TypedDay
    {
        // Eight years are the longest time without a 29 February.
        private const int Years = 9;

        public override DateOnly? On(DateOnly today) =>
            Year is { } year
                ? InYear(year)
                : Enumerable
                    .Range(today.Year, Years)
                    .Select(InYear)
                    .FirstOrDefault(date => date >= today);

        public override DateOnly? Passed(DateOnly today) =>
            Year is { } year
                ? InYear(year)
                : Enumerable
                    .Range(0, Years)
                    .Select(back => InYear(today.Year - back))
                    .FirstOrDefault(date => date <= today);

        private DateOnly? InYear(int year) =>
            year is >= 1 and <= 9999 && Day <= DateTime.DaysInMonth(year, Month)
                ? new DateOnly(year, Month, Day)
                : null;
    }

    /// <summary>A day of the month that is called so next, or was last: <c>the 27th</c>.</summary>
    public sealed record OfMonth(int Day) : TypedDay
    {
        // Of two months in a row one has 31 days.
        private const int Months = 3;

        public override DateOnly? On(DateOnly today) =>
            InMonths(today, 1).FirstOrDefault(date => date >= today);

        public override DateOnly? Passed(DateOnly today) =>
            InMonths(today, -1).FirstOrDefault(date => date <= today);

        private IEnumerable<DateOnly?> InMonths(DateOnly today, int step) =>
            Enumerable
                .Range(0, Months)
                .Select(i => new DateOnly(today.Year, today.Month, 1).AddMonths(i * step))
                .Where(month => Day <= DateTime.DaysInMonth(month.Year, month.Month))
                .Select(month => (DateOnly?)month.AddDays(Day - 1));
    }
}

/// <summary>Weeks begin on Mondays.</summary>
internal static class Weeks
{
    private const int Days = 7;

    public static DateOnly NextMonday(DateOnly today) =>
        today.AddDays(Days - SinceMonday(today.DayOfWeek));

    public static DateOnly InNextWeek(DateOnly today, DayOfWeek day) =>
        NextMonday(today).AddDays(SinceMonday(day));

    /// <summary>Today, when it is one.</summary>
    public static DateOnly First(DateOnly from, DayOfWeek day) =>
        from.AddDays((SinceMonday(day) - SinceMonday(from.DayOfWeek) + Days) % Days);

    /// <summary>Today, when it is one and that counts.</summary>
    public static DateOnly Last(DateOnly until, DayOfWeek day) =>
        until.AddDays(-((SinceMonday(until.DayOfWeek) - SinceMonday(day) + Days) % Days));

    private static int SinceMonday(DayOfWeek day) => ((int)day + Days - 1) % Days;
}
