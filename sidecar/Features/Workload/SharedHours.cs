using Sidecar.Time;

namespace Sidecar.Features.Workload;

/// <summary>When somebody works in an ordinary week: hours and days by the clock of a zone.</summary>
internal sealed record WorkingWeek(
    WorkingHours Hours,
    IReadOnlyCollection<DayOfWeek> Days,
    TimeZoneInfo Zone
)
{
    /// <summary>
    /// So many hours of this one’s working day the other works as well, on the average of the week that begins with a
    /// day. Holidays and absences do not count: what is sought is somebody for months.
    /// </summary>
    public double SharedWith(WorkingWeek other, DateOnly monday)
    {
        var mine = Of(monday, days: 7).ToList();
        // Across the date line a day of the other’s begins up to a day earlier or later.
        var theirs = other.Of(monday.AddDays(-2), days: 11).ToList();
        if (mine.Count == 0)
        {
            return 0;
        }

        var shared = mine.Sum(m => theirs.Sum(t => Overlap(m, t).TotalHours));
        return shared / mine.Count;
    }

    /// <summary>How long their working day is, in hours.</summary>
    public double DayLength => (Hours.To.Minutes - Hours.From.Minutes) / 60d;

    private IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Of(DateOnly first, int days) =>
        Enumerable
            .Range(0, days)
            .Select(first.AddDays)
            .Where(d => Days.Contains(d.DayOfWeek))
            .Select(d =>
                (LocalTime.First(Hours.From.On(d), Zone), LocalTime.First(Hours.To.On(d), Zone))
            );

    private static TimeSpan Overlap(
        (DateTimeOffset From, DateTimeOffset To) one,
        (DateTimeOffset From, DateTimeOffset To) other
    )
    {
        var from = one.From > other.From ? one.From : other.From;
        var to = one.To < other.To ? one.To : other.To;
        return to > from ? to - from : TimeSpan.Zero;
    }
}
