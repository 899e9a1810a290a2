using Sidecar.People;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Domain;

/// <summary>When two people can be asked: inside the hours of both, in their own zones (ASG-7, ASG-9).</summary>
internal static class CheckInHours
{
    private const int MostSteps = 64;

    /// <summary>They work at that time on a usual day: without holidays and absences.</summary>
    public static bool Works(PersonTime person, DateTimeOffset at)
    {
        var local = LocalTime.Of(at, person.Zone);
        var minutes = local.TimeOfDay.TotalMinutes;
        return person.Calendar.Days.Contains(local.DayOfWeek)
            && person.Hours.From.Minutes <= minutes
            && minutes < person.Hours.To.Minutes;
    }

    /// <summary>They can be asked at that moment.</summary>
    public static bool IsFree(PersonTime person, DateTimeOffset at) => NextFree(person, at) == at;

    /// <summary>Somebody said that they are away, and are still at that moment.</summary>
    public static bool IsAway(PersonTime person, DateTimeOffset at) =>
        person.Absence is { IsLong: true } away && !(away.Until <= at);

    /// <summary>The earliest moment at which somebody can be asked; null while nobody knows when they are back.</summary>
    public static DateTimeOffset? NextFree(PersonTime person, DateTimeOffset from) =>
        person.Absence switch
        {
            { Until: null } => null,
            { Until: { } until } when until > from => person.Calendar.NextWorkingTime(
                until,
                person.Zone
            ),
            _ => person.Calendar.NextWorkingTime(from, person.Zone),
        };

    /// <summary>The earliest moment at which both can be asked, before a limit; null when there is none.</summary>
    public static DateTimeOffset? NextFree(
        PersonTime one,
        PersonTime other,
        DateTimeOffset from,
        DateTimeOffset until
    )
    {
        var at = from;
        for (var i = 0; i < MostSteps && at < until; i++)
        {
            if (NextFree(one, at) is not { } first || NextFree(other, first) is not { } both)
            {
                return null;
            }

            if (both == first && both < until)
            {
                return both;
            }

            at = both;
        }

        return null;
    }

    /// <summary>
    /// When they are asked: at that moment if they can be, else later that day, else on the next day at the planned time
    /// if that suits them, else as early as it does. Null when not before the limit.
    /// </summary>
    public static DateTimeOffset? Slot(
        CheckInPlan plan,
        PersonTime who,
        PersonTime ce,
        DateTimeOffset from,
        DateTimeOffset until
    )
    {
        // Who have no hours in common: the engineer's count (ASG-7).
        var other = HaveCommonHours(plan, who, ce, from) ? ce : who;
        var zone = Zones.StoredOrUtc(plan.Zone);
        if (NextFree(who, other, from, until) is not { } earliest)
        {
            return null;
        }

        var day = LocalTime.DayOf(earliest, zone);
        var planned = LocalTime.First(plan.Time.On(day), zone);
        return
            day > LocalTime.DayOf(from, zone)
            && planned > earliest
            && planned < until
            && IsFree(who, planned)
            && IsFree(other, planned)
            ? planned
            : earliest;
    }

    /// <summary>There is a time in that week at which both usually work.</summary>
    public static bool HaveCommonHours(
        CheckInPlan plan,
        PersonTime one,
        PersonTime other,
        DateTimeOffset at
    )
    {
        var begin = plan.BeginOf(plan.WeekOf(at));
        return Enumerable
            .Range(0, 7 * 48)
            .Select(i => begin.AddMinutes(30 * i))
            .Any(t => Works(one, t) && Works(other, t));
    }
}
