namespace Sidecar.Time;

/// <content>Times that have passed, and days without a time.</content>
internal sealed partial record TypedMeaning
{
    /// <summary>So long ago may something have been; what is older was mistyped.</summary>
    private static readonly TimeSpan LongestAgo = TimeSpan.FromDays(366);

    /// <summary>When it was: a time alone is the last one, not the next; null when it has not been.</summary>
    public TypedTime.Understood? PassedAt(
        DateTimeOffset now,
        TimeZoneInfo own,
        WorkingHours workday
    )
    {
        var zone = Zone ?? own;
        var moment =
            Length is null ? PassedDay(now, zone, workday)
            : IsAgo || Length == new TypedPiece.LengthPiece(0, TimeSpan.Zero) ? OfLength(now, zone)
            : null;
        return moment is { } at && HasBeen(at, now) && Contradiction(at, zone) is null
            ? new TypedTime.Understood(at, zone)
            : null;
    }

    /// <summary>It is over, and not so long ago that it must have been mistyped.</summary>
    public static bool HasBeen(DateTimeOffset moment, DateTimeOffset now) =>
        moment <= now && moment >= now - LongestAgo;

    /// <summary>Which day it is; null when none was said, or none that can be counted.</summary>
    /// <param name="today">Where the person is.</param>
    /// <param name="hasPassed">A weekday, or a date without a year, is the last one and not the next.</param>
    public DateOnly? DayAt(DateOnly today, bool hasPassed) =>
        Length is { } length ? InDays(today, length)
        : Day is null && Weekday is null ? null
        : DayOf(today, hasPassed) is not { } day ? null
        : Day is not (null or TypedDay.NextWeek)
        && Weekday is { } weekday
        && day.DayOfWeek != weekday.Which
            ? null
        : day;

    private DateOnly? InDays(DateOnly today, TypedPiece.LengthPiece length) =>
        length.Days > MostDays || length.Span != TimeSpan.Zero
            ? null
            : today.AddDays(IsAgo ? -length.Days : length.Days);

    private DateOnly? DayOf(DateOnly today, bool hasPassed) =>
        (Day, Weekday) switch
        {
            (TypedDay.Dated or TypedDay.OfMonth, _) when hasPassed => Day.Passed(today),
            (null, { IsNextWeeks: false, IsLast: false } day) => hasPassed
                ? Weeks.Last(today, day.Which)
                : Weeks.First(today, day.Which),
            _ => Date(today),
        };

    private DateTimeOffset? PassedDay(DateTimeOffset now, TimeZoneInfo zone, WorkingHours workday)
    {
        var today = LocalTime.DayOf(now, zone);
        var time = TimeOn(workday);
        DateTimeOffset On(DateOnly day) => LocalTime.First(day.ToDateTime(default) + time, zone);

        if (Day is not null || Weekday is { IsNextWeeks: true } or { IsLast: true })
        {
            return DayOf(today, hasPassed: true) is { } date && date.Year > 1 ? On(date) : null;
        }

        var (last, step) = Weekday is { } day ? (Weeks.Last(today, day.Which), 7) : (today, 1);
        return On(last) <= now ? On(last) : On(last.AddDays(-step));
    }
}
