using System.Collections.Immutable;
using Sidecar.Time;

namespace Sidecar.Features.Reports.Domain;

/// <summary>The days that a report is about, in the team's zone.</summary>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day; it counts as a whole.</param>
/// <param name="Zone">Whose days.</param>
internal sealed record ReportSpan(DateOnly First, DateOnly Last, TimeZoneInfo Zone)
{
    /// <summary>The longest: more than two years in one picture nobody can read.</summary>
    public const int MostDays = 750;

    private const int DailyUpTo = 14;
    private const int WeeklyUpTo = 125;

    public DateTimeOffset Begins => CalendarDay.Begins(First, Zone);

    /// <summary>The first moment behind it.</summary>
    public DateTimeOffset Ends => CalendarDay.Begins(Last.AddDays(1), Zone);

    public bool Holds(DateTimeOffset? moment) => Begins <= moment && moment < Ends;

    public bool Holds(DateOnly day) => First <= day && day <= Last;

    /// <summary>
    /// The days at whose end things are counted, the last one always among them: every day of two weeks, every seventh
    /// of four months, the last one of each month beyond.
    /// </summary>
    public ImmutableArray<DateOnly> Points
    {
        get
        {
            var days = Last.DayNumber - First.DayNumber + 1;
            if (days > WeeklyUpTo)
            {
                return [.. MonthEnds()];
            }

            var step = days <= DailyUpTo ? 1 : 7;
            return
            [
                .. Enumerable
                    .Range(0, (days + step - 1) / step)
                    .Select(i => Last.AddDays(-i * step))
                    .Reverse(),
            ];
        }
    }

    /// <summary>The moment at which a day is over.</summary>
    public DateTimeOffset EndOf(DateOnly day) => CalendarDay.Begins(day.AddDays(1), Zone);

    public override string ToString() => $"{CalendarDay.Write(First)} to {CalendarDay.Write(Last)}";

    private IEnumerable<DateOnly> MonthEnds()
    {
        for (
            var end = new DateOnly(First.Year, First.Month, 1).AddMonths(1).AddDays(-1);
            end < Last;
            end = end.AddDays(1).AddMonths(1).AddDays(-1)
        )
        {
            yield return end;
        }

        yield return Last;
    }
}
