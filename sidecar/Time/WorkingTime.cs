using System.Collections.Frozen;

namespace Sidecar.Time;

/// <summary>
/// The team's calendar: working days, working hours and holidays, in the team's time zone or, where a call names one, in
/// somebody's own. All results are UTC.
/// </summary>
/// <remarks>
/// Local times that a clock change leaves out stand for the first moment after the gap; of those that come twice the
/// first one counts, and work that ends then ends after the second. Working time is time that passes: a working day
/// with a clock change in it is longer or shorter.
/// </remarks>
public sealed class WorkingTime
{
    private readonly FrozenSet<DayOfWeek> _days;
    private readonly FrozenSet<DateOnly> _holidays;
    private readonly WorkingHours _hours;

    /// <param name="team">Settings without <see cref="TeamTimeSettings.Problems"/>.</param>
    /// <exception cref="ArgumentException">There are problems: with no working day, searching for one would not end.</exception>
    public WorkingTime(TeamTimeSettings team)
    {
        if (team.Problems().FirstOrDefault() is { } problem)
        {
            throw new ArgumentException($"{problem.Key}: {problem.Problem}", nameof(team));
        }

        Zone = Zones.Find(team.TimeZone)!;
        _days = team.WorkingDays.ToFrozenSet();
        _holidays = team.Holidays.Concat(team.FromFiles).Select(h => h.Date).ToFrozenSet();
        _hours = team.WorkingHours;
    }

    private WorkingTime(
        TimeZoneInfo zone,
        FrozenSet<DayOfWeek> days,
        FrozenSet<DateOnly> holidays,
        WorkingHours hours
    ) => (Zone, _days, _holidays, _hours) = (zone, days, holidays, hours);

    /// <summary>The team's time zone.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>The hours of a working day.</summary>
    public WorkingHours Hours => _hours;

    /// <summary>The days of a week that are working days.</summary>
    public IReadOnlyCollection<DayOfWeek> Days => _days;

    /// <summary>The same holidays and zone with somebody's own hours.</summary>
    /// <param name="hours">From earlier than to.</param>
    /// <param name="days">Their working days; null for these.</param>
    /// <exception cref="ArgumentException">There would be no working time: searching for some would not end.</exception>
    public WorkingTime With(WorkingHours hours, IReadOnlyCollection<DayOfWeek>? days = null)
    {
        if (hours.From.Minutes >= hours.To.Minutes || days is { Count: 0 })
        {
            throw new ArgumentException("There has to be working time.", nameof(hours));
        }

        return new WorkingTime(Zone, days?.ToFrozenSet() ?? _days, _holidays, hours);
    }

    /// <summary>Somebody works at that moment. The first moment of the working hours counts, the last does not.</summary>
    public bool IsWorkingTime(DateTimeOffset at, TimeZoneInfo? zone = null)
    {
        var there = zone ?? Zone;
        var day = LocalTime.DayOf(at, there);
        return IsWorkingDay(day) && Begin(day, there) <= at && at < End(day, there);
    }

    /// <summary>That moment when it is working time, else the next beginning of working hours.</summary>
    public DateTimeOffset NextWorkingTime(DateTimeOffset at, TimeZoneInfo? zone = null) =>
        Next(at.ToUniversalTime(), zone ?? Zone).At;

    /// <summary>
    /// The same time of day so many working days later. What begins outside of working hours begins with the next ones.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="days"/> is negative.</exception>
    public DateTimeOffset AddWorkingDays(DateTimeOffset from, int days, TimeZoneInfo? zone = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        var there = zone ?? Zone;
        var (start, day) = Next(from.ToUniversalTime(), there);
        if (days == 0)
        {
            return start;
        }

        var time = LocalTime.Of(start, there) - day.ToDateTime(default);
        for (var left = days; left > 0; left--)
        {
            day = NextWorkingDay(day);
        }

        return LocalTime.First(day.ToDateTime(default) + time, there);
    }

    /// <summary>When so much working time has passed.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is negative.</exception>
    public DateTimeOffset AddWorkingTime(
        DateTimeOffset from,
        TimeSpan time,
        TimeZoneInfo? zone = null
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var there = zone ?? Zone;
        var (at, day) = Next(from.ToUniversalTime(), there);
        while (at + time > End(day, there))
        {
            time -= End(day, there) - at;
            day = NextWorkingDay(day);
            at = Begin(day, there);
        }

        return at + time;
    }

    /// <summary>Nobody of the team works on that day, which else might be a working day.</summary>
    public bool IsHoliday(DateOnly day) => _holidays.Contains(day);

    /// <summary>How much working time passes between two moments; none when the second is not later.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset until, TimeZoneInfo? zone = null)
    {
        var there = zone ?? Zone;
        var passed = TimeSpan.Zero;
        var last = LocalTime.DayOf(until, there);
        for (var day = LocalTime.DayOf(from, there); day <= last; day = day.AddDays(1))
        {
            if (!IsWorkingDay(day))
            {
                continue;
            }

            var (begin, end) = (Begin(day, there), End(day, there));
            var length = (end < until ? end : until) - (begin > from ? begin : from);
            passed += length > TimeSpan.Zero ? length : TimeSpan.Zero;
        }

        return passed;
    }

    private (DateTimeOffset At, DateOnly Day) Next(DateTimeOffset at, TimeZoneInfo zone)
    {
        var day = LocalTime.DayOf(at, zone);
        if (!IsWorkingDay(day) || at >= End(day, zone))
        {
            day = NextWorkingDay(day);
        }

        var begin = Begin(day, zone);
        return (at > begin ? at : begin, day);
    }

    private DateOnly NextWorkingDay(DateOnly day)
    {
        do
        {
            day = day.AddDays(1);
        } while (!IsWorkingDay(day));

        return day;
    }

    private bool IsWorkingDay(DateOnly day) =>
        _days.Contains(day.DayOfWeek) && !_holidays.Contains(day);

    private DateTimeOffset Begin(DateOnly day, TimeZoneInfo zone) =>
        LocalTime.First(_hours.From.On(day), zone);

    private DateTimeOffset End(DateOnly day, TimeZoneInfo zone)
    {
        var local = _hours.To.On(day);
        // 24:00 that comes twice, or is left out, is still the end of this day: the first moment of the next.
        return _hours.To.Minutes < 24 * 60
            ? LocalTime.Last(local, zone)
            : LocalTime.First(local, zone);
    }
}
