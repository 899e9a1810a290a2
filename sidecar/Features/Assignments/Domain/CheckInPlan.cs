using Sidecar.People;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Domain;

/// <content>When that is, and which weekday and time suit two people (ASG-7).</content>
internal sealed partial record CheckInPlan
{
    /// <summary>How long a check-in takes: all of it lies in the hours of both.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(30);

    /// <summary>For so many weeks a slot has to suit: clock changes of two zones come on different days.</summary>
    private const int WeeksAhead = 52;

    private const int HalfHours = 48;

    private static readonly DayOfWeek[][] Preferred =
    [
        [DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday],
        [DayOfWeek.Monday, DayOfWeek.Friday],
        [DayOfWeek.Saturday, DayOfWeek.Sunday],
    ];

    /// <summary>
    /// A weekly slot inside the working hours of both, by the clock of the engineer's zone; when they have none in common,
    /// one inside the engineer's. The assignment's number spreads them over days and hours.
    /// </summary>
    public static ProposedPlan Propose(
        PersonTime engineer,
        PersonTime ce,
        AssignmentId id,
        DateTimeOffset now
    )
    {
        foreach (var weeks in (int[])[WeeksAhead, 1])
        {
            if (Best([engineer, ce], engineer.Zone, id, now, weeks) is { } common)
            {
                return new ProposedPlan(common.For(engineer, ce), IsCommon: true);
            }
        }

        // Hours are never empty, and days neither.
        var own = Best([engineer], engineer.Zone, id, now, 1) ?? Start(engineer);
        return new ProposedPlan(own.For(engineer, ce), IsCommon: false);
    }

    /// <summary>The Monday of the week in which a moment lies.</summary>
    public DateOnly WeekOf(DateTimeOffset moment) => MondayOf(LocalTime.DayOf(moment, TimeZone));

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>When it is in a week, UTC: the same time by the clock of its zone, whatever clocks do.</summary>
    /// <param name="week">Its Monday.</param>
    public DateTimeOffset At(DateOnly week) =>
        LocalTime.First(Time.On(week.AddDays(((int)Day + 6) % 7)), TimeZone);

    /// <summary>When a week begins, UTC.</summary>
    public DateTimeOffset BeginOf(DateOnly week) =>
        LocalTime.First(week.ToDateTime(TimeOnly.MinValue), TimeZone);

    /// <summary>The first one that is later than a moment.</summary>
    public DateOnly NextWeek(DateTimeOffset moment) =>
        WeekOf(moment) is var week && At(week) > moment ? week : week.AddDays(7);

    /// <summary>It suits somebody in a week, whatever holidays there are.</summary>
    public bool Suits(PersonTime person, DateOnly week) =>
        CheckInHours.Works(person, At(week))
        && CheckInHours.Works(person, At(week) + Length - TimeSpan.FromMinutes(1));

    /// <summary>The time of the same weekday that is nearest to this one and suits both; null when none does.</summary>
    public CheckInPlan? Nearest(PersonTime engineer, PersonTime ce, DateTimeOffset now) =>
        Fitting([engineer, ce], Day, Zone, WeekOf(now), WeeksAhead)
            .OrderBy(p => Math.Abs(p.Time.Minutes - Time.Minutes))
            .FirstOrDefault();

    /// <summary>The same for these people.</summary>
    public CheckInPlan For(PersonTime engineer, PersonTime ce) =>
        this with
        {
            Engineer = engineer.Person,
            CustomerEngineer = ce.Person,
        };

    private TimeZoneInfo TimeZone => Zones.StoredOrUtc(Zone);

    private static CheckInPlan? Best(
        PersonTime[] people,
        TimeZoneInfo zone,
        AssignmentId id,
        DateTimeOffset now,
        int weeks
    )
    {
        var first = MondayOf(LocalTime.DayOf(now, zone));
        foreach (var group in Preferred)
        {
            var days = group
                .Select(day => Slots(day).ToList())
                .Where(slots => slots.Count > 0)
                .ToList();
            if (days.Count > 0)
            {
                var number = (int)(id.Number % 10_000);
                var slots = days[number % days.Count];
                return slots[number / days.Count % slots.Count];
            }
        }

        return null;

        IEnumerable<CheckInPlan> Slots(DayOfWeek day)
        {
            var fitting = Fitting(people, day, zone.Id, first, weeks).ToList();
            // On the hour where there is one.
            var whole = fitting.Where(p => p.Time.Minutes % 60 == 0).ToList();
            return whole.Count > 0 ? whole : fitting;
        }
    }

    private static IEnumerable<CheckInPlan> Fitting(
        PersonTime[] people,
        DayOfWeek day,
        string zone,
        DateOnly first,
        int weeks
    ) =>
        Enumerable
            .Range(0, HalfHours)
            .Select(i => new CheckInPlan(day, new TimeOfDay(i * 30), zone))
            .Where(p =>
                Enumerable
                    .Range(0, weeks)
                    .All(w => people.All(who => p.Suits(who, first.AddDays(7 * w))))
            );

    // Of hours shorter than a check-in: when they begin.
    private static CheckInPlan Start(PersonTime engineer) =>
        new(engineer.Calendar.Days.Min(), engineer.Hours.From, engineer.Zone.Id);
}

/// <summary>A slot, and whether both work then.</summary>
internal sealed record ProposedPlan(CheckInPlan Plan, bool IsCommon);
